"""In which units the figures are told."""

from typing import Final

from simulations.lean.of_day import PRIORITIES
from simulations.results.compare import Apart
from simulations.results.report.say import Say
from simulations.statistics.intervals import Interval

SHARES: Final = (
    "late",
    "late_P1",
    "late_P2",
    "late_P3",
    "late_P4",
    "waited",
    "unserved",
    "lost",
    "lost_needing",
    "lost_busiest",
    "late_or_lost",
    *(f"late_or_lost_{priority}" for priority in PRIORITIES),
    "late_elsewhere",
    "late_elsewhere_P1",
    "late_as_shown",
    "busy",
    "no_bed",
)
TIMES: Final = ("mean_s", "median_s", "p90_s", "answer_s")


def scale_of(figure: str) -> float:
    return 100.0 if figure in SHARES else 1.0


def cell(figure: str, found: Interval | None, say: Say) -> str:
    """The mean, and half of the interval after it."""
    if found is None:
        return "–"
    if figure in TIMES:
        half = f" ± {say.minutes(found.half)}" if found.n > 1 else ""
        return f"{say.minutes(found.mean)}{half}"
    sign, digits = ("%", 1) if figure in SHARES else ("", 0)
    half = f" ± {say.number(scale_of(figure) * found.half, digits)}" if found.n > 1 else ""
    return f"{say.number(scale_of(figure) * found.mean, digits)}{sign}{half}"


def change(figure: str, value: float, say: Say) -> str:
    """How much more or less, with its unit."""
    unit = "points" if figure in SHARES else "seconds" if figure in TIMES else "km_of"
    return say(unit, value=_bare(figure, value, say))


def unit_of(figure: str, say: Say) -> str:
    """The unit of a difference, alone."""
    return change(figure, 0.0, say).removeprefix(_bare(figure, 0.0, say)).strip()


def _bare(figure: str, value: float, say: Say) -> str:
    return say.signed(scale_of(figure) * value, 1 if figure in SHARES else 0)


def told(apart: Apart, say: Say) -> str:
    """A sentence's worth: how much, between what, or that no difference was shown."""
    between = apart.found.interval
    if not apart.sure:
        return say("no_difference")
    return say(
        "differs",
        change=change(apart.figure, between.mean, say),
        low=_bare(apart.figure, between.low, say),
        high=_bare(apart.figure, between.high, say),
    )
