"""What a location model is asked, in arrays."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from routing.arrays import Float64s, Int64s

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """Which of the sites should be open.

    weight  : float64[places], demand of each place, in whatever unit; never below nothing
    seconds : float64[sites, places], from an open site to the scene, inf where there is no way
    open    : bool[sites], what stands already and stays
    more    : how many sites are opened besides
    """

    weight: Float64s
    seconds: Float64s
    open: Bools
    more: int

    def __post_init__(self) -> None:
        sites, places = self.seconds.shape
        if self.weight.shape != (places,) or self.open.shape != (sites,):
            raise ValueError("Weights are for places, and what is open is said of every site.")
        if not (np.isfinite(self.weight).all() and (self.weight >= 0).all() and self.weight.sum() > 0):
            raise ValueError("Demand is a number not below nothing, and there is some somewhere.")
        if np.isnan(self.seconds).any() or (self.seconds < 0).any():
            raise ValueError("A drive takes no less than no time.")
        if not 0 <= self.more <= int((~self.open).sum()):
            raise ValueError(f"{self.more} more sites were asked for; {int((~self.open).sum())} are closed.")
        if not self.open.any() and self.more == 0:
            raise ValueError("There has to be a site.")

    def reach(self, within_s: float) -> Bools:
        """bool[sites, places], whose scene is reached in time from where."""
        return self.seconds <= within_s


@dataclass(frozen=True, slots=True)
class Answer:
    """opened : numbers of the sites to open, ascending, without what is open already
    value    : what they are worth by the model's own measure, reckoned from them and not by the solver
    bound    : no other choice is worth more (or less, where less is better)
    proved   : whether value and bound meet, but for rounding
    """

    opened: tuple[int, ...]
    value: float
    bound: float

    @property
    def proved(self) -> bool:
        return abs(self.value - self.bound) <= 1e-6 * max(1.0, abs(self.value))


def all_open(question: Question, opened: Int64s | tuple[int, ...]) -> Bools:
    """bool[sites], those of the answer among them."""
    found = question.open.copy()
    found[list(opened)] = True
    return found
