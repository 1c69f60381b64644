"""Time many kinds of work fairly on a machine that has other things to do.

Every kind has its turn in each of several rounds, so that a busy minute strikes all and shows as spread.
Before its turn a kind is repeated until caches and branch predictors know it; the garbage collector waits.
"""

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from time import perf_counter

from api.bench.rows import Figure, figure, quantile, timed

ROUNDS = 5
WARM_S = 0.01


@dataclass(frozen=True, slots=True)
class Turn:
    """Some work, how many times it is timed in all, and the name of the kind it is compared with, if any."""

    work: Callable[[], object]
    times: int
    against: str | None = None


def in_rounds(turns: Mapping[str, Turn]) -> dict[str, list[list[float]]]:
    """Seconds of every call, by kind and round."""
    samples: dict[str, list[list[float]]] = {name: [] for name in turns}
    with no_collecting():
        for _ in range(ROUNDS):
            for name, turn in turns.items():
                _warm(turn.work)
                samples[name].append(timed(turn.work, max(1, turn.times // ROUNDS)))
    return samples


def figures(prefix: str, turns: Mapping[str, Turn]) -> list[Figure]:
    """A row for each kind that is no mere reference: references are named `program.function`, with a dot."""
    samples = in_rounds(turns)
    rows = []
    for name, turn in turns.items():
        if "." in name:
            continue
        against = (turn.against, flat(samples[turn.against])) if turn.against else None
        row = figure(prefix + name, flat(samples[name]), against)
        rows.append(replace(row, spread=spread(samples[name])))
    return rows


def spread(rounds: list[list[float]]) -> float:
    """How far the medians of the rounds lie apart, as a share of the median of all."""
    medians = [quantile(samples, 0.5) for samples in rounds]
    return (max(medians) - min(medians)) / quantile(flat(rounds), 0.5)


def flat(rounds: list[list[float]]) -> list[float]:
    return [sample for samples in rounds for sample in samples]


@contextmanager
def no_collecting() -> Iterator[None]:
    """No garbage is collected while something is timed."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _warm(work: Callable[[], object]) -> None:
    began = perf_counter()
    work()
    while perf_counter() - began < WARM_S:
        work()
