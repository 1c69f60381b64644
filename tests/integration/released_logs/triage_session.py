"""Cards published, answers that change an incident, instructions read out, a clinician who rings back."""

from dispatch.handlers.close_call import CloseCall, close_call
from dispatch.handlers.close_incident import CloseIncident, close_incident
from dispatch.handlers.instruct_call import InstructCall, instruct_call
from dispatch.handlers.publish_protocol import PublishProtocol, publish_protocol
from dispatch.handlers.record_safety_call import RecordSafetyCall, record_safety_call
from dispatch.handlers.refer_call import ReferCall, refer_call
from dispatch.handlers.triage_call import TriageCall, triage_call
from dispatch.protocol_file import shipped_cards
from tests.builders import NOON, Room, an_act, an_id, minutes


def calls_told_apart(room: Room) -> None:
    for shipped in shipped_cards():
        if shipped.card.id == "general":
            order = PublishProtocol(an_act(), "general", shipped.text)
            room.carry_out(order, publish_protocol)
    call = room.call("bà Sáu")
    room.carry_out(TriageCall(an_act(), call, "general", {"problem": "unwell"}), triage_call)
    incident = room.incident(priority=None, call_id=call)
    room.carry_out(ReferCall(an_act(), call, "Nghe yếu dần"), refer_call)
    rung = RecordSafetyCall(an_act(minutes(12)), incident, an_id(), "worse", "Thở mệt hơn")
    room.carry_out(rung, record_safety_call)
    worse = TriageCall(an_act(minutes(13)), call, "general", {"breathing": "none"})
    room.carry_out(worse, triage_call)
    told = InstructCall(
        *(an_act(minutes(15)), call, an_id(), "general", "cardiac_arrest", "2"),
        *(minutes(13), minutes(14)),
    )
    room.carry_out(told, instruct_call)
    room.carry_out(CloseIncident(an_act(minutes(40)), incident, None, "treated_on_scene"), close_incident)
    advised = room.call("anh Tư", at=NOON)
    room.carry_out(CloseCall(an_act(minutes(3)), advised, None, "advice_only"), close_call)
