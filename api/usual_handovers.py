"""How long crews lately needed at each hospital from arriving to handing over: what "free in" goes by."""

from dispatch.of_rows import usual_handovers
from projections.memory import MemoryViews

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
            place, known = self._known = self._views.position, usual_handovers(self._views.rows("runs"))
        return known.get(hospital_id)
