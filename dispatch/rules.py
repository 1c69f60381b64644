"""The rules a city dispatches by: its settings, each section with an owner who answers for it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from dispatch.policies.alarm_rules import AlarmRules
from dispatch.policies.assignment_rules import (
    AutoDispatchRules,
    OfferRules,
    PromptRules,
    SafetyRules,
    UndoRules,
)
from dispatch.policies.call_rules import CallRules
from dispatch.policies.care_rules import AcceptanceRules, InboundRules, SpreadRules, TransferRules
from dispatch.policies.clinician import ClinicianRules
from dispatch.policies.coverage_rules import CoverageRules
from dispatch.policies.destination import DestinationRules
from dispatch.policies.move_up import MoveUpRules
from dispatch.policies.named import PolicyRules
from dispatch.policies.override import OverrideRules
from dispatch.policies.plan_rules import PlanRules
from dispatch.policies.send_rules import SendRules
from domain.figures import FigureRules


@dataclass(frozen=True, slots=True)
class BedRules:
    """hold_s : a bed is kept this long after it was promised, seconds"""

    hold_s: Annotated[float, Meta(gt=0)] = 7200.0


@dataclass(frozen=True, slots=True)
class Rules:
    """One field a section of `cities/<city>/rules.toml`; what the file does not say stands as it is here.

    owners : section -> who answers for its figures; a section that is not named there is Vigil's own guess
    """

    send: SendRules = field(default_factory=SendRules)
    plans: PlanRules = field(default_factory=PlanRules)
    override: OverrideRules = field(default_factory=OverrideRules)
    destination: DestinationRules = field(default_factory=DestinationRules)
    beds: BedRules = field(default_factory=BedRules)
    acceptance: AcceptanceRules = field(default_factory=AcceptanceRules)
    inbound: InboundRules = field(default_factory=InboundRules)
    spread: SpreadRules = field(default_factory=SpreadRules)
    transfers: TransferRules = field(default_factory=TransferRules)
    offers: OfferRules = field(default_factory=OfferRules)
    prompts: PromptRules = field(default_factory=PromptRules)
    undo: UndoRules = field(default_factory=UndoRules)
    safety: SafetyRules = field(default_factory=SafetyRules)
    auto_dispatch: AutoDispatchRules = field(default_factory=AutoDispatchRules)
    alarms: AlarmRules = field(default_factory=AlarmRules)
    clinician: ClinicianRules = field(default_factory=ClinicianRules)
    calls: CallRules = field(default_factory=CallRules)
    figures: FigureRules = field(default_factory=FigureRules)
    coverage: CoverageRules = field(default_factory=CoverageRules)
    policy: PolicyRules = field(default_factory=PolicyRules)
    move_up: MoveUpRules = field(default_factory=MoveUpRules)
    owners: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def version(self) -> str:
        """Twelve letters that change with any figure: decisions carry it."""
        told = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "owners"}
        return hashlib.sha256(msgspec.json.encode(told, enc_hook=_plain, order="sorted")).hexdigest()[:12]


SECTIONS = tuple(each.name for each in fields(Rules) if each.name != "owners")


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"a rule cannot hold a {type(value).__name__}")
