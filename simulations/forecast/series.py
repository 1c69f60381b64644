"""Calls counted by the hour."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from routing.arrays import Int64s

WEEK_H = 168
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, eq=False)
class Hourly:
    """begins : a whole hour by the clock on the wall, without a zone; counts : int64[hours] from there on"""

    begins: datetime
    counts: Int64s

    def at(self, hour: int) -> datetime:
        return self.begins + hour * HOUR

    def hours_of_week(self, first: int, count: int) -> Int64s:
        """0 for Monday from 0 to 1 o'clock; of so many hours from the first on, known or still to come."""
        start = self.begins.weekday() * 24 + self.begins.hour
        return (start + np.arange(first, first + count)) % WEEK_H

    def until(self, hour: int) -> "Hourly":
        """What was known at the begin of that hour."""
        return Hourly(self.begins, self.counts[:hour])


def count_hours(moments: Iterable[datetime]) -> Hourly:
    """By whole hours; the first and the last one, of which nobody knows whether they are whole, are left out.
    Raises ValueError where less than an hour is left."""
    told = sorted(moments)
    if not told:
        raise ValueError("There is no call to count.")
    begins = told[0].replace(minute=0, second=0, microsecond=0) + HOUR
    hours = int((told[-1] - begins) // HOUR)
    if hours < 1:
        raise ValueError("The calls span less than two hours.")
    numbers = [int((moment - begins) // HOUR) for moment in told]
    inside = [number for number in numbers if 0 <= number < hours]
    return Hourly(begins, np.bincount(inside, minlength=hours).astype(np.int64))
