"""Undoing, as orders decided on the log."""

import pytest

from dispatch.handlers.close_incident import CloseIncident, close_incident
from dispatch.handlers.undo_step import UndoStep, undo_step
from domain.assignment_errors import (
    NothingToUndo,
    NotTheLast,
    OfferWentOn,
    TooLateToUndo,
)
from domain.errors import IncidentOver, UnitBusy
from tests.builders import an_act, minutes, seconds
from tests.unit.dispatch.offered import LATE, lapse, pass_on, room

__all__ = ["room"]


def undo(room, run, at=3.0, of=None):
    return room.carry_out(UndoStep(an_act(minutes(at)), run, of, None), undo_step).body["undone"]


def test_after_a_quarter_of_an_hour_a_time_is_corrected_and_not_undone(room):
    run = room.send(room.incident())
    room.report(run, "en_route", at=minutes(1))
    with pytest.raises(TooLateToUndo, match="15 minutes"):
        undo(room, run, at=16.1)
    assert undo(room, run, at=16) == "en_route"


def test_the_step_that_is_named_must_be_the_last(room):
    run = room.send(room.incident())
    room.report(run, "en_route", at=minutes(1))
    first = room.log.position() - 1
    room.report(run, "on_scene", at=minutes(2))
    places = {fact.milestone: seq for seq, fact in room.log.select(1, 1000) if hasattr(fact, "milestone")}
    assert first < places["on_scene"]
    with pytest.raises(NotTheLast):
        undo(room, run, of=places["en_route"])
    assert undo(room, run, of=places["on_scene"]) == "on_scene"


def test_a_run_is_undone_step_by_step_back_to_nothing(room):
    incident = room.incident()
    run = room.send(incident)
    room.drive(run, "en_route", "on_scene", "transporting", "at_hospital", "handed_over", "clear")
    undone = [undo(room, run, at=8) for _ in range(7)]
    assert undone == [
        "clear", "handed_over", "at_hospital", "transporting", "on_scene", "en_route", "assigned"
    ]  # fmt: skip
    assert room.log.run(run).is_over
    assert room.log.unit("C1").run_id is None
    assert room.log.incident(incident).serving == {}
    ledger = room.ledger()
    assert (ledger.occupied, ledger.holds) == (0, {}), "as if nobody had ever been sent"


def test_an_assignment_that_was_taken_back_stays_so(room):
    run = room.send(room.incident())
    assert undo(room, run) == "assigned"
    with pytest.raises(NothingToUndo):
        undo(room, run, at=4)
    assert room.log.unit("C1").run_id is None


def test_an_arrival_the_hospital_has_counted_since_is_not_counted_twice(room):
    run = room.send(room.incident())
    room.drive(run, "en_route", "on_scene", "transporting", "at_hospital")
    room.beds("cho-ray", 2, 0, at=minutes(5))
    undo(room, run, at=6)
    assert room.ledger().occupied == 0


def test_nothing_is_undone_over_what_was_built_on_it(room):
    incident = room.incident()
    run = room.send(incident)
    room.report(run, "stood_down", at=minutes(1))
    again = room.send(room.incident(), at=minutes(2))
    with pytest.raises(UnitBusy):
        undo(room, run)
    room.report(again, "stood_down", at=minutes(3))
    room.carry_out(CloseIncident(an_act(minutes(4)), incident, "xong"), close_incident)
    with pytest.raises(IncidentOver):
        undo(room, run, at=5)


def test_an_offer_that_lapsed_is_not_undone_whether_it_went_on_or_not(room):
    incident = room.incident()
    run = room.send(incident)
    lapse(room, run)
    with pytest.raises(OfferWentOn, match="The order of C1 lapsed"):
        undo(room, run)
    pass_on(room, run, room.order_to_send(incident, "C2", at=LATE))
    with pytest.raises(OfferWentOn, match="went on to C2"):
        undo(room, run)
    assert list(room.log.incident(incident).serving.values()) == ["C2"]
    assert room.log.unit("C1").run_id is None


def test_a_no_by_mistake_is_undone_until_the_order_went_on_and_then_it_is_not(room):
    incident = room.incident()
    run = room.send(incident)
    room.report(run, "declined", at=seconds(5))
    assert undo(room, run, at=0.1) == "declined"
    assert pass_on(room, run, room.order_to_send(incident, "C2", at=LATE))["next_run_id"] is None
    assert list(room.log.incident(incident).serving.values()) == ["C1"]
    room.report(run, "declined", at=seconds(9))
    pass_on(room, run, room.order_to_send(incident, "C2", at=LATE))
    with pytest.raises(OfferWentOn, match="went on to C2"):
        undo(room, run)
    assert list(room.log.incident(incident).serving.values()) == ["C2"]
