"""The part of the recorded session that tells of callers: suspected, missed, merged, and places in doubt."""

from dataclasses import replace
from uuid import UUID

from dispatch.handlers.claim_call import (
    ClaimCall,
    RaiseCall,
    ReleaseCall,
    claim_call,
    raise_call,
    release_call,
)
from dispatch.handlers.close_call import CloseCall, close_call
from dispatch.handlers.confirm_place import ConfirmPlace, confirm_place
from dispatch.handlers.join_call import JoinCall, join_call
from dispatch.handlers.merge_incidents import (
    MergeIncidents,
    UnmergeIncident,
    merge_incidents,
    unmerge_incident,
)
from dispatch.handlers.missed_call import CallBack, ReportMissedCall, call_back, report_missed_call
from dispatch.handlers.open_incident import OpenIncident, open_incident
from dispatch.handlers.receive_call import ReceiveCall, receive_call
from dispatch.handlers.separate_call import SeparateCall, separate_call
from domain.places_said import SaidPlace
from tests.builders import HERE, Room, an_act, an_id, minutes

NUMBER = "0938 115 251"
DOUBTFUL = SaidPlace("gazetteer", 0.4, False)


def calls_as_they_come(room: Room) -> None:
    """A number rings for nothing, and once for real; two incidents are one, and two again."""
    order = ReceiveCall(an_act(minutes(200)), an_id(), NUMBER, None, HERE, "Chợ Lớn", "(cười)")
    for minute in range(5):
        prank = replace(order, act=an_act(minutes(200 + minute)), call_id=an_id())
        room.carry_out(prank, receive_call)
        ending = CloseCall(an_act(minutes(200 + minute)), prank.call_id, None, "nuisance")
        room.carry_out(ending, close_call)
    real = replace(order, act=an_act(minutes(206)), call_id=an_id(), place=DOUBTFUL, words="gần chợ")
    room.carry_out(real, receive_call)
    room.carry_out(ClaimCall(an_act(minutes(206)), real.call_id), claim_call)
    room.carry_out(ReleaseCall(an_act(minutes(206)), real.call_id), release_call)
    room.carry_out(ClaimCall(an_act(minutes(206)), real.call_id), claim_call)
    room.carry_out(RaiseCall(an_act(minutes(206)), real.call_id, "khóc"), raise_call)
    opening = OpenIncident(an_act(minutes(207)), an_id(), real.call_id, HERE, None, "P2", 2)
    doubted = UUID(room.carry_out(opening, open_incident).body["id"])
    room.carry_out(ConfirmPlace(an_act(minutes(207)), doubted), confirm_place)
    run = room.send(doubted, "C1", hospital_id=None, bed_kind=None, at=minutes(208))

    same = room.incident(at=minutes(209))
    other = room.call(at=minutes(209))
    room.carry_out(JoinCall(an_act(minutes(209)), other, same), join_call)
    room.carry_out(SeparateCall(an_act(minutes(210)), other), separate_call)
    room.carry_out(MergeIncidents(an_act(minutes(211)), doubted, same), merge_incidents)
    room.carry_out(UnmergeIncident(an_act(minutes(212)), doubted), unmerge_incident)
    room.report(run, "stood_down", at=minutes(213))

    missed = ReportMissedCall(
        an_act(minutes(215)), an_id(), "0918000111", minutes(214), minutes(215), "115-2"
    )
    callback = UUID(room.carry_out(missed, report_missed_call).body["id"])
    room.carry_out(CallBack(an_act(minutes(216)), callback, "reached"), call_back)
