"""Which policy chooses the unit for which priority: what a supervisor said last, and why."""

from collections.abc import Mapping
from uuid import UUID

from domain.base import Aggregate, Beginning, Fact, event, natural_id
from domain.coverage_errors import NoPolicySaid, UnknownPolicy
from domain.values import Act

POLICIES = ("closest", "closest_kept_back", "coverage_cost", "dmexclp", "preparedness")
"""The names of the dispatch policies; `dispatch.policies.named` makes them."""


class PolicyBook(Aggregate):
    """One a city. `chosen` holds only what was said here: the rules of the city tell the rest."""

    TOPIC = "PolicyBook"

    class Begun(Beginning):
        TOPIC = "PolicyBook.Begun"
        city_id: str

    class Chosen(Fact):
        TOPIC = "PolicyBook.Chosen"
        city_id: str
        policies: Mapping[str, str]  # by priority, those that were changed
        reason: str

    @event(Begun)
    def __init__(self, city_id: str, act: Act) -> None:
        self.city_id = city_id
        self.chosen: dict[str, str] = {}

    @staticmethod
    def create_id(city_id: str) -> UUID:
        return natural_id("policies", city_id)

    def choose(self, policies: Mapping[str, str], reason: str, act: Act) -> None:
        """From now on these choose; priorities that are not named keep theirs."""
        if not policies:
            raise NoPolicySaid
        for name in policies.values():
            if name not in POLICIES:
                raise UnknownPolicy(policy=name[:40], known=", ".join(POLICIES))
        news = {priority: name for priority, name in policies.items() if self.chosen.get(priority) != name}
        if news:
            self._chosen(city_id=self.city_id, policies=news, reason=reason, act=act)

    @event(Chosen)
    def _chosen(self, city_id: str, policies: Mapping[str, str], reason: str, act: Act) -> None:
        self.chosen = {**self.chosen, **policies}
