"""What the hour of the week does: the pace of travel, and who is on duty."""

import numpy as np

from simulations.compiled import compiled
from simulations.lean.plan import Pace, Shifts
from simulations.lean.rounding import tenth


@compiled
def pace_at(now_s: float, pace: Pace) -> float:
    return float(pace.multiple[int((pace.begins_s + now_s) // 3600.0) % len(pace.multiple)])


@compiled
def paced(seconds: float, pace: float) -> float:
    """A drive at this pace, to a tenth as the desk reckons."""
    return seconds if pace == 1.0 or not np.isfinite(seconds) else tenth(seconds * pace)


@compiled
def on_duty(unit: int, now_s: float, shifts: Shifts) -> bool:
    """From the begin of a shift, its end left out."""
    if shifts.on_s.shape[1] == 0:
        return True
    for shift in range(shifts.on_s.shape[1]):
        if shifts.on_s[unit, shift] <= now_s < shifts.off_s[unit, shift]:
            return True
    return False
