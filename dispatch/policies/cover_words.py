"""What sending somebody does to the coverage, as a number and in the dispatcher's words."""

from dispatch.policies.choice import Coverage, CoverageChange
from dispatch.policies.coverage import UnitCover
from dispatch.policies.words import Words

NOTHING = UnitCover(0.0, 0.0)


def cover_of(callsign: str, coverage: Coverage | None) -> tuple[tuple[Words, ...], CoverageChange | None]:
    """Words and number, as `Weighed` has them behind its parts; nothing where nothing is known."""
    if coverage is None:
        return (), None
    unit = coverage.units.get(callsign)
    after = coverage.before if unit is None else unit.after
    change = CoverageChange(coverage.before, after)
    if after >= coverage.before:
        return (), change
    minutes, before_pc, after_pc = coverage.limit_s / 60, 100 * coverage.before, 100 * after
    return (
        {
            "en": f"taking it drops {minutes:g}-minute coverage from {before_pc:.1f} to {after_pc:.1f} %",
            "vi": f"lấy xe này thì độ phủ {minutes:g} phút giảm từ {before_pc:.1f} còn {after_pc:.1f} %",
        },
    ), change


def marginal_of(callsign: str, coverage: Coverage) -> float:
    """What the unit adds to the expected coverage; nothing where it does not count for it."""
    return coverage.units.get(callsign, NOTHING).marginal
