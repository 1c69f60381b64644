"""The hours of the week, by which travel has its pace and shifts have their turns."""

from collections.abc import Sequence
from datetime import datetime

from simulations.rival import HOURS_OF_WEEK, Rival


def week_s(moment: datetime) -> float:
    """Seconds since Monday 00:00, by the clock it is told in."""
    return moment.weekday() * 86_400.0 + moment.hour * 3_600 + moment.minute * 60 + moment.second


def pace_at(now_s: float, begins_s: float, pace: Sequence[float]) -> float:
    """begins_s : of the simulation's first moment, since Monday 00:00"""
    return float(pace[int((begins_s + now_s) // 3600.0) % HOURS_OF_WEEK]) if pace else 1.0


def on_duty(callsign: str, now_s: float, rival: Rival) -> bool:
    """From the begin of a shift, its end left out."""
    shifts = rival.shifts.get(callsign)
    return shifts is None or any(on_s <= now_s < off_s for on_s, off_s in shifts)


def turns_of(rival: Rival) -> list[float]:
    """Every moment after the beginning at which anybody comes or goes."""
    moments = {moment for shifts in rival.shifts.values() for shift in shifts for moment in shift}
    return sorted(each for each in moments if 0 < each < float("inf"))
