"""Each fold against a slow, obvious twin that looks at everything at once."""

from collections import Counter
from datetime import datetime, timedelta
from math import sqrt
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from domain.run_course import ENDS
from projections.memory import MemoryViews
from projections.streams.effects import Alert, Effect, Proposal
from projections.streams.figures import PATIENCE, Figures
from projections.streams.messages import CallTold, Ping, Target, Tick
from projections.streams.ring import start_of
from projections.streams.surge import ALARM, LEARNING, LEARNS, MOST, QUIETEST, SLACK, Surge, after_minute
from projections.streams.visit import LEAVE, RADIUS_M, STAY, metres
from projections.streams.visits import Visits
from tests.any_history import history
from tests.histories import NOON, World
from tests.stream_records import LIMITS, Outcome, events_of, in_order, pings_of, ticks_after

CHOICES = some.lists(some.integers(0, 2**20), min_size=10, max_size=60)
LEGAL = some.builds(history, CHOICES)
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def outcome(world: World) -> Outcome:
    records = events_of(world.log) + pings_of(world, runs=3)
    return in_order(records, ticks_after(records))


def the_views(world: World) -> MemoryViews:
    views = MemoryViews()
    for seq, fact in world.log:
        views.apply(seq, fact)
    return views


@QUICK
@given(LEGAL)
def test_the_fleet_says_of_each_unit_what_the_unit_board_says(world: World):
    found, views = outcome(world).states, the_views(world)
    for row in views.rows("units"):
        unit = found[f"fleet|hcmc/{row['callsign']}"]
        assert (unit.status, unit.run_id, unit.incident_number) == (
            row["status"],
            row["run_id"],
            row["incident_number"],
        )
        if row["run_id"]:
            assert unit.reached == row["milestone"]


@QUICK
@given(LEGAL)
def test_the_fleet_has_the_last_ping_and_knows_it_is_old(world: World):
    found = outcome(world).states
    last = {ping.key: ping.at for ping in sorted(pings_of(world, runs=3), key=lambda ping: ping.at)}
    for key, at in last.items():
        unit = found[f"fleet|{key}"]
        assert unit.ping.at == at
        assert unit.stale
        assert (unit.missed_since == at) == unit.in_service


@QUICK
@given(LEGAL)
def test_beds_are_counted_as_the_hospitals_view_counts_them(world: World):
    found, views = outcome(world), the_views(world)
    row = next(each for each in found.rows.values() if type(each).__name__ == "BedsRow")
    sums: dict[str, Counter[str]] = {}
    for hospital in views.rows("hospitals"):
        for kind, beds in hospital["beds"].items():
            counts = {name: beds[name] for name in ("staffed", "occupied", "blocked", "held", "free")}
            sums[kind] = Counter({n: sums.get(kind, Counter())[n] + c for n, c in counts.items()})
    assert row.part.beds == {kind: dict(counts) for kind, counts in sums.items()}  # type: ignore[union-attr]
    diverting = {each["id"] for each in views.rows("hospitals") if each["diversion"]}
    assert set(row.part.diverting) == diverting  # type: ignore[union-attr]


@QUICK
@given(LEGAL)
@example(history([0, 0, 0, 0, 0, 2, 61, 245, 19496, 180]))  # a late start, corrected to one in time
def test_alerts_of_runs_are_those_of_whoever_looks_at_all_their_times(world: World):
    """Each stay at a milestone, measured with a ruler: too long, or not."""
    records = events_of(world.log)
    ticks = ticks_after(records)
    found = alerts(records, ticks)
    end = ticks[-1].at
    expected = set()
    for run in world.all_runs:
        stays = told_stays(world, run.id)
        for place, (stage, began, _) in enumerate(stays):
            kind = {
                "assigned": "late_acknowledgement",
                "on_scene": "long_on_scene",
                "at_hospital": "long_handover",
            }
            if stage not in kind:
                continue
            later = [
                each for each in stays[place + 1 :] if (stage, each[0]) != ("on_scene", "patient_contact")
            ]
            until = later[0][2] if later else end
            limit = {"assigned": 60, "on_scene": 300, "at_hospital": 300}[stage]
            if (until - began).total_seconds() >= limit:
                expected.add((str(run.id), kind[stage]))
    assert found == expected


def told_stays(world: World, run_id: object) -> list[tuple[str, datetime, datetime]]:
    """Milestones, when each began and when it was told. A correction moves the beginning of the stay that
    lasts; by then whoever looked at the one before has said already whether it was too long."""
    found: list[tuple[str, datetime, datetime]] = []
    for _, fact in world.log:
        if fact.originator_id == run_id:
            match type(fact).__qualname__:
                case "Run.Assigned":
                    found.append(("assigned", fact.act.at, fact.act.at))
                case "Run.Progressed":
                    found.append((str(fact.milestone), fact.act.at, fact.act.at))  # type: ignore[attr-defined]
                case "Run.Corrected":
                    lasts = [stage for stage, _, _ in found if stage != "patient_contact"][-1:]
                    if lasts == [fact.milestone]:  # type: ignore[attr-defined]
                        began = fact.happened_at  # type: ignore[attr-defined]
                        found = [(s, began if [s] == lasts else b, told) for s, b, told in found]
    return found


def alerts(records: list[Any], ticks: list[Tick]) -> set[tuple[str, str]]:
    from projections.streams.plan import Heard, folds, read
    from projections.streams.shelf import Shelf, run_here

    shelf, found = Shelf(folds(LIMITS)), list[Effect]()
    for record in records:
        found += run_here(shelf, read(record.source, record.value))
    for tick in ticks:
        found += run_here(shelf, Heard(tick=tick))
    kinds = ("late_acknowledgement", "long_on_scene", "long_handover")
    return {(each.subject, each.kind) for each in found if isinstance(each, Alert) and each.kind in kinds}


@QUICK
@given(LEGAL)
def test_a_run_that_ended_waits_for_nothing(world: World):
    found = outcome(world).states
    for run in world.all_runs:
        state = found[f"runs|hcmc/{run.id}"]
        assert state.milestone == run.milestone
        assert (state.over_at is not None) == (run.milestone in ENDS)
        assert state.waiting is None or run.milestone not in ENDS


FIXES = some.lists(
    some.tuples(some.integers(4, 40), some.integers(0, 400), some.integers(0, 120)), min_size=1, max_size=29
)


@QUICK
@given(FIXES, some.booleans(), some.integers(0, 28))
def test_visits_are_those_that_one_sees_on_the_whole_track(
    fixes: list[tuple[int, int, int]], hospital: bool, told_after: int
):
    """Whenever the target is told, before, among or after the fixes."""
    kind = "hospital" if hospital else "scene"
    target = Target("hcmc", "C1", kind, "there", "run", "incident", 10.0, 106.0, 7, NOON)
    at, pings = NOON, []
    for gap_s, metres_away, accuracy_m in fixes:
        at += timedelta(seconds=gap_s)
        pings.append(
            Ping("hcmc", "C1", at, 10.0 + metres_away / 111_195, 106.0, accuracy_m=float(accuracy_m))
        )
    state, found = None, list[Effect]()
    messages: list[Any] = list(pings)
    messages.insert(min(told_after, len(pings)), target)
    for message in messages:
        state, effects = Visits().apply(state, message)
        found += effects
    said = [(each.kind, each.at) for each in found if isinstance(each, Proposal)]
    assert said == seen_on(pings, RADIUS_M[kind], kind)


def seen_on(pings: list[Ping], radius_m: float, kind: str) -> list[tuple[str, datetime]]:
    usable = [ping for ping in pings if (ping.accuracy_m or 0) <= 100]
    marks = []
    for ping in usable:
        away, doubt = metres(ping.lat, ping.lon, 10.0, 106.0), ping.accuracy_m or 0.0
        mark = "in" if away + doubt <= radius_m else "out" if away - doubt > radius_m * LEAVE else "?"
        marks.append((ping.at, mark))
    said = []
    came = first_stay(marks, "in", "out")
    if came is not None:
        began, known = came
        said.append((f"arrived_{kind}", began))
        went = first_stay([mark for mark in marks if mark[0] > known], "out", "in")
        if went is not None:
            said.append((f"left_{kind}", went[0]))
    return said


def first_stay(
    marks: list[tuple[datetime, str]], want: str, against: str
) -> tuple[datetime, datetime] | None:
    """The first moment from which on, for long enough, nothing spoke against it; and when that was known."""
    for place, (began, mark) in enumerate(marks):
        if mark != want or was_wanted_before(marks, place, want, against):
            continue
        for at, later in marks[place + 1 :]:
            if later == against:
                break
            if later == want and at - began >= STAY:
                return began, at
    return None


def was_wanted_before(marks: list[tuple[datetime, str]], place: int, want: str, against: str) -> bool:
    """Whether an earlier mark of the same stay is its beginning."""
    for _, mark in reversed(marks[:place]):
        if mark == against:
            return False
        if mark == want:
            return True
    return False


@QUICK
@given(some.lists(some.integers(0, 59 * 60), max_size=60), some.randoms(use_true_random=False))
def test_figures_count_each_call_once_in_its_minute(offsets: list[int], chance: Any):
    calls = [CallTold("hcmc", f"call {n}", NOON + timedelta(seconds=s)) for n, s in enumerate(offsets)]
    told = calls + [chance.choice(calls) for _ in calls[:20]]
    chance.shuffle(told)
    state, rows = None, {}
    for message in [*told, Tick(NOON + timedelta(hours=1) + PATIENCE)]:
        state, effects = Figures().apply(state, message)
        rows |= {each.minute: each.calls for each in effects if type(each).__name__ == "MinuteRow"}  # type: ignore[union-attr]
        hours = [each.hour for each in effects if type(each).__name__ == "HourRow"]  # type: ignore[union-attr]
    expected = Counter(call.at.replace(second=0) for call in calls)
    assert {minute: count for minute, count in rows.items() if count} == dict(expected)
    if calls:
        assert hours[-1].calls == len(calls)


@QUICK
@given(some.lists(some.integers(0, 12), min_size=LEARNING, max_size=150))
def test_a_surge_is_what_the_sums_on_paper_say(counts: list[int]):
    surge, found = Surge(), []
    for number, calls in enumerate(counts):
        surge = after_minute(surge, start_of(number), calls)
        found.append(surge.since is not None)
    assert found == on_paper(counts)


def on_paper(counts: list[int]) -> list[bool]:
    usual = sum(counts[:LEARNING]) / LEARNING
    above, standing, said = 0.0, False, [False] * LEARNING
    for calls in counts[LEARNING:]:
        expected = usual if usual > QUIETEST else QUIETEST
        above = above + (calls - expected) / sqrt(expected) - SLACK
        above = 0.0 if above < 0 else MOST if above > MOST else above
        if standing:
            standing = above > 0
        elif above >= ALARM:
            standing = True
        else:
            usual = (1 - LEARNS) * usual + LEARNS * calls
        said.append(standing)
    return said
