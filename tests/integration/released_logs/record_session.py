"""Record the log of a release, once: `python -m tests.integration.released_logs.record_session v0_1`.

A session with every kind of fact is carried out on a real log; each line of the file is one stored fact.
A released file is never written again: it stands for logs that are out there.
"""

import json
import sys
from datetime import timedelta
from pathlib import Path

from dispatch.application import DispatchLog
from dispatch.handlers.change_roads import (
    CloseStreet,
    EndSlowing,
    ReopenStreet,
    ReplaceTraffic,
    ReportSpeeds,
    SlowStreet,
    close_street,
    end_slowing,
    reopen_street,
    replace_traffic,
    report_speeds,
    slow_street,
)
from dispatch.handlers.close_call import CloseCall, close_call
from dispatch.handlers.close_incident import CloseIncident, close_incident
from dispatch.handlers.correct_milestone import CorrectMilestone, correct_milestone
from dispatch.handlers.divert_hospital import EndDiversion, StartDiversion, end_diversion, start_diversion
from dispatch.handlers.expire_promises import ExpirePromises, expire_promises
from dispatch.handlers.expire_traffic import ExpireTraffic, expire_traffic
from dispatch.handlers.join_call import JoinCall, join_call
from dispatch.handlers.locate_call import LocateCall, locate_call
from dispatch.handlers.note_incident import NoteIncident, note_incident
from dispatch.handlers.report_milestone import ReportMilestone, report_milestone
from dispatch.handlers.reprioritise_incident import ReprioritiseIncident, reprioritise_incident
from dispatch.handlers.triage_call import TriageCall, triage_call
from domain.values import Act, Duty, Position
from tests.builders import HERE, NOON, Room, an_act, an_id, minutes
from tests.integration.released_logs.alarms_session import alarms_of_the_desk
from tests.integration.released_logs.assignments_session import assignments_watched_over
from tests.integration.released_logs.calls_session import calls_as_they_come
from tests.integration.released_logs.care_session import between_scene_and_ward
from tests.integration.released_logs.choosing_session import choices_and_their_reasons
from tests.integration.released_logs.states import frozen_states
from tests.integration.released_logs.triage_session import calls_told_apart
from tests.traffic_words import a_closure, a_point, a_report, a_slowing

FOLDER = Path(__file__).parent
ED = "EmergencyDepartment"


def session() -> DispatchLog:
    """An afternoon of a small room: every kind of fact happens at least once."""
    room = Room(units=("C1", "C2", "T1", "M1"), beds={"cho-ray": 2, "binh-dan": 1})

    stroke = room.call("Hạnh")
    room.carry_out(LocateCall(an_act(), stroke, Position(10.7701, 106.6899), "Hẻm 47/3"), locate_call)
    room.carry_out(TriageCall(an_act(), stroke, "general", {"problem": "stroke"}), triage_call)
    incident = room.incident(priority=None, call_id=stroke)
    neighbour = room.call("hàng xóm")
    room.carry_out(JoinCall(an_act(), neighbour, incident), join_call)
    room.carry_out(LocateCall(an_act(), stroke, HERE, None), locate_call)
    wrong_number = room.call("nhầm")
    room.carry_out(CloseCall(an_act(), wrong_number, "nhầm số"), close_call)
    room.carry_out(NoteIncident(an_act(), incident, an_id("note"), "Cổng sau, có chó"), note_incident)
    room.carry_out(ReprioritiseIncident(an_act(), incident, "P2", "tỉnh hơn"), reprioritise_incident)

    advice = {"units": [{"callsign": "C1", "eta_s": 241.7}], "map_version": "drawn-1", "rejected": []}
    run = room.send(incident, "C1", decision_id=an_id("decision"), advice=advice, eta_s=241.7)
    room.redirect(run, "binh-dan")
    here = ReportMilestone(
        Act(minutes(2), minutes(3), "crew", an_id("m1"), an_id("m1")), run, "en_route", HERE, "kẹt xe"
    )
    room.carry_out(here, report_milestone)
    room.drive(run, "on_scene", "patient_contact", "transporting", "at_hospital", "handed_over", start=4)
    correction = CorrectMilestone(an_act(minutes(20)), run, "on_scene", minutes(3.5), "bấm trễ")
    room.carry_out(correction, correct_milestone)
    room.report(run, "clear", at=minutes(21))

    second = room.send(incident, "T1", at=minutes(22))
    room.report(second, "declined", at=minutes(23))
    third = room.send(incident, "M1", bed_kind=ED, at=minutes(24))
    later = an_act(minutes(24) + room.desk.hold_for)
    room.carry_out(ExpirePromises(later, "cho-ray", (ED,)), expire_promises)
    room.report(third, "stood_down", at=minutes(90))
    room.carry_out(CloseIncident(an_act(minutes(91)), incident, "xong"), close_incident)

    room.beds("cho-ray", staffed=30, occupied=28, at=minutes(92))
    until = NOON + timedelta(hours=5)
    order = StartDiversion(an_act(minutes(93)), "cho-ray", "hết máy thở", ("stroke", ED), until)
    room.carry_out(order, start_diversion)
    room.carry_out(EndDiversion(an_act(minutes(94)), "cho-ray"), end_diversion)
    room.sign("C2", Duty.OUT_OF_SERVICE, at=minutes(95))
    room.sign("T1", Duty.OFF_DUTY, at=minutes(96))
    close_the_roads(room)
    calls_as_they_come(room)
    calls_told_apart(room)
    assignments_watched_over(room)
    between_scene_and_ward(room)
    choices_and_their_reasons(room)
    alarms_of_the_desk(room)
    return room.log


def close_the_roads(room: Room) -> None:
    """A wet evening."""
    city = "hcmc"
    flood = a_closure("flood", profiles=("van",), until=minutes(130))
    room.carry_out(CloseStreet(an_act(minutes(97)), city, flood), close_street)
    crash = a_closure("crash", stretch=a_point(40.0), reason="tai nạn")
    room.carry_out(CloseStreet(an_act(minutes(98)), city, crash), close_street)
    room.carry_out(SlowStreet(an_act(minutes(99)), city, a_slowing("jam", 0.4)), slow_street)
    speeds = (a_report(11.5, minutes(99), heading_deg=90.0),)
    room.carry_out(ReportSpeeds(an_act(minutes(100)), city, speeds), report_speeds)
    room.carry_out(EndSlowing(an_act(minutes(101)), city, an_id("jam"), "thông xe"), end_slowing)
    room.carry_out(ReopenStreet(an_act(minutes(102)), city, an_id("crash"), "dọn xong"), reopen_street)
    wet = (flood, a_closure("bridge", until=minutes(120)))
    order = ReplaceTraffic(an_act(minutes(103)), city, wet, (a_slowing("queue", 0.7),), speeds)
    room.carry_out(order, replace_traffic)
    room.carry_out(ExpireTraffic(an_act(minutes(121)), city), expire_traffic)


def write(name: str) -> None:
    lines, states = FOLDER / f"{name}.jsonl", FOLDER / f"{name}.states.json"
    if lines.exists():
        raise SystemExit(f"{lines.name} stands for a release and is not written again.")
    log = session()
    with lines.open("w", encoding="utf-8") as out:
        for stored in log.recorder.select_notifications(1, 100_000):
            row = {
                "topic": stored.topic,
                "id": str(stored.originator_id),
                "version": stored.originator_version,
                "state": stored.state.decode("utf-8"),
            }
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    ids = {stored.originator_id for stored in log.recorder.select_notifications(1, 100_000)}
    text = json.dumps(frozen_states(log, ids), indent=1, sort_keys=True)
    states.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(sys.argv[1])
