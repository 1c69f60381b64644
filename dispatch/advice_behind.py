"""The advice behind an assignment: it enters the log with the first run sent by it.

With it stands why somebody else went than it named.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from dispatch import checks
from dispatch.desk import Desk
from dispatch.policies.override import Standing, code_of, passed_over, tied
from domain.choosing_errors import OverrideReasonWanted
from domain.decision import Decision
from domain.errors import IdUsedTwice, UnknownUnit
from domain.incident import Incident
from domain.letters import Letters
from domain.values import Act, Duty


@dataclass(frozen=True, slots=True)
class Advised:
    """What the advice said, as far as following it goes.

    orders   : of each open slot of the plan and of the whole ranking, the best first, by callsign
    arrivals : callsign -> seconds until it would be on scene
    insist   : somebody looked at this advice and chose; else it was made beside the order
    policy   : by which the units were ordered
    standings : callsign -> where it stands, as far as ties go by it
    """

    orders: Sequence[Sequence[str]]
    arrivals: Mapping[str, float]
    insist: bool
    policy: str = ""
    standings: Mapping[str, Standing] = field(default_factory=dict)

    def alike(self, within_s: float) -> Callable[[str, str], bool]:
        """Whether two of them are a tie."""

        def asked(one: str, other: str) -> bool:
            found, compared = self.standings.get(one), self.standings.get(other)
            return found is not None and compared is not None and tied(found, compared, self.policy, within_s)

        return asked


@dataclass(frozen=True, slots=True)
class Sent:
    """An assignment, as far as advice goes by it."""

    incident: Incident
    run_id: UUID
    callsign: str
    decision_id: UUID | None
    reason: str | None
    advice: Mapping[str, Any] | Letters | None
    advised: Advised | None


def advice_behind(sent: Sent, desk: Desk, act: Act) -> Decision | None:
    """The decision to be saved, None where there is none, or nothing new to say of it.

    Raises OverrideReasonWanted where somebody else is first and no reason was given, IdUsedTwice.
    """
    instead = _instead(sent, desk)
    reason = checks.optional_words("override_reason", sent.reason)
    if instead is not None and reason is None:
        if sent.advised is not None and sent.advised.insist:
            codes = ", ".join(desk.rules.override.codes)
            raise OverrideReasonWanted(callsign=sent.callsign, instead=instead, codes=codes)
        instead = None
    standing = _standing(sent, desk)
    decision = standing if standing is not None else _made(sent, act)
    if decision is None:
        return None
    if instead is not None and reason is not None and sent.advised is not None:
        arrivals = sent.advised.arrivals
        own, other = arrivals.get(sent.callsign), arrivals.get(instead)
        decision.override(
            incident_number=sent.incident.number,
            priority=sent.incident.priority,
            run_id=sent.run_id,
            callsign=sent.callsign,
            instead=instead,
            code=code_of(reason, desk.rules.override),
            reason=reason,
            given_up_s=None if own is None or other is None else round(own - other, 1),
            act=act,
        )
    elif standing is not None:
        return None
    return decision


def _instead(sent: Sent, desk: Desk) -> str | None:
    """Who should have gone by the advice, of those who still can."""
    if sent.advised is None:
        return None

    def still_free(callsign: str) -> bool:
        try:
            unit = desk.log.unit(callsign)
        except UnknownUnit:
            return False
        return unit.run_id is None and unit.duty == Duty.ON_DUTY

    alike = sent.advised.alike(desk.rules.override.tie_s)
    return passed_over(sent.callsign, sent.advised.orders, still_free, alike)


def _standing(sent: Sent, desk: Desk) -> Decision | None:
    if sent.decision_id is None:
        return None
    standing = desk.log.whatever(sent.decision_id)
    if standing is not None and not isinstance(standing, Decision):
        raise IdUsedTwice(command_id=sent.decision_id)
    return standing


def _made(sent: Sent, act: Act) -> Decision | None:
    if sent.advice is None or sent.decision_id is None:
        return None
    return Decision(
        decision_id=sent.decision_id,
        incident_id=sent.incident.id,
        run_id=sent.run_id,
        advice=sent.advice if isinstance(sent.advice, Letters) else dict(sent.advice),
        act=act,
    )
