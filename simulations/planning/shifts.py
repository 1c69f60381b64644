"""Shifts that cover what each hour needs with the fewest hours that are paid for.

G. B. Dantzig, "A comment on Edie's 'Traffic delays at toll booths'", Operations Research 2 (1954) 339-341:
how many begin each kind of shift at each hour is a whole number, and every hour has its need. The week is a
circle: who begins on Sunday night still sits there on Monday.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from routing.arrays import Float64s, Int64s
from simulations.planning.program import NoAnswer, least


@dataclass(frozen=True, slots=True)
class Pattern:
    """hours : how long a shift lasts; starts : the hours of the day at which it may begin; pause : how many
    hours after its begin there is one of rest, which is paid, None for none"""

    hours: int
    starts: tuple[int, ...]
    pause: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.hours <= 24 or not self.starts or not all(0 <= each < 24 for each in self.starts):
            raise ValueError("A shift lasts 1 to 24 hours and begins at hours of the day, 0 to 23.")
        if self.pause is not None and not 0 < self.pause < self.hours - 1:
            raise ValueError("A break lies within its shift.")

    @property
    def works(self) -> tuple[int, ...]:
        """The hours since its begin in which there is somebody."""
        return tuple(hour for hour in range(self.hours) if hour != self.pause)


@dataclass(frozen=True, slots=True)
class Shift:
    """begins : hour of the period, 0 for its first; people : how many begin it then"""

    begins: int
    pattern: Pattern
    people: int


@dataclass(frozen=True, slots=True, eq=False)
class Roster:
    """staffed : int64[hours]; paid_hours : of all shifts; bound : fewer cannot do"""

    shifts: tuple[Shift, ...]
    staffed: Int64s
    paid_hours: int
    bound: float


def roster(need: Int64s, patterns: Sequence[Pattern], limit_s: float = 60.0) -> Roster:
    """need : int64[hours], of whole days that follow each other in a circle. Raises ValueError, NoAnswer."""
    hours = len(need)
    if hours == 0 or hours % 24:
        raise ValueError("A roster is for whole days.")
    if any(pattern.hours > hours for pattern in patterns):
        raise ValueError("A shift is longer than the roster.")
    if (need < 0).any():
        raise ValueError("Nobody needs fewer than none.")
    kinds = sorted(
        (
            (day * 24 + start, pattern)
            for pattern in patterns
            for day in range(hours // 24)
            for start in set(pattern.starts)
        ),
        key=lambda kind: (kind[0], kind[1].hours),
    )
    covers = np.zeros((hours, len(kinds)))
    for number, (begins, pattern) in enumerate(kinds):
        for hour in pattern.works:
            covers[(begins + hour) % hours, number] = 1.0
    if ((covers.sum(axis=1) == 0) & (need > 0)).any():
        hour = int(np.flatnonzero((covers.sum(axis=1) == 0) & (need > 0))[0])
        raise NoAnswer(f"No shift covers {hour % 24}:00 of day {hour // 24 + 1}.")
    paid: Float64s = np.array([pattern.hours for _, pattern in kinds], float)
    most = np.full(len(kinds), float(need.max(initial=0)))
    solved = least(
        paid,
        csr_array(covers),
        need.astype(float),
        np.full(hours, np.inf),
        most,
        np.ones(len(kinds), np.bool_),
        limit_s=limit_s,
    )
    people = np.rint(solved.values).astype(np.int64)
    return Roster(
        tuple(
            Shift(begins, pattern, count)
            for (begins, pattern), count in zip(kinds, people.tolist(), strict=True)
            if count
        ),
        (covers @ people).astype(np.int64),
        int(paid @ people),
        solved.bound,
    )
