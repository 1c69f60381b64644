"""Who waits for a clinician, against the same written out case by case for every patient."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from dispatch.policies.clinician import ClinicianRules, Patient, clinician_queue
from dispatch.policies.urgency import rank
from tests.builders import NOON, minutes

RULES = ClinicianRules({"P2": 600.0, "P3": 1800.0}, 180.0)


def patient(name="A", **facts) -> Patient:
    given = {"priority": "P2", "triaged": True, "waiting_since": NOON, **facts}
    return Patient(id=name, **given)


def due(at, **facts) -> bool:
    return bool(clinician_queue([patient(**facts)], RULES, at))


def test_an_urgent_patient_is_due_at_the_limit_and_not_before():
    assert not due(minutes(9.99))
    assert due(minutes(10))


def test_each_priority_has_its_own_limit_and_one_without_is_never_due():
    assert not due(minutes(29), priority="P3")
    assert due(minutes(30), priority="P3")
    assert not due(minutes(600), priority="P4")
    assert not due(minutes(600), priority="P1")


def test_a_call_back_begins_the_clock_anew_and_one_unanswered_begins_a_short_one():
    assert not due(minutes(19), rung_at=minutes(10), found="unchanged")
    assert due(minutes(20), rung_at=minutes(10), found="unchanged")
    assert not due(minutes(12), rung_at=minutes(10), found="no_answer")
    assert due(minutes(13), rung_at=minutes(10), found="no_answer")


def test_who_waits_again_after_a_declined_run_is_counted_from_then():
    assert not due(minutes(39), waiting_since=minutes(30), rung_at=minutes(10), found="unchanged")
    assert due(minutes(40), waiting_since=minutes(30), rung_at=minutes(10), found="unchanged")


def test_with_somebody_on_the_way_nobody_need_ring_unless_a_taker_asks():
    assert not due(minutes(600), waiting_since=None)
    assert due(minutes(5), waiting_since=None, referred_at=minutes(5))
    assert not due(minutes(6), waiting_since=None, referred_at=minutes(5), rung_at=minutes(6))
    assert due(minutes(7), waiting_since=None, referred_at=minutes(7), rung_at=minutes(6))


def test_no_emergency_is_looked_at_at_once_and_an_untriaged_call_is_not():
    assert due(NOON, priority=None)
    assert not due(minutes(600), priority=None, triaged=False)


def slowly(each: Patient, at) -> tuple | None:
    """(why, due) of one who is due, written out."""
    if each.referred_at is not None and (each.rung_at is None or each.rung_at < each.referred_at):
        return ("referred", each.referred_at) if each.referred_at <= at else None
    if each.waiting_since is None:
        return None
    if each.priority is None:
        fits = each.triaged and each.rung_at is None and each.waiting_since <= at
        return ("no_emergency", each.waiting_since) if fits else None
    limits = {"P2": 600, "P3": 1800}
    if each.priority not in limits:
        return None
    begins, limit = each.waiting_since, limits[each.priority]
    if each.rung_at is not None and each.rung_at > each.waiting_since:
        begins, limit = each.rung_at, 180 if each.found == "no_answer" else limit
    end = begins + timedelta(seconds=limit)
    return ("waiting", end) if end <= at else None


moments = st.none() | st.integers(0, 60).map(minutes)
patients = st.builds(
    Patient,
    id=st.uuids().map(str),
    priority=st.sampled_from(["P1", "P2", "P3", "P4", None]),
    triaged=st.booleans(),
    waiting_since=moments,
    referred_at=moments,
    rung_at=moments,
    found=st.sampled_from(["unchanged", "worse", "no_answer", None]),
)


@given(st.lists(patients, max_size=8, unique_by=lambda each: each.id), st.integers(0, 90).map(minutes))
def test_the_queue_holds_exactly_who_is_due_the_most_urgent_first(them, at):
    found = clinician_queue(them, RULES, at)
    expected = {each.id: told for each in them if (told := slowly(each, at)) is not None}
    assert {place.id: (place.why, place.due_at) for place in found} == expected
    by_id = {each.id: each for each in them}
    order = [(rank(by_id[place.id].priority), place.due_at) for place in found]
    assert order == sorted(order)
