"""How well arrivals were foretold: what was said when a unit was sent, against when it was there."""

from collections.abc import Callable, Iterable
from datetime import tzinfo
from typing import Any, NamedTuple

from projections.figures.counting import nearest_rank
from projections.figures.material import Material
from projections.figures.records import RunRecord, as_time, seconds


class Foretold(NamedTuple):
    """One arrival. Both in seconds from sending: turnout and driving."""

    run: RunRecord
    predicted_s: float
    actual_s: int

    @property
    def error_s(self) -> float:
        """Above zero where it took longer than foretold."""
        return self.actual_s - self.predicted_s


def foretold(material: Material, start: int, end: int) -> list[Foretold]:
    """The runs that were sent within [start, end) with a prediction and reached the scene, by time."""
    found = []
    for run in material.runs.values():
        sent, there = run.times["assigned"], run.times.get("on_scene")
        if start <= sent < end and run.eta_s is not None and there is not None and there >= sent:
            found.append(Foretold(run, run.eta_s, seconds(sent, there)))
    return sorted(found, key=lambda each: (each.run.times["assigned"], each.run.id))


def quality(material: Material, start: int, end: int, zone: tzinfo) -> dict[str, Any]:
    """Bias and spread: all together, by kind of unit, and by hour of the day in which it was sent."""
    all_of_them = foretold(material, start, end)

    def kind(each: Foretold) -> str:
        unit = material.units.get(each.run.callsign)
        return "unknown" if unit is None else unit.kind

    def hour(each: Foretold) -> str:
        return f"{as_time(each.run.times['assigned']).astimezone(zone).hour:02d}"

    return {
        "total": summed(all_of_them),
        "by_kind": _grouped(all_of_them, kind),
        "by_hour": _grouped(all_of_them, hour),
    }


def summed(some: Iterable[Foretold]) -> dict[str, Any]:
    """bias_s is the mean error, above zero where units came later than foretold; p80_error_s the error,
    whichever way, that four of five did not exceed."""
    errors = [each.error_s for each in some]
    if not errors:
        return {"n": 0, "bias_s": None, "mean_error_s": None, "p80_error_s": None}
    sizes = sorted(int(abs(error)) for error in errors)
    return {
        "n": len(errors),
        "bias_s": round(sum(errors) / len(errors), 1),
        "mean_error_s": round(sum(map(abs, errors)) / len(errors), 1),
        "p80_error_s": nearest_rank(sizes, 80),
    }


def _grouped(some: Iterable[Foretold], key_of: Callable[[Foretold], str]) -> list[dict[str, Any]]:
    groups: dict[str, list[Foretold]] = {}
    for each in some:
        groups.setdefault(key_of(each), []).append(each)
    return [{"key": key, **summed(groups[key])} for key in sorted(groups)]
