"""How long crews lately needed at each hospital from arriving to handing over: what "free in" goes by."""

from collections import defaultdict
from datetime import datetime
from statistics import median

from domain.values import Milestone
from projections.memory import MemoryViews
from projections.rows import Row

LATELY = 10
"""So many handovers of each hospital count, the newest."""
FEWEST = 3
"""Fewer say nothing about a hospital; then the city's figure stands."""
OLD_AFTER = 100
"""Facts. Looking through all runs takes a millisecond: not with every question."""


class UsualHandovers:
    """Any thread may ask; at worst two work the same out."""

    def __init__(self, views: MemoryViews) -> None:
        self._views = views
        self._known: tuple[int, dict[str, float]] = (-OLD_AFTER - 1, {})

    def at(self, hospital_id: str) -> float | None:
        """Seconds, None where too few are known."""
        place, known = self._known
        if self._views.position - place > OLD_AFTER:
            place, known = self._known = self._views.position, usual(self._views.rows("runs"))
        return known.get(hospital_id)


def usual(runs: list[Row]) -> dict[str, float]:
    """{hospital: median seconds of its last handovers}."""
    seen: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for run in runs:
        times, hospital_id = run["milestones"], run["hospital_id"]
        came, done = times.get(str(Milestone.AT_HOSPITAL)), times.get(str(Milestone.HANDED_OVER))
        if hospital_id and came and done:
            seconds = (datetime.fromisoformat(done) - datetime.fromisoformat(came)).total_seconds()
            seen[hospital_id].append((came, max(0.0, seconds)))
    return {
        hospital_id: median(seconds for _, seconds in sorted(found)[-LATELY:])
        for hospital_id, found in seen.items()
        if len(found) >= FEWEST
    }
