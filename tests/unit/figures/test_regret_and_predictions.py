"""What a choice gave up, and how well arrivals were foretold, in days drawn by hand."""

from datetime import timedelta
from uuid import uuid4

from api.hindsight import DayGround, in_hindsight, jobs_of
from domain.decision import Decision
from domain.letters import Letters
from domain.values import Milestone, Travel
from projections.figures.predictions import quality
from projections.figures.records import instant
from projections.figures.regret import choices, told
from tests.counted_figures import SAIGON, book_of
from tests.histories import NOON, PLACES, World

M = Milestone
DAY = instant(NOON - timedelta(hours=1)), instant(NOON + timedelta(hours=23))


def advised(world: World, unit: str, arrivals: dict[str, float], there_after_s: float, **how):
    """Sent upon advice that told these arrivals, there when it is said, and clear ten minutes later."""
    incident = world.open(world.call())
    run = world.send(unit, incident, eta_s=arrivals.get(unit), **how)
    letters = ",".join(
        f'{{"callsign":"{callsign}","eta_s":{s - 60},"parts":{{"travel":{s - 60},"turnout":60}}}}'
        for callsign, s in arrivals.items()
    )
    made = Decision(
        decision_id=uuid4(),
        incident_id=incident.id,
        run_id=run.id,
        advice=Letters.of(f'{{"units":[{letters}]}}'),
        act=world.act(),
    )
    point_to(world, run, made)
    world.save(made)
    world.progress(run, M.EN_ROUTE)
    world.wait(seconds=there_after_s)
    world.progress(run, M.ON_SCENE)
    return run


def point_to(world: World, run, decision: Decision) -> None:
    """The run was sent before its advice had a name here; in the log it tells the name from the beginning."""
    for save in world.saves:
        for place, fact in enumerate(save):
            if fact.originator_id == run.id and fact.originator_version == 1:
                save[place] = type(fact)(**{**vars(fact), "decision_id": decision.id})


def on_duty() -> World:
    world = World()
    for callsign in world.callsigns:
        world.sign(callsign)
    return world


def test_the_regret_of_a_choice_is_what_the_soonest_offered_would_have_saved():
    world = on_duty()
    advised(world, "T2", {"C1": 200.0, "T2": 260.0, "M3": 300.0}, 250, override_reason="kíp biết đường")
    material = book_of(world.log).material(*DAY)
    said = told(choices(material, *DAY))
    assert (said["n"], said["followed"], said["overridden"], said["soonest_sent"]) == (1, 0, 1, 0)
    assert (said["regret_s"], said["mean_regret_s"], said["p90_regret_s"]) == (60.0, 60.0, 60)
    (worst,) = said["worst"]
    assert (worst["sent"], worst["soonest"], worst["regret_s"]) == ("T2", "C1", 60.0)


def test_who_sends_the_soonest_regrets_nothing():
    world = on_duty()
    advised(world, "C1", {"C1": 200.0, "T2": 200.0}, 190)
    said = told(choices(book_of(world.log).material(*DAY), *DAY))
    assert (said["n"], said["followed"], said["regret_s"], said["worst"]) == (1, 1, 0.0, [])


def test_advice_that_tells_of_the_soon_free_and_the_unable_holds_nobody_to_them():
    world = on_duty()
    run = world.send("C1", world.open(world.call()), eta_s=200.0)
    made = Decision(
        decision_id=uuid4(),
        incident_id=run.incident_id,
        run_id=run.id,
        advice={
            "units": [
                {"callsign": "T2", "parts": {"travel": 10.0, "turnout": 0.0}, "free_in_s": 90.0},
                {"callsign": "M3", "parts": {"travel": 20.0}, "flags": ["lacks_capability"]},
                {"callsign": "C1", "parts": {"travel": 140.0, "turnout": 60.0, "meal": 30.0}},
            ]
        },
        act=world.act(),
    )
    point_to(world, run, made)
    world.save(made)
    (choice,) = choices(book_of(world.log).material(*DAY), *DAY)
    assert (choice.sent_s, choice.regret_s, choice.followed) == (200.0, 0.0, True)


def test_predictions_are_held_against_arrivals():
    world = on_duty()
    for unit, predicted, actual in (("C1", 100.0, 160), ("T2", 300.0, 290), ("M3", 50.0, 60)):
        advised(world, unit, {unit: predicted}, actual)
    said = quality(book_of(world.log).material(*DAY), *DAY, SAIGON)
    assert said["total"] == {"n": 3, "bias_s": 20.0, "mean_error_s": 26.7, "p80_error_s": 60}
    assert [row["key"] for row in said["by_kind"]] == ["van"]
    assert {row["key"]: row["n"] for row in said["by_hour"]} == {"12": 3}


def ground() -> DayGround:
    """Every drive is known, nothing is asked of any map."""

    class Roads:
        def table(self, origins, destinations, profile):
            return [[Travel(90.0, 500.0) for _ in destinations] for _ in origins]

    return DayGround(Roads(), dict(PLACES), {"van": 60.0}, {"P1": 240.0})


def test_in_hindsight_the_first_call_would_have_had_the_unit_that_was_of_no_use_to_the_second():
    world = on_duty()
    world.sign("M3", "off_duty")
    first = advised(world, "C1", {"C1": 100.0, "T2": 110.0}, 100)
    second = advised(world, "T2", {"T2": 400.0}, 400)
    world.progress(first, M.CLEAR)
    world.progress(second, M.CLEAR)
    material = book_of(world.log).material(*DAY)
    jobs = jobs_of(ground(), material, *DAY)
    assert {callsign for job in jobs for callsign in job.arrivals} == {"C1", "T2"}  # M3 is at home
    assert jobs[1].arrivals == {"T2": 400.0, "C1": 150.0}  # busy then: from its station, turnout and drive
    said = in_hindsight(ground(), material, *DAY)
    assert (said["jobs"], said["mean_as_sent_s"], said["mean_best_s"]) == (2, 250.0, 130.0)
    assert (said["late_as_sent"], said["late_best"], said["sent_otherwise"]) == (1, 0, 2)
    assert said["exact"]
