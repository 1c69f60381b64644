"""One figure of a benchmark, as `vigil bench` writes it."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from time import perf_counter
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """best, p50, p99 and reference are in `unit`; ratio = reference / p50, above 1 where we are faster. Of a
    rate, such as calls a second, best is the most and ratio = p50 / reference.

    spread : how far the medians of several rounds lie apart, as a share of p50; a noisy machine shows here
    map, nodes, units, events : what was asked about, where that matters
    """

    name: str
    n: int
    unit: str
    best: float
    p50: float
    p99: float
    reference: float | None
    reference_name: str | None
    ratio: float | None
    spread: float | None = None
    map: str | None = None
    nodes: int | None = None
    units: int | None = None
    events: int | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def figure(name: str, samples: Sequence[float], reference: tuple[str, Sequence[float]] | None) -> Figure:
    """From samples in seconds. The median of the reference stands for it."""
    best, p50, p99 = min(samples), quantile(samples, 0.50), quantile(samples, 0.99)
    if reference is None:
        return Figure(name, len(samples), "s", best, p50, p99, None, None, None)
    middle = quantile(reference[1], 0.50)
    return Figure(name, len(samples), "s", best, p50, p99, middle, reference[0], middle / p50)


def value(name: str, n: int, unit: str, found: float, reference: tuple[str, float] | None = None) -> Figure:
    """A figure that is no speed and was found once, such as bytes of memory or a share of `n` calls."""
    whose, theirs = reference or (None, None)
    return Figure(name, n, unit, found, found, found, theirs, whose, None)


def quantile(samples: Sequence[float], share: float) -> float:
    """Nearest rank: a value that was really measured."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def timed(work: Callable[[], object], times: int) -> list[float]:
    """Seconds of each of `times` calls."""
    samples = []
    for _ in range(times):
        began = perf_counter()
        work()
        samples.append(perf_counter() - began)
    return samples
