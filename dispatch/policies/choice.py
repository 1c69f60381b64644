"""Between those who could go and the rule that orders them: candidates in, an order with reasons out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec

from dispatch.policies.fleet import UnitNow
from dispatch.policies.tenths import tenths
from dispatch.policies.words import Words
from domain.values import Needs, Travel

AS_GOOD_AS_ANY, POSITION_LOST, LACKING, LOST_AND_LACKING = range(4)
"""Tiers: nobody of a later one stands before anybody of an earlier one, whatever the seconds say."""

Parts = dict[str, float]
"""What a score is the sum of: {name: seconds}, each to a tenth."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The incident, as far as a policy goes by it. target_s : how soon somebody should be there, from now on;
    None where the city names no target."""

    priority: str
    needs: Needs
    target_s: float | None = None


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """Somebody who could go.

    travel_s, turnout_s : seconds on the road, and until the wheels turn
    penalties : {name: seconds}, of position, shift, meal and rest
    tier      : of the four above
    flags     : "position_lost", "soon_free", "first_care", "lacks_capability"
    free_in_s : predicted seconds until it is free; None for one that is free now
    reasons   : what is said of it so far
    """

    unit: UnitNow
    way: Travel
    travel_s: float
    turnout_s: float
    penalties: Mapping[str, float] = {}
    tier: int = AS_GOOD_AS_ANY
    flags: tuple[str, ...] = ()
    free_in_s: float | None = None
    reasons: tuple[Words, ...] = ()

    @property
    def callsign(self) -> str:
        return self.unit.callsign

    @property
    def arrival_s(self) -> float:
        """From now until it is on scene, penalties left out."""
        return self.travel_s + self.turnout_s + (self.free_in_s or 0.0)

    def parts(self) -> Parts:
        """A fresh dict of all that counts for it; a policy may add to it."""
        parts = {"travel": self.travel_s, "turnout": self.turnout_s}
        if self.free_in_s is not None:
            parts["free_in"] = self.free_in_s
        if self.penalties:
            parts.update(self.penalties)
        return parts


class CoverageChange(msgspec.Struct, frozen=True, gc=False):
    """Shares of the expected demand in reach of the free units, 0 to 1: as they stand, without one, and what
    that loses."""

    before: float
    after: float
    lost: float


class Weighed(msgspec.Struct, frozen=True, gc=False):
    """What a policy says of one candidate.

    order    : compared before the score, lower first; the same length for all of one answer
    parts    : seconds, whose sum is the score
    reasons  : said behind those the candidate has already
    coverage : what sending it does to the coverage, where that is known
    """

    order: tuple[float, ...]
    parts: Parts
    reasons: tuple[Words, ...] = ()
    coverage: CoverageChange | None = None


class UnitCoverage(Protocol):
    """Without this unit: `after` of the demand is covered; `marginal` of the expected coverage is lost."""

    @property
    def after(self) -> float: ...

    @property
    def marginal(self) -> float: ...

    @property
    def preparedness(self) -> float | None: ...


class Coverage(Protocol):
    """What the free units reach of the expected demand, for policies that go by it: figures of one moment.

    before : the share that is covered now; units : callsign -> the figures without it
    """

    @property
    def limit_s(self) -> float: ...

    @property
    def before(self) -> float: ...

    @property
    def als_free(self) -> int: ...

    @property
    def preparedness(self) -> float | None: ...

    @property
    def units(self) -> Mapping[str, UnitCoverage]: ...


class DispatchPolicy(Protocol):
    """Pure: the same candidates, incident and coverage give the same answer. Ties are settled by the score
    and then by callsign, tiers are kept, both outside: a policy need not know of them."""

    @property
    def name(self) -> str: ...

    def weigh(
        self, candidates: Sequence[Candidate], asked: Asked, coverage: Coverage | None
    ) -> Sequence[Weighed]:
        """One for each candidate, in their order."""
        ...


class Soonest:
    """Least sum of seconds: the policy where a city names no other."""

    name = "soonest"

    def weigh(
        self, candidates: Sequence[Candidate], asked: Asked, coverage: Coverage | None
    ) -> Sequence[Weighed]:
        return [Weighed((), each.parts()) for each in candidates]


def in_order(
    candidates: Sequence[Candidate], weighed: Sequence[Weighed]
) -> list[tuple[Candidate, Weighed, float]]:
    """Candidate, what was said of it and its score, the best first.

    A score is the sum of its parts to a tenth of a second, as they are: what is shown adds up.
    """
    scores = tenths([sum(said.parts.values()) for said in weighed])
    keys = [
        (each.tier, said.order, score, each.unit.callsign, number)
        for number, (each, said, score) in enumerate(zip(candidates, weighed, scores, strict=True))
    ]
    keys.sort()
    return [(candidates[number], weighed[number], score) for _, _, score, _, number in keys]
