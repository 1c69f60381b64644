"""The bed of a transfer: promised with the yes, taken over by its run, given back when nobody needs it."""

from uuid import UUID

import pytest

from dispatch.handlers.close_incident import CloseIncident, close_incident
from dispatch.handlers.merge_incidents import (
    MergeIncidents,
    UnmergeIncident,
    merge_incidents,
    unmerge_incident,
)
from dispatch.handlers.transfers import DecideTransfer, RequestTransfer, decide_transfer, request_transfer
from dispatch.handlers.undo_step import UndoStep, undo_step
from domain.errors import NoBedFree
from tests.builders import Room, an_act, an_id, minutes

ED = "EmergencyDepartment"


@pytest.fixture
def room():
    return Room(units=("C1", "C2"), beds={"cho-ray": 1, "binh-dan": 1})


def approved(room) -> UUID:
    """The incident that a transfer from Binh Dan to Cho Ray became."""
    transfer, incident = an_id(), an_id()
    asked = RequestTransfer(an_act(), transfer, "binh-dan", "cho-ray", ED, "P2", "028 3855 4137", {})
    room.carry_out(asked, request_transfer)
    yes = DecideTransfer(an_act(), transfer, "city", "hospital", True, None, an_id(), incident)
    assert room.carry_out(yes, decide_transfer).body["state"] == "begun"
    return incident


def holders(room, hospital_id="cho-ray") -> set[UUID]:
    return set(room.ledger(hospital_id).holds)


def test_the_yes_promises_the_bed_to_the_incident_for_as_long_as_any_hold(room):
    incident = approved(room)
    ((holder, hold),) = room.ledger().holds.items()
    assert holder == incident
    assert hold.callsign == f"#{room.log.incident(incident).number}"
    with pytest.raises(NoBedFree, match="1 held"):
        room.send(room.incident())


def test_its_run_takes_the_bed_over_and_gives_it_back_when_it_is_called_off(room):
    incident = approved(room)
    run = room.send(incident)
    assert holders(room) == {run}
    room.report(run, "stood_down", at=minutes(1))
    assert holders(room) == {incident}
    room.carry_out(UndoStep(an_act(minutes(2)), run, None, None), undo_step)
    assert holders(room) == {run}, "the step was a mistake: the run has it again"
    room.drive(run, "en_route", "on_scene", "transporting", "at_hospital", start=3)
    assert (holders(room), room.ledger().occupied) == (set(), 1)


def test_a_run_that_goes_elsewhere_lets_it_go_and_one_without_a_hospital_does_not(room):
    incident = approved(room)
    room.send(incident, "C1", None, None)
    assert holders(room) == {incident}
    elsewhere = room.send(incident, "C2", "binh-dan")
    assert holders(room) == set()
    assert holders(room, "binh-dan") == {elsewhere}


def test_the_end_of_the_incident_lets_it_go(room):
    closed = approved(room)
    room.carry_out(CloseIncident(an_act(), closed, "bệnh nhân ổn định"), close_incident)
    assert holders(room) == set()
    merged, into = approved(room), room.incident()
    assert holders(room) == {merged}
    room.carry_out(MergeIncidents(an_act(), merged, into), merge_incidents)
    assert holders(room) == set()


def unmerged(room, incident, into):
    room.carry_out(MergeIncidents(an_act(), incident, into), merge_incidents)
    return lambda: room.carry_out(UnmergeIncident(an_act(), incident), unmerge_incident).body["bed_lost"]


def test_it_is_promised_again_when_the_incident_is_one_of_its_own_again(room):
    incident = approved(room)
    assert unmerged(room, incident, room.incident())() is None
    assert holders(room) == {incident}


def test_it_is_told_lost_where_somebody_else_has_it_by_then(room):
    incident = approved(room)
    again = unmerged(room, incident, room.incident())
    other = room.send(room.incident())
    assert again() == {"hospital_id": "cho-ray", "bed_kind": ED}
    assert holders(room) == {other}


def test_it_is_not_promised_twice_where_a_run_has_it(room):
    incident = approved(room)
    run = room.send(incident)
    assert unmerged(room, incident, room.incident())() is None
    assert holders(room) == {run}


def test_it_lapses_like_any_other_and_a_yes_without_a_bed_is_a_yes(room):
    first, second = approved(room), approved(room)
    assert holders(room) == {first}
    assert room.log.incident(second).kept is None
    later = minutes(room.desk.hold_for.total_seconds() / 60)
    room.send(room.incident(), "C1", at=later)
    assert first not in holders(room)
