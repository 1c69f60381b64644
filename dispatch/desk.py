"""What lies on a dispatcher's desk: the log, the roads, the question cards and the rules of the city."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta, tzinfo

from dispatch.application import DispatchLog
from dispatch.cards import Cards
from dispatch.policies.triage import Protocol
from dispatch.rules import Rules
from domain.city import StationFacts
from domain.ports import CoverageGrid, Roads


@dataclass(frozen=True, slots=True)
class Desk:
    log: DispatchLog
    roads: Roads
    protocols: Mapping[str, Protocol]
    timezone: tzinfo  # of the city: its days number the incidents
    rules: Rules = field(default_factory=Rules)
    country_code: str = "84"  # of its telephone numbers
    stations: Mapping[str, StationFacts] = field(default_factory=dict)  # by id: who answers for a crew
    coverage: CoverageGrid | None = None  # None where a desk goes by time alone

    @property
    def cards(self) -> Cards:
        """As the log has them now. Asked for anew by each order: a card may be edited at any time."""
        return Cards(self.log, self.protocols)

    @property
    def hold_for(self) -> timedelta:
        """A bed is kept this long after it was promised."""
        return timedelta(seconds=self.rules.beds.hold_s)
