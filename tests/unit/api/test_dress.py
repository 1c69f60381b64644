"""The waits that rows are served with are those by which the streams alert: one set of limits, told twice."""

from datetime import datetime, timedelta

import pytest

from api.dress import Dress
from dispatch.policies.assignment_rules import SafetyRules, UndoRules
from domain.city import Limit, Targets
from domain.incident import Incident
from domain.run import Run
from domain.values import Milestone, Priority
from projections.memory import MemoryViews
from projections.rows import GONE, moment
from projections.streams.fold import limits_of
from projections.streams.messages import RunTold
from projections.streams.runs import Runs
from tests.builders import NOON, a_hospital, a_run, an_act, an_incident, minutes, seconds

TARGETS = Targets(
    response_s=dict.fromkeys(Priority, 600),
    queue={priority: Limit(60, 120) for priority in Priority},
    acknowledge=Limit(60, 90),
    on_scene=Limit(1200, 1800),
    handover=Limit(1800, 2700),
    bed_age=Limit(1, 2),
    unit_position=Limit(30, 120),
)
OF_STREAMS = {"acknowledge": "late_acknowledgement", "on_scene": "long_on_scene", "handover": "long_handover"}
STEPS = ("accepted", "en_route", "on_scene", "patient_contact", "transporting", "at_hospital", "handed_over")


def dressed(*facts):
    """A dress over the rows that these facts make."""
    views = MemoryViews()
    for seq, fact in enumerate(facts, 1):
        views.apply(seq, fact)
    safety = SafetyRules(every_s=600.0, dangerous_s=60.0, grace_s=30.0)
    return Dress(TARGETS, safety, UndoRules(900.0), views, lambda: NOON)


def the_run(steps):
    """One step a minute."""
    run = a_run()
    for place, step in enumerate(steps, 1):
        run.progress(Milestone(step), None, None, an_act(minutes(place)))
    return run


@pytest.mark.parametrize("reached", range(len(STEPS) + 1))
def test_the_timers_of_a_run_and_the_alerts_of_the_streams_agree_at_every_milestone(reached):
    facts = list(the_run(STEPS[:reached]).collect_events())
    dress, fold, state = dressed(*facts), Runs(limits_of(TARGETS)), None
    for fact in facts:
        state, _ = fold.apply(state, as_told(fact))
    (row,) = dress.rows("runs", dress.views.rows("runs"))
    timers = {OF_STREAMS[timer["name"]]: timer for timer in row["timers"] if timer["name"] in OF_STREAMS}
    waiting = state.waiting
    if waiting is None:
        assert timers == {}
        return
    (timer,) = timers.values()
    assert list(timers) == [waiting.kind]
    assert timer["since"] == moment(waiting.since)
    for at in (timer["amber_at"], timer["red_at"]):
        just_before = datetime.fromisoformat(at) - timedelta(milliseconds=1)
        assert waiting.level_at(datetime.fromisoformat(at)) != waiting.level_at(just_before)


def as_told(fact):
    return RunTold(
        centre="c",
        run_id=str(fact.originator_id),
        version=fact.originator_version,
        seq=fact.originator_version,
        at=fact.act.at,
        what="assigned" if isinstance(fact, Run.Assigned) else "progressed",
        incident_id="i",
        incident_number=7,
        callsign="C1",
        milestone="assigned" if isinstance(fact, Run.Assigned) else str(fact.milestone),
    )


def test_a_crew_is_asked_sooner_where_the_scene_is_dangerous():
    incident = an_incident(incident_id=a_run().incident_id)
    facts = [*incident.collect_events(), *the_run(("en_route", "on_scene")).collect_events()]
    calm = welfare(dressed(*facts))
    assert calm == (moment(minutes(12)), moment(minutes(12.5)))
    incident.tell_danger("có dao", an_act(minutes(3)))
    assert any(isinstance(fact, Incident.DangerTold) for fact in incident.pending_events)
    assert welfare(dressed(*facts, *incident.collect_events())) == (moment(minutes(3)), moment(minutes(3.5)))


def welfare(dress):
    (row,) = dress.rows("runs", dress.views.rows("runs"))
    (timer,) = [each for each in row["timers"] if each["name"] == "welfare"]
    return timer["amber_at"], timer["red_at"]


def test_a_waiting_incident_is_served_with_the_limits_of_its_priority():
    dress = dressed(*an_incident().collect_events())
    (row,) = dress.rows("incidents", dress.views.rows("incidents"))
    (timer,) = row["timers"]
    assert (timer["since"], timer["amber_at"]) == (moment(NOON), moment(seconds(60)))
    assert timer["red_at"] == moment(seconds(120))


def test_what_may_be_undone_is_the_last_step_and_until_when():
    dress = dressed(*the_run(("en_route",)).collect_events())
    (row,) = dress.rows("runs", dress.views.rows("runs"))
    assert row["undo"] == {"of": 2, "milestone": "en_route", "until": moment(minutes(16))}


def test_of_an_assignment_that_was_taken_back_nothing_more_can_be():
    run = the_run(())
    run.undo(None, timedelta(minutes=15), None, an_act(minutes(1)))
    run.progress(Milestone.STOOD_DOWN, None, None, an_act(minutes(1)))
    dress = dressed(*run.collect_events())
    (row,) = dress.rows("runs", dress.views.rows("runs"))
    assert row["undo"] is None


def test_rows_on_their_way_to_the_feed_are_dressed_and_those_that_left_stay_as_they_are():
    dress = dressed(*the_run(()).collect_events())
    (row,) = dress.views.rows("runs")
    left = {"id": "x", "seq": 9, GONE: True}
    changes = dress.changes({"runs": {row["id"]: row, "x": left}, "units": {"C1": {"id": "C1"}}})
    assert changes["runs"][row["id"]]["timers"][0]["name"] == "acknowledge"
    assert changes["runs"]["x"] is left
    assert changes["units"] == {"C1": {"id": "C1"}}


def test_a_crew_unheard_while_the_service_was_away_is_given_time_before_silence_alarms():
    dress = dressed(*the_run(("accepted", "en_route", "on_scene")).collect_events())
    (row,) = dress.views.rows("runs")
    usual = dress.check(row)["red_at"]
    assert usual == moment(minutes(13) + timedelta(seconds=30))
    dress.reopening.at = minutes(20)
    assert dress.check(row)["red_at"] == moment(minutes(20) + timedelta(seconds=15))
    assert dress.as_of(dress.views, minutes(14)).check(row)["red_at"] == usual, "of the past nobody is asked"


def bound(steps=("en_route",)):
    """A heart attack is driven to a hospital."""
    incident = an_incident(incident_id=a_run().incident_id)
    run = the_run(steps)
    facts = [*a_hospital().collect_events(), *incident.collect_events(), *run.collect_events()]
    dress = dressed(*facts)
    return dress, str(run.id)


def test_a_run_bound_for_a_house_without_what_its_patient_needs_says_so():
    """The hospital of the builders has no cath lab; the incident wants one."""
    dress, _ = bound()
    (row,) = dress.rows("runs", dress.views.rows("runs"))
    assert row["destination_lacks"] == {
        "code": "lacks_speciality",
        "en": "no pci",
        "vi": "không có chuyên khoa pci",
    }
    arrived, _ = bound(steps=("en_route", "on_scene", "transporting", "at_hospital"))
    (row,) = arrived.rows("runs", arrived.views.rows("runs"))
    assert row["destination_lacks"] is None


@pytest.mark.parametrize("view", ["incidents", "hospitals"])
def test_what_changes_beside_a_run_brings_the_run_along(view):
    dress, run_id = bound()
    (changed,) = dress.views.rows(view)
    told = dress.changes({view: {changed["id"]: changed}})
    assert told["runs"][run_id]["destination_lacks"]["code"] == "lacks_speciality"
    assert view in told


def test_a_run_that_is_told_already_is_told_once_and_as_it_is():
    dress, run_id = bound()
    (incident,) = dress.views.rows("incidents")
    newer = {**dress.views.row("runs", run_id), "seq": 99}
    told = dress.changes({"incidents": {incident["id"]: incident}, "runs": {run_id: newer}})
    assert told["runs"][run_id]["seq"] == 99
