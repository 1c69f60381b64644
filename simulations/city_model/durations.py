"""How long something takes: a distribution with a name and its figures, drawn by its quantile.

Each duration is worked out from one uniform number, so that a call that is slow under one set of figures is
slow under another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, gamma, sqrt
from typing import Final

import numpy as np
from scipy.special import gammaincinv, ndtri

from routing.arrays import Float64s

FIGURES: Final[Mapping[str, tuple[str, ...]]] = {
    "constant": ("value_s",),
    "uniform": ("low_s", "high_s"),
    "exponential": ("mean_s",),
    "gamma": ("mean_s", "shape"),
    "lognormal": ("median_s", "sigma"),
    "weibull": ("scale_s", "shape"),
}
"""What each kind of distribution wants to know."""


@dataclass(frozen=True, slots=True)
class Duration:
    """kind : one of FIGURES
    figures : its figures, in the order of FIGURES
    least_s, most_s : what is drawn shorter or longer counts as this
    """

    kind: str
    figures: tuple[float, ...]
    least_s: float = 0.0
    most_s: float = float("inf")

    def faults(self) -> str | None:
        """What is wrong with it, None for nothing."""
        if self.kind not in FIGURES:
            return f"there is no distribution '{self.kind}'; choose from {', '.join(FIGURES)}"
        if len(self.figures) != len(FIGURES[self.kind]):
            return f"{self.kind} wants {' and '.join(FIGURES[self.kind])}"
        for name, figure in zip(FIGURES[self.kind], self.figures, strict=True):
            free = name in ("value_s", "low_s", "high_s")
            if not np.isfinite(figure) or figure < 0 or (figure == 0 and not free):
                return f"{name} must be {'0 or more' if free else 'above 0'}, not {figure:g}"
        if self.kind == "uniform" and self.figures[0] > self.figures[1]:
            return "low_s is above high_s"
        if not 0 <= self.least_s <= self.most_s:
            return "least_s must be 0 or more and not above most_s"
        return None

    def said(self) -> str:
        """As `read_duration` reads it."""
        figures = dict(zip(FIGURES[self.kind], self.figures, strict=True))
        if self.least_s:
            figures["least_s"] = self.least_s
        if self.most_s != float("inf"):
            figures["most_s"] = self.most_s
        return " ".join([self.kind, *(f"{name}={_short(figure)}" for name, figure in figures.items())])

    def of(self, uniform: Float64s) -> Float64s:
        """The quantiles of numbers from 0 to below 1, to a tenth of a second."""
        drawn = self._quantile(uniform)
        return np.asarray(np.round(np.clip(drawn, self.least_s, self.most_s), 1), np.float64)

    def _quantile(self, uniform: Float64s) -> Float64s:
        match self.kind, self.figures:
            case "constant", (value,):
                return np.full(len(uniform), value)
            case "uniform", (low, high):
                return low + (high - low) * uniform
            case "exponential", (mean,):
                return -mean * np.log1p(-uniform)
            case "gamma", (mean, shape):
                return np.asarray(gammaincinv(shape, uniform)) * (mean / shape)
            case "lognormal", (median, sigma):
                return np.asarray(median * np.exp(sigma * ndtri(uniform)))
            case "weibull", (scale, shape):
                return np.asarray(scale * (-np.log1p(-uniform)) ** (1 / shape))
        raise ValueError(self.faults())

    @property
    def mean_s(self) -> float:
        """Before anything is cut off by least_s and most_s."""
        match self.kind, self.figures:
            case "constant", (value,):
                return value
            case "uniform", (low, high):
                return (low + high) / 2
            case ("exponential", (mean,)) | ("gamma", (mean, _)):
                return mean
            case "lognormal", (median, sigma):
                return median * exp(sigma * sigma / 2)
            case "weibull", (scale, shape):
                return scale * gamma(1 + 1 / shape)
        raise ValueError(self.faults())

    @property
    def deviation_s(self) -> float:
        """The standard deviation, before anything is cut off."""
        match self.kind, self.figures:
            case "constant", _:
                return 0.0
            case "uniform", (low, high):
                return (high - low) / sqrt(12)
            case "exponential", (mean,):
                return mean
            case "gamma", (mean, shape):
                return mean / sqrt(shape)
            case "lognormal", (_, sigma):
                return self.mean_s * sqrt(exp(sigma * sigma) - 1)
            case "weibull", (scale, shape):
                return scale * sqrt(gamma(1 + 2 / shape) - gamma(1 + 1 / shape) ** 2)
        raise ValueError(self.faults())


def constant(value_s: float) -> Duration:
    return Duration("constant", (value_s,))


def read_duration(said: str) -> Duration:
    """Of words such as "gamma mean_s=900 shape=2 least_s=60". Raises ValueError with a sentence."""
    kind, *words = said.split() or [""]
    if kind not in FIGURES:
        raise ValueError(f"there is no distribution '{kind}'; choose from {', '.join(FIGURES)}")
    figures: dict[str, float] = {}
    for word in words:
        name, _, figure = word.partition("=")
        if name not in (*FIGURES[kind], "least_s", "most_s"):
            raise ValueError(f"{kind} has no '{name}'; it wants {' and '.join(FIGURES[kind])}")
        if name in figures:
            raise ValueError(f"it says {name} twice")
        try:
            figures[name] = float(figure)
        except ValueError:
            raise ValueError(f"{name} must be a number, not '{figure}'") from None
    if missing := [name for name in FIGURES[kind] if name not in figures]:
        raise ValueError(f"{kind} wants {missing[0]}")
    found = Duration(
        kind,
        tuple(figures[name] for name in FIGURES[kind]),
        figures.get("least_s", 0.0),
        figures.get("most_s", float("inf")),
    )
    if complaint := found.faults():
        raise ValueError(complaint)
    return found


def _short(figure: float) -> str:
    return str(int(figure)) if figure.is_integer() and abs(figure) < 1e15 else repr(figure)
