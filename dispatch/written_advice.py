"""Advice in letters: as it was answered, as it is kept and as it is stored."""

from uuid import UUID

import msgspec

from dispatch.advice_behind import Advised
from dispatch.policies.words import Words
from domain.letters import Letters


class WrittenAdvice(msgspec.Struct, frozen=True, gc=False):
    """Advice as it was shown. In letters because thousands are kept: as objects they would cost ten times
    the memory, and every sweep of the garbage collector would walk through them.

    answer, inputs : JSON, as `Advice.answer` and `Advice.inputs` say
    """

    decision_id: UUID
    incident_id: str
    answer: bytes
    inputs: bytes

    @property
    def size(self) -> int:
        return len(self.answer) + len(self.inputs)

    def letters(self) -> Letters:
        """The answer, and all that made it: what is stored with an assignment."""
        return Letters(b"".join((self.answer[:-1], b',"inputs":', self.inputs, b"}")))

    def eta_of(self, unit: str) -> float | None:
        """Seconds until the unit would be on scene, turnout included; None where no row names it.

        unit : callsign or id
        """
        told = msgspec.json.decode(self.answer, type=_Answer)
        for row in told.units:
            if unit in (row.callsign, row.unit_id):
                return row.arrival_s()
        for other in (*[slot.unit for slot in told.plan.slots if slot.unit is not None], *told.swaps):
            if unit in (other.callsign, other.unit_id):
                return other.eta_s
        return None

    def advised(self, insist: bool) -> Advised:
        """Who stood where. insist : somebody looked at it and chose"""
        told = msgspec.json.decode(self.answer, type=_Answer)
        whole = [row.callsign for row in told.units if row.free_in_s is None]
        orders = [*(slot.order for slot in told.plan.slots if slot.order), whole]
        arrivals = {slot.unit.callsign: slot.unit.eta_s for slot in told.plan.slots if slot.unit is not None}
        arrivals |= {row.callsign: row.arrival_s() for row in told.units}
        standings = {row.callsign: row for row in told.units}
        return Advised(orders, arrivals, insist, told.policy, standings)


ARRIVAL = ("free_in", "turnout", "travel")


class _Row(msgspec.Struct):
    callsign: str
    unit_id: str
    parts: dict[str, float]
    score: float
    reasons: list[Words]
    tier: int = 0
    free_in_s: float | None = None

    def arrival_s(self) -> float:
        return round(sum(self.parts.get(part, 0.0) for part in ARRIVAL), 1)


class _Other(msgspec.Struct):
    callsign: str
    unit_id: str
    eta_s: float


class _Slot(msgspec.Struct):
    unit: _Other | None
    order: list[str]


class _Plan(msgspec.Struct):
    slots: list[_Slot]


class _Answer(msgspec.Struct):
    """As much of an answer as is asked for."""

    policy: str
    units: list[_Row]
    plan: _Plan
    swaps: list[_Other]
