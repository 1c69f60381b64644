"""The clocks of an emergency: when each begins, when it ends, and why it may never have ended.

`docs/figures.md` says the same for people; `tests/integration/figures/in_sql.py` counts them again in SQL.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from domain.figures import Interval
from projections.figures.material import Case
from projections.figures.records import RunRecord, UnitRecord, seconds

Able = Callable[[UnitRecord, tuple[str, ...]], bool]
"""Whether a unit can do all that an incident needs."""

I = Interval  # noqa: E741


class Reading(NamedTuple):
    """One clock of one incident or run.

    seconds  : whole ones; None where it never ended
    censored : why it has no seconds
    run      : the one that stopped it, or that it is the clock of; None where nobody was sent
    """

    interval: Interval
    seconds: int | None
    censored: str | None
    run: RunRecord | None


WHOLE = (
    "assigned",
    "accepted",
    "en_route",
    "on_scene",
    "patient_contact",
    "transporting",
    "at_hospital",
    "handed_over",
    "clear",
)
"""The milestones of a whole run, in order."""

OF_RUNS: tuple[tuple[Interval, str, tuple[str, ...]], ...] = (
    (I.DISPATCH_TO_ACCEPT, "assigned", ("accepted",)),
    (I.DISPATCH_TO_MOBILE, "assigned", ("en_route",)),
    (I.DISPATCH_TO_SCENE, "assigned", ("on_scene",)),
    (I.SCENE_TIME, "on_scene", ("transporting", "clear")),
    (I.SCENE_TO_HOSPITAL, "transporting", ("at_hospital",)),
    (I.ARRIVAL_TO_HANDOVER, "at_hospital", ("handed_over",)),
)
"""The interval, the milestone it begins with, and those it ends with: the first of them that was reached."""

OF_INCIDENTS = (I.CALL_TO_DISPATCH, I.CALL_TO_SCENE, I.CALL_TO_ABLE_SCENE)


def readings(
    case: Case, units: Mapping[str, UnitRecord], able: Able, *, as_reported: bool = False
) -> Iterator[Reading]:
    """Every clock that began."""
    told = [(run, run.reported if as_reported else run.times) for run in case.runs]
    yield _dispatched(case, told)
    yield _arrived(I.CALL_TO_SCENE, case, told)
    fit = [
        (run, times)
        for run, times in told
        if run.callsign in units and able(units[run.callsign], case.incident.capabilities)
    ]
    yield _arrived(I.CALL_TO_ABLE_SCENE, case, fit)
    for run, times in told:
        for interval, start, ends in OF_RUNS:
            if start in times:
                end = next((times[each] for each in ends if each in times), None)
                yield _reading(interval, times[start], end, run, ends)
        if "transporting" in times:
            handed_over = times.get("handed_over")
            yield _reading(I.CALL_TO_HANDOVER, case.called, handed_over, run, ("handed_over",))


Told = list[tuple[RunRecord, dict[str, int]]]


def _dispatched(case: Case, told: Told) -> Reading:
    first = min(told, key=lambda each: (each[1]["assigned"], each[0].id), default=None)
    if first is None:
        return Reading(I.CALL_TO_DISPATCH, None, _unsent(case), None)
    run, times = first
    return _reading(I.CALL_TO_DISPATCH, case.called, times["assigned"], run)


def _arrived(interval: Interval, case: Case, told: Told) -> Reading:
    """Of several runs the one that was there first stops the clock."""
    there = [(times["on_scene"], run.id, run) for run, times in told if "on_scene" in times]
    if there:
        arrived, _, run = min(there)
        return _reading(interval, case.called, arrived, run)
    if not told:
        return Reading(interval, None, "nobody_able" if case.runs else _unsent(case), None)
    for run, _ in told:
        if run.ended is None:
            return Reading(interval, None, "under_way", run)
    last = told[-1][0]
    return Reading(interval, None, _why(last, ("on_scene",)), last)


def _unsent(case: Case) -> str:
    return "waiting" if case.incident.closed is None else "never_sent"


def _reading(
    interval: Interval, start: int, end: int | None, run: RunRecord, ends: tuple[str, ...] = ()
) -> Reading:
    if end is None:
        return Reading(interval, None, _why(run, ends), run)
    passed = seconds(start, end)
    return Reading(interval, passed, None, run) if passed >= 0 else Reading(interval, None, "below_zero", run)


def _why(run: RunRecord, ends: tuple[str, ...]) -> str:
    """Why a clock of a run never ended: the crew went on without saying so, the run ended, or it lasts."""
    furthest = max(PLACE.get(milestone, 0) for milestone in run.reported)
    if furthest > min(PLACE[end] for end in ends):
        return "not_said"
    return "under_way" if run.ended is None else run.ended


PLACE = {milestone: place for place, milestone in enumerate(WHOLE)}
