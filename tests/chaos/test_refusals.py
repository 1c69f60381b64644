"""A refusal is well only where another had the van or the beds; everything else is a fault of the run."""

from dataclasses import replace
from typing import Any

import pytest

from tests.chaos.desks import FOUGHT_BEDS, fought_vans, vans_of
from tests.chaos.record import Heard, Record
from tests.chaos.refusals import unexplained
from tests.integration.api.storm import Order

WANTED, OTHER, THIRD = fought_vans()
PLENTY = ("bac", "EmergencyDepartment")
Event = dict[str, Any]


def assigned(run: str, van: str, beds: tuple[str, str] = FOUGHT_BEDS) -> Event:
    data = {"run_id": run, "callsign": van, "hospital_id": beds[0], "bed_kind": beds[1]}
    return {"seq": 1, "topic": "Run.Assigned", "data": data}


def heard(fact: tuple[str, ...], at: float, status: int = 200, said: Any = None, **body: Any) -> Heard:
    """Asked at once, and answered a tenth of a second later."""
    return Heard(0, Order("POST", "/", body, fact, {}), at, at, at + 0.1, status, said or {})


def sending(
    run: str, van: str, at: float, kind: str = "", beds: tuple[str, str] = FOUGHT_BEDS, **said: Any
) -> Heard:
    """A van is sent to a run, or refused for a reason of that kind."""
    order = {"unit_id": van, "hospital_id": beds[0], "bed_kind": beds[1]}
    problem = {"type": f"urn:vigil:{kind}", "detail": "…", **said}
    return heard(("Run.Assigned", run), at, 409 if kind else 201, problem, **order)


def ending(run: str, at: float) -> Heard:
    return heard(("Run.Progressed", run, "stood_down"), at)


def judged(events: list[Event], refused: Heard, *promised: Heard) -> list[str]:
    return [*unexplained(events, Record(promised=[*promised], refused=[refused]))]


def test_a_van_that_another_run_had_is_well_refused():
    had = [assigned("first", WANTED)]
    busy = sending("second", WANTED, 5.0, "UnitBusy", run_id="first")
    assert judged(had, busy, sending("first", WANTED, 4.0)) == []
    assert judged(had, busy, sending("first", WANTED, 4.0), ending("first", 5.05)) == []


def test_a_van_that_was_acknowledged_free_before_is_not():
    busy = sending("second", WANTED, 5.0, "UnitBusy", run_id="first")
    (fault,) = judged([assigned("first", WANTED)], busy, sending("first", WANTED, 4.0), ending("first", 4.8))
    assert "acknowledged free" in fault


def test_a_run_that_was_asked_for_later_had_no_van_yet():
    had, busy = [assigned("first", WANTED)], sending("second", WANTED, 5.0, "UnitBusy", run_id="first")
    assert judged(had, busy, sending("first", WANTED, 5.05)) == []
    (fault,) = judged(had, busy, sending("first", WANTED, 5.2))
    assert "first asked for 0.100 s after" in fault


@pytest.mark.parametrize("had", [[], [assigned("first", OTHER)]])
def test_a_run_that_the_log_does_not_know_keeps_no_van(had: list[Event]):
    (fault,) = judged(had, sending("second", WANTED, 5.0, "UnitBusy", run_id="first"))
    assert "knows no such run" in fault


def test_the_van_of_one_desk_is_never_refused():
    own = vans_of(0)[0][0]
    (fault,) = judged(
        [assigned("first", own, PLENTY)], sending("second", own, 5.0, "UnitBusy", PLENTY, run_id="first")
    )
    assert "belongs to that desk" in fault


def test_no_two_desks_have_a_van_in_common():
    own = [van for desk in range(4) for van in vans_of(desk)[0]]
    assert len(own) == len({*own} - {*fought_vans()}) == 8


def test_beds_that_others_hold_are_well_refused_and_those_given_back_are_not():
    held = [assigned("first", WANTED), assigned("second", OTHER)]
    runs = [sending("first", WANTED, 3.0), sending("second", OTHER, 4.0)]
    full = sending("third", THIRD, 5.0, "NoBedFree")
    assert judged(held, full, *runs) == []
    assert judged(held, full, *runs, ending("first", 5.0)) == []
    assert judged(held[:1], full, runs[0])
    assert judged(held, full, *runs, ending("first", 4.5))


def test_one_bed_given_back_before_the_other_was_asked_for_fills_no_house():
    held = [assigned("first", WANTED), assigned("second", OTHER)]
    full = replace(sending("third", THIRD, 5.0, "NoBedFree"), heard=7.0)
    early, late = sending("first", WANTED, 3.0), sending("second", OTHER, 6.0)
    assert judged(held, full, early, late) == []
    assert judged(held, full, early, late, ending("first", 5.5))


def test_where_there_are_beds_enough_none_is_refused():
    held = [assigned("first", WANTED, PLENTY), assigned("second", OTHER, PLENTY)]
    assert judged(held, sending("third", THIRD, 5.0, "NoBedFree", PLENTY))


@pytest.mark.parametrize("kind", ["UnitNotOnDuty", "IncidentOver", "RunAlreadyOpened", "IdUsedTwice", "HTTP"])
def test_nothing_else_is_a_reason_to_send_nobody(kind: str):
    held = [assigned("first", WANTED), assigned("second", OTHER)]
    assert judged(held, sending("third", WANTED, 5.0, kind, run_id="first"))


@pytest.mark.parametrize("status", [404, 429])
def test_the_reason_must_come_as_a_conflict(status: int):
    busy = sending("second", WANTED, 5.0, "UnitBusy", run_id="first")
    assert judged([assigned("first", WANTED)], replace(busy, status=status))


@pytest.mark.parametrize(
    "fact", [("Call.Received", "c"), ("Incident.Closed", "i"), ("Run.Progressed", "r", "clear")]
)
def test_what_follows_in_a_course_of_ones_own_is_never_refused(fact: tuple[str, ...]):
    said = {"type": "urn:vigil:UnitBusy", "run_id": "first"}
    assert judged([assigned("first", WANTED)], heard(fact, 5.0, 409, said))


def test_what_stands_in_the_log_was_not_refused():
    log = [assigned("first", WANTED), assigned("second", WANTED)]
    (fault,) = judged(log, sending("second", WANTED, 5.0, "UnitBusy", run_id="first"))
    assert "stands in the log" in fault
