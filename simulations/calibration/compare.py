"""Recorded against simulated, with what chance may do.

Both sides are of the same calls, so they are drawn again together (a block bootstrap: R. Y. Liu and K. Singh,
1992): whole days where there are ten of them, else whole hours, since calls that follow each other share a
queue. Replications are drawn again, too. What surely differs is told beside all that was looked at (Holm).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy.stats import t as student

from routing.arrays import Float64s, Int32s
from simulations.calibration.play import Judged
from simulations.calibration.stretches import SHARES
from simulations.chance import generator
from simulations.statistics.holm import holm

DRAWS: Final = 400
LEVEL: Final = 0.95
ENOUGH_DAYS: Final = 10
LEAST_BLOCKS: Final = 6
LEAST_CALLS: Final = 30
FIGURES: Final = (
    ("response", "mean"), ("response", "median"), ("response", "p90"), ("late", "mean"),
    ("to_order", "mean"), ("to_order", "p90"), ("turnout", "mean"), ("turnout", "p90"),
    ("travel", "mean"), ("travel", "p90"), ("scene", "mean"), ("scene", "p90"), ("transported", "mean"),
    ("to_hospital", "mean"), ("handover", "mean"), ("handover", "p90"), ("clear", "mean"),
    ("occupied", "mean"),
)  # fmt: skip
RANKS: Final = {"median": 0.5, "p90": 0.9}


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of one group of calls.

    group     : "" for all, else a priority, an hour of the day such as "07", a ward
    calls     : of which it was recorded
    recorded, low, high : and where the truth lies behind it, as far as these calls tell
    simulated, least, most : and where one such stretch would lie by the model, chance included
    apart, apart_low, apart_high : simulated less recorded
    p, sure   : how likely so much is by chance; and whether that is too little beside all that was looked at
    """

    stretch: str
    kind: str
    group: str
    calls: int
    recorded: float
    low: float
    high: float
    simulated: float
    least: float
    most: float
    apart: float
    apart_low: float
    apart_high: float
    p: float
    sure: bool = False

    @property
    def half(self) -> float:
        return (self.apart_high - self.apart_low) / 2


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """of : int64[calls], the block of each; by_day: whether they are days, else hours"""

    of: np.ndarray
    count: int
    by_day: bool


def blocks_of(judged: Judged) -> Blocks:
    """Raises ValueError with a sentence where the record is too short."""
    rang_s = np.array([judged.of.seconds(call.rang_at) for call in judged.of.calls])
    by_day = judged.of.days >= ENOUGH_DAYS
    _, of = np.unique(np.floor(rang_s / (86_400.0 if by_day else 3600.0)), return_inverse=True)
    count = int(of.max()) + 1
    if len(rang_s) < LEAST_CALLS or count < LEAST_BLOCKS:
        raise ValueError(
            f"The record has {len(rang_s)} calls in {count} hours: a comparison wants {LEAST_CALLS} at "
            f"least, in {LEAST_BLOCKS} hours."
        )
    return Blocks(of, count, by_day)


def compared(judged: Judged, blocks: Blocks) -> list[Compared]:
    """All figures of all calls that the record tells; nothing of what it does not."""
    everybody = np.ones(len(judged.priority), np.bool_)
    found = [
        each
        for stretch, kind in FIGURES
        if (each := figure(judged, blocks, stretch, kind, "", everybody)) is not None
    ]
    return judged_together(found)


def by_group(
    judged: Judged, blocks: Blocks, stretch: str, groups: Sequence[str], of: Int32s, least: int
) -> list[Compared]:
    """The mean of each group with so many recorded calls. of : int32[calls], below zero for none"""
    found = []
    for number, name in enumerate(groups):
        mine = of == number
        if np.isfinite(judged.recorded[stretch][mine]).sum() >= least:
            each = figure(judged, blocks, stretch, "mean", name, mine)
            if each is not None:
                found.append(each)
    return judged_together(found)


def judged_together(found: Sequence[Compared]) -> list[Compared]:
    adjusted = holm([each.p for each in found])
    return [replace(each, sure=p < 1 - LEVEL) for each, p in zip(found, adjusted, strict=True)]


def figure(
    judged: Judged, blocks: Blocks, stretch: str, kind: str, group: str, mine: np.ndarray
) -> Compared | None:
    recorded = np.where(mine, judged.recorded[stretch], np.nan)
    known = np.isfinite(recorded)
    simulated = np.where(mine[None, :], judged.simulated[stretch], np.nan)
    if stretch in ("response", "to_order", "turnout", "travel", "late"):
        simulated = np.where(known[None, :], simulated, np.nan)  # of the very same calls
    if known.sum() < 2 or not np.isfinite(simulated).any():
        return None
    parts = len(np.unique(blocks.of[known]))
    few = parts < LEAST_BLOCKS
    if few:  # then by calls, and nothing is judged
        parts = int(known.sum())
        blocks = Blocks(np.minimum(np.cumsum(known) - known, parts - 1), parts, blocks.by_day)
    luck = generator(judged.asked.seed, 0, f"again {stretch} {kind} {group}")
    days = luck.multinomial(blocks.count, np.full(blocks.count, 1 / blocks.count), DRAWS).astype(np.float64)
    rounds = len(simulated)
    nights = luck.multinomial(rounds, np.full(rounds, 1 / rounds), DRAWS).astype(np.float64)
    # The first row is what there is, the others are drawn again.
    days = np.vstack([np.ones(blocks.count), days])
    nights = np.vstack([np.ones(rounds), nights])
    if kind == "mean":
        real = _mean(recorded[None, :], blocks, days, np.ones((len(days), 1)))
        played = _mean(simulated, blocks, days, nights)
    else:
        real = _rank(recorded[None, :], blocks, days, np.ones((len(days), 1)), RANKS[kind])
        played = _rank(simulated, blocks, days, nights, RANKS[kind])
    by_night = np.array([_plain(row, kind) for row in simulated])
    spread = float(np.nanstd(by_night, ddof=1)) if rounds > 1 else 0.0
    wide = float(student.ppf((1 + LEVEL) / 2, max(1, rounds - 1))) * spread * np.sqrt(1 + 1 / rounds)
    times = float(student.ppf((1 + LEVEL) / 2, parts - 1))
    apart = played - real
    error, own = float(np.nanstd(apart[1:], ddof=1)), times * float(np.nanstd(real[1:], ddof=1))
    mean = float(apart[0])
    p = 1.0 if few or abs(mean) < 1e-9 else 0.0
    if p == 0.0 and error > 0:
        p = float(2 * student.sf(abs(mean) / error, parts - 1))
    at, was = float(played[0]), float(real[0])
    top = 1.0 if stretch in SHARES else np.inf
    return Compared(
        stretch, kind, group, int(known.sum()),
        was, max(0.0, was - own), min(top, was + own),
        at, max(0.0, at - wide), min(top, at + wide),
        mean, mean - times * error, mean + times * error, p,
    )  # fmt: skip


def _mean(values: Float64s, blocks: Blocks, days: Float64s, rows: Float64s) -> Float64s:
    """float64[draws]. values : float64[rows, calls]; days, rows : how often each block and row counts"""
    known = np.isfinite(values)
    filled = np.where(known, values, 0.0)
    sums, counts = np.zeros((2, len(values), blocks.count))
    for row in range(len(values)):
        sums[row] = np.bincount(blocks.of, filled[row], blocks.count)
        counts[row] = np.bincount(blocks.of, known[row], blocks.count)
    total = ((days @ sums.T) * rows).sum(axis=1)
    of = ((days @ counts.T) * rows).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(total / of, np.float64)


def _rank(values: Float64s, blocks: Blocks, days: Float64s, rows: Float64s, share: float) -> Float64s:
    """The same of a rank: the least value that so large a share is not above."""
    row, call = np.nonzero(np.isfinite(values))
    order = np.argsort(values[row, call], kind="stable")
    row, call = row[order], call[order]
    ordered, block = values[row, call], blocks.of[call]
    found = np.empty(len(days))
    for draw in range(len(days)):
        so_far = np.cumsum(days[draw, block] * rows[draw, row])
        whole = so_far[-1]
        found[draw] = ordered[np.searchsorted(so_far, share * whole - 1e-9)] if whole > 0 else np.nan
    return found


def _plain(row: Float64s, kind: str) -> float:
    values = np.sort(row[np.isfinite(row)])
    if len(values) == 0:
        return np.nan
    return float(
        values.mean() if kind == "mean" else values[max(0, int(np.ceil(RANKS[kind] * len(values))) - 1)]
    )
