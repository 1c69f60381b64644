"""A run is told in milestones: steps may be skipped, never invented, and times stay in order."""

import pytest

from domain.errors import FromTheFuture, IllegalMilestone, NothingToCorrect, OutOfOrder
from domain.run import Run
from domain.run_course import ENDS, NEXT
from domain.values import Act, Milestone
from tests.builders import HERE, NOON, a_run, an_act, an_id, happened, minutes, seconds

M = Milestone


def driven(*milestones: Milestone) -> Run:
    """A run that reported these, one a minute, from a minute after noon on."""
    run = a_run()
    for minute, milestone in enumerate(milestones, 1):
        run.progress(milestone, None, None, an_act(minutes(minute)))
    return run


def way_to(milestone: Milestone) -> tuple[Milestone, ...]:
    """A shortest legal course from assignment to `milestone`."""
    ways: dict[Milestone, tuple[Milestone, ...]] = {M.ASSIGNED: ()}
    queue = [M.ASSIGNED]
    for here in queue:
        for following in NEXT[here]:
            if following not in ways:
                ways[following] = (*ways[here], following)
                queue.append(following)
    return ways[milestone]


@pytest.mark.parametrize("here", list(M))
def test_every_milestone_can_be_reached(here):
    assert driven(*way_to(here)).milestone == here


@pytest.mark.parametrize("here", list(M))
@pytest.mark.parametrize("there", list(M))
def test_only_what_may_follow_follows(here, there):
    run = driven(*way_to(here))
    told = len(happened(run))
    if there in NEXT[here]:
        run.progress(there, None, None, an_act(minutes(20)))
        assert run.milestone == there
        assert run.times[there] == minutes(20)
    else:
        with pytest.raises(IllegalMilestone, match="C1") as refusal:
            run.progress(there, None, None, an_act(minutes(20)))
        assert refusal.value.facts["allowed"] == (", ".join(NEXT[here]) or "-")
        assert run.milestone == here
        assert len(happened(run)) == told


@pytest.mark.parametrize("milestone", list(M))
def test_a_run_is_over_at_its_end_and_not_before(milestone):
    run = driven(*way_to(milestone))
    assert run.is_over == (milestone in {M.DECLINED, M.STOOD_DOWN, M.CLEAR}) == (milestone in ENDS)
    assert run.is_over == (run.allowed() == ())


def test_a_milestone_said_twice_with_the_same_time_is_one_fact():
    run = driven(M.EN_ROUTE)
    run.progress(M.EN_ROUTE, HERE, "lại", an_act(minutes(1)))
    assert happened(run) == ["Assigned", "Progressed"]


def test_a_milestone_said_twice_with_another_time_is_refused_as_a_jump():
    with pytest.raises(IllegalMilestone):
        driven(M.EN_ROUTE).progress(M.EN_ROUTE, None, None, an_act(minutes(2)))


def test_a_milestone_of_the_future_is_refused():
    run = a_run()
    early = Act(seconds(6), NOON, "crew", an_id(), an_id())
    with pytest.raises(FromTheFuture):
        run.progress(M.EN_ROUTE, None, None, early)
    skewed = Act(seconds(5), NOON, "crew", an_id(), an_id())
    run.progress(M.EN_ROUTE, None, None, skewed)
    assert run.times[M.EN_ROUTE] == seconds(5)


def test_a_milestone_heard_late_keeps_the_time_it_happened():
    run = driven(M.EN_ROUTE)
    tunnel = Act(minutes(4), minutes(9), "crew", an_id(), an_id())
    run.progress(M.ON_SCENE, None, None, tunnel)
    assert run.times[M.ON_SCENE] == minutes(4)
    assert run.pending_events[-1].timestamp == minutes(9)  # type: ignore[attr-defined]


def test_a_milestone_before_the_last_one_is_refused():
    run = driven(M.ACCEPTED, M.EN_ROUTE)
    with pytest.raises(OutOfOrder, match=r"on_scene .* before en_route"):
        run.progress(M.ON_SCENE, None, None, Act(minutes(1.5), minutes(5), "crew", an_id(), an_id()))
    run.progress(M.ON_SCENE, None, None, an_act(minutes(2)))
    assert run.milestone == M.ON_SCENE


def test_a_crew_whose_clock_runs_a_little_behind_is_heard():
    run = driven(M.ACCEPTED)
    behind = Act(seconds(60 - 5), minutes(1.1), "crew", an_id(), an_id())
    run.progress(M.EN_ROUTE, None, None, behind)
    assert run.times[M.EN_ROUTE] == run.times[M.ACCEPTED] == minutes(1)
    run.progress(M.EN_ROUTE, None, None, behind)
    assert happened(run) == ["Assigned", "Progressed", "Progressed"]
    slower = Act(seconds(60 - 6), minutes(1.2), "crew", an_id(), an_id())
    with pytest.raises(OutOfOrder):
        run.progress(M.ON_SCENE, None, None, slower)


# --- corrections ----------------------------------------------------------------------------------


def test_a_correction_counts_and_the_original_stays():
    run = driven(M.EN_ROUTE, M.ON_SCENE)
    run.correct(M.ON_SCENE, minutes(1.5), "bấm trễ", an_act(minutes(30)))
    assert run.times[M.ON_SCENE] == minutes(1.5)
    assert happened(run) == ["Assigned", "Progressed", "Progressed", "Corrected"]
    correction = run.pending_events[-1]
    assert (correction.was, correction.happened_at) == (minutes(2), minutes(1.5))  # type: ignore[attr-defined]
    assert run.milestone == M.ON_SCENE


def test_a_correction_stays_between_its_neighbours():
    run = driven(M.EN_ROUTE, M.ON_SCENE, M.TRANSPORTING)
    heard = an_act(minutes(30))
    with pytest.raises(OutOfOrder, match=r"on_scene .* before en_route"):
        run.correct(M.ON_SCENE, minutes(0.5), "sai", heard)
    with pytest.raises(OutOfOrder, match=r"transporting .* before on_scene"):
        run.correct(M.ON_SCENE, minutes(3.5), "sai", heard)
    for at in (1, 3, 2.5):
        run.correct(M.ON_SCENE, minutes(at), "đúng", heard)
    assert list(run.times.values()) == sorted(run.times.values())


def test_a_corrected_neighbour_is_the_new_bound():
    run = driven(M.EN_ROUTE, M.ON_SCENE)
    run.correct(M.EN_ROUTE, minutes(0.2), "sai", an_act(minutes(30)))
    run.correct(M.ON_SCENE, minutes(0.5), "sai", an_act(minutes(30)))
    assert run.times[M.ON_SCENE] == minutes(0.5)


def test_the_first_time_can_be_corrected_backwards_and_the_last_forwards():
    run = driven(M.EN_ROUTE)
    run.correct(M.ASSIGNED, minutes(-3), "radio trước", an_act(minutes(30)))
    run.correct(M.EN_ROUTE, minutes(9), "sai", an_act(minutes(30)))
    assert list(run.times.values()) == [minutes(-3), minutes(9)]


def test_what_was_never_reported_cannot_be_corrected():
    with pytest.raises(NothingToCorrect, match="clear"):
        driven(M.EN_ROUTE).correct(M.CLEAR, minutes(2), "?", an_act(minutes(30)))


def test_nothing_is_corrected_into_the_future():
    with pytest.raises(FromTheFuture):
        driven(M.EN_ROUTE).correct(M.EN_ROUTE, minutes(31), "?", an_act(minutes(30)))


def test_a_run_that_is_over_can_still_be_corrected():
    run = driven(M.STOOD_DOWN)
    run.correct(M.STOOD_DOWN, minutes(0.5), "sai", an_act(minutes(30)))
    assert run.is_over
    assert run.times[M.STOOD_DOWN] == minutes(0.5)


# --- redirects ------------------------------------------------------------------------------------


@pytest.mark.parametrize("milestone", list(M))
def test_only_a_run_on_its_way_is_redirected(milestone):
    run = driven(*way_to(milestone))
    there = ("binh-dan", "EmergencyDepartment")
    if run.is_over or milestone in (M.AT_HOSPITAL, M.HANDED_OVER):
        with pytest.raises(IllegalMilestone, match="redirected"):
            run.redirect(*there, None, an_act(minutes(20)))
        assert run.hospital_id == "cho-ray"
    else:
        run.redirect(*there, "gần hơn", an_act(minutes(20)))
        assert (run.hospital_id, run.bed_kind) == there
        assert run.pending_events[-1].was_hospital_id == "cho-ray"  # type: ignore[attr-defined]


def test_a_redirect_to_the_same_place_is_no_fact():
    run = a_run()
    run.redirect("cho-ray", "EmergencyDepartment", None, an_act())
    assert happened(run) == ["Assigned"]


def test_each_milestone_carries_the_hospital_it_was_reported_for():
    run = driven(M.EN_ROUTE)
    run.redirect("binh-dan", None, None, an_act(minutes(2)))
    run.progress(M.ON_SCENE, None, None, an_act(minutes(3)))
    assert [getattr(fact, "hospital_id", None) for fact in run.pending_events] == [
        "cho-ray", "cho-ray", "binh-dan", "binh-dan"
    ]  # fmt: skip
