"""What lies on a dispatcher's desk: the log, the roads, the question cards and the rules of the city."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta, tzinfo

from dispatch.application import DispatchLog
from dispatch.policies.destination import DestinationRules
from dispatch.policies.send import SendRules
from dispatch.policies.triage import Protocol
from domain.ports import Roads


@dataclass(frozen=True, slots=True)
class Desk:
    log: DispatchLog
    roads: Roads
    protocols: Mapping[str, Protocol]
    timezone: tzinfo  # of the city: its days number the incidents
    send_rules: SendRules = field(default_factory=SendRules)
    destination_rules: DestinationRules = field(default_factory=DestinationRules)
    hold_for: timedelta = timedelta(hours=2)  # a bed is kept this long after it was promised
