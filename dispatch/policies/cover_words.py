"""What sending somebody does to the coverage, as a number and in the dispatcher's words."""

from functools import lru_cache

from dispatch.policies.choice import Coverage, CoverageChange
from dispatch.policies.coverage import DIGITS, UnitCover
from dispatch.policies.words import Words

NOTHING = UnitCover(0.0, 0.0)
Cover = tuple[tuple[Words, ...], CoverageChange | None]
"""Words and figures, as `Weighed` has them behind its parts."""
UNKNOWN: Cover = ((), None)


def cover_of(callsign: str, coverage: Coverage | None) -> Cover:
    """What is lost without this unit; nothing where nothing is known."""
    if coverage is None:
        return UNKNOWN
    unit = coverage.units.get(callsign)
    before = coverage.before
    return _cover(coverage.limit_s, before, before if unit is None else unit.after)


@lru_cache(maxsize=4_096)
def _cover(limit_s: float, before: float, after: float) -> Cover:
    """A city at rest asks the same again and again."""
    change = CoverageChange(before, after, round(before - after, DIGITS))
    if after >= before:
        return (), change
    minutes, before_pc, after_pc = limit_s / 60, 100 * before, 100 * after
    return (
        {
            "en": f"taking it drops {minutes:g}-minute coverage from {before_pc:.1f} to {after_pc:.1f} %",
            "vi": f"lấy xe này thì độ phủ {minutes:g} phút giảm từ {before_pc:.1f} còn {after_pc:.1f} %",
        },
    ), change


def marginal_of(callsign: str, coverage: Coverage) -> float:
    """What the unit adds to the expected coverage; nothing where it does not count for it."""
    return coverage.units.get(callsign, NOTHING).marginal
