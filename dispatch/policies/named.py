"""The dispatch policies by name, and which of them a city goes by for each priority."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Final, Literal

from msgspec import Meta

from dispatch.policies.choice import DispatchPolicy
from dispatch.policies.closest import Closest
from dispatch.policies.coverage_cost import CoverageCost
from dispatch.policies.dmexclp import Dmexclp, WhenLate
from dispatch.policies.kept_back import ClosestKeptBack
from dispatch.policies.preparedness import Preparedness
from dispatch.policies.preparedness_index import PreparednessRules

Name = Literal["closest", "closest_kept_back", "coverage_cost", "dmexclp", "preparedness"]
NAMES: Final[tuple[str, ...]] = (
    "closest",
    "closest_kept_back",
    "coverage_cost",
    "dmexclp",
    "preparedness",
)
Said = Literal["P1", "P2", "P3", "P4"]


@dataclass(frozen=True, slots=True)
class PolicyRules:
    """Which policy chooses for which priority, until a supervisor says otherwise, and their figures.

    P1 ... P4         : names of policies
    als_kept          : closest_kept_back: so many free ALS units stay for those who are not held back
    cover_kept        : closest_kept_back: so much of the demand stays covered, 0 to 1
    kept_from         : closest_kept_back: the priorities that leave these alone
    seconds_a_percent : coverage_cost: seconds that a hundredth of the demand is worth
    when_late         : dmexclp: who goes if nobody comes in time, the "soonest" or by "least_cover"
    soonest_for       : preparedness: the priorities that get whoever is there first
    preparedness      : how preparedness is counted
    """

    P1: Name = "closest"
    P2: Name = "closest"
    P3: Name = "closest"
    P4: Name = "closest"
    als_kept: Annotated[int, Meta(ge=0)] = 2
    cover_kept: Annotated[float, Meta(ge=0, le=1)] = 0.6
    kept_from: tuple[Said, ...] = ("P3", "P4")
    seconds_a_percent: Annotated[float, Meta(ge=0)] = 10.0
    when_late: WhenLate = "soonest"
    soonest_for: tuple[Said, ...] = ("P1",)
    preparedness: PreparednessRules = field(default_factory=PreparednessRules)

    def by_priority(self) -> Mapping[str, str]:
        return {"P1": self.P1, "P2": self.P2, "P3": self.P3, "P4": self.P4}


def policy_named(name: str, rules: PolicyRules) -> DispatchPolicy:
    """Raises KeyError for a name that no policy has."""
    known: Mapping[str, DispatchPolicy] = {
        "closest": Closest(),
        "closest_kept_back": ClosestKeptBack(rules.als_kept, rules.cover_kept, rules.kept_from),
        "coverage_cost": CoverageCost(rules.seconds_a_percent),
        "dmexclp": Dmexclp(rules.when_late),
        "preparedness": Preparedness(rules.soonest_for),
    }
    return known[name]
