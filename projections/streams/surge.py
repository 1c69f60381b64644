"""More calls than usual? An average that forgets slowly, and a sum of what came above it (CUSUM).

One minute of twice the usual says little; ten of them in a row raise the alarm. While it stands the average
does not learn: an emergency does not become usual because it lasts.
"""

from datetime import datetime
from math import sqrt

from msgspec import Struct
from msgspec.structs import replace

LEARNS = 2 / 121
"""A minute's share in the average: about what the last two hours brought."""
SLACK = 0.5
"""Deviations this small, in standard deviations, are chance and do not add up."""
ALARM = 5.0
"""So many standard deviations in sum are none."""
MOST = 4 * ALARM
"""However wild an hour was, its end is seen within the next."""
QUIETEST = 0.2
"""Calls a minute below which the average is not believed: the second call of a night is no surge."""
LEARNING = 30
"""Minutes before anything is said."""


class Surge(Struct, frozen=True):
    """mean : usual calls a minute; excess : the sum of what came above; since : the alarm's first minute."""

    mean: float = 0.0
    minutes: int = 0
    excess: float = 0.0
    since: datetime | None = None


def after_minute(surge: Surge, minute: datetime, calls: int) -> Surge:
    """One more closed minute. Calls are taken as chance does them: their variance is their mean."""
    if surge.minutes < LEARNING:
        mean = surge.mean + (calls - surge.mean) / (surge.minutes + 1)
        return replace(surge, mean=mean, minutes=surge.minutes + 1)
    usual = max(surge.mean, QUIETEST)
    excess = min(MOST, max(0.0, surge.excess + (calls - usual) / sqrt(usual) - SLACK))
    if surge.since is not None:
        return replace(surge, excess=excess, since=surge.since if excess > 0 else None)
    if excess >= ALARM:
        return replace(surge, excess=excess, since=minute)
    mean = surge.mean + LEARNS * (calls - surge.mean)
    return replace(surge, mean=mean, excess=excess)
