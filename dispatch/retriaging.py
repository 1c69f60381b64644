"""Answers that come after the incident was opened: changed in the same save, or proposed."""

from typing import Any

from dispatch.desk import Desk
from dispatch.policies.card import Protocol
from dispatch.policies.fleet import UnitNow
from dispatch.policies.plan_rules import plan_for
from dispatch.policies.plans import Sized
from dispatch.policies.retriage import REASONS, Retriage, Standing, retriage
from dispatch.policies.surplus import Balance, Serving, balance
from dispatch.policies.triage import Answers, Judgement, judge
from domain.call import Call
from domain.incident import Incident
from domain.values import Act, Milestone, Needs

ON_THE_WAY = frozenset({Milestone.ASSIGNED, Milestone.ACCEPTED, Milestone.EN_ROUTE})
"""Not at the scene yet: whoever is may be called back."""
BY_TRIAGE = "triage"
"""The reason that stands with a priority which the answers changed."""


def answered(call: Call, protocol: str, answers: Answers, act: Act, desk: Desk) -> tuple[Protocol, Judgement]:
    """Judge the answers by the card the call keeps, and write them to the call."""
    card = desk.cards.of_call(call, protocol)
    said = judge(card, answers)
    call.triage(
        protocol=card.id,
        protocol_version=card.version,
        answers=dict(answers),
        determinant=said.determinant.code,
        priority=said.determinant.priority,
        title=dict(said.determinant.title),
        plan=said.determinant.plan,
        act=act,
    )
    return card, said


def answered_before(call: Call, desk: Desk) -> tuple[Protocol, Judgement] | None:
    """What the call was found to be last, by the version of the card it was asked by."""
    if not call.triages:
        return None
    last = list(call.triages.values())[-1]
    card = desk.cards.version(last.protocol, last.version)
    return card, judge(card, last.answers)


def incident_of(call: Call, desk: Desk) -> Incident | None:
    """The one it belongs to, while that goes on."""
    if call.incident_id is None:
        return None
    incident = desk.log.incident(call.incident_id)
    return None if incident.closed_reason is not None or incident.merged_into is not None else incident


def bring_to(
    incident: Incident, call: Call, card: Protocol, said: Judgement, act: Act, desk: Desk
) -> dict[str, Any]:
    """Change the incident as far as the answers may, and tell what became of it.

    `surplus` : runs no longer needed, which a person may stand down
    `missing` : parts of the plan that nobody holds
    """
    was = incident.priority
    found = retriage(_standing(incident, call, card, desk), said)
    determinant = said.determinant
    if found.move == "apply" and determinant.priority is not None:
        incident.triage(
            call_id=call.id,
            protocol=(card.id, card.version),
            determinant=determinant.code,
            title=dict(determinant.title),
            plan=determinant.plan,
            priority=determinant.priority,
            act=act,
        )
        incident.reprioritise(determinant.priority, determinant.needs, BY_TRIAGE, act)
    found_out = _balance(incident, found, desk)
    return {
        "id": str(incident.id),
        "number": incident.number,
        "move": found.move,
        "was": was,
        "priority": incident.priority,
        "proposed": _proposed(found, said),
        "surplus": [
            {"run_id": each.run_id, "callsign": each.unit.callsign, "unit_id": each.unit.unit_id}
            for each in found_out.surplus
        ],
        "missing": [{"role": slot.role, "vi": slot.vi, "en": slot.en} for slot in found_out.missing],
    }


def _standing(incident: Incident, call: Call, card: Protocol, desk: Desk) -> Standing:
    believed = call.id == (incident.triaged_by or incident.call_ids[0])
    other_card = False
    if incident.found_by is not None and incident.determinant is not None:
        before = desk.cards.version(*incident.found_by)
        found = before.determinants.get(incident.determinant)
        other_card = before.id != card.id and (found is None or found.leads_to != card.id)
    return Standing(incident.priority, incident.set_by_hand, believed, incident.determinant, other_card)


def _proposed(found: Retriage, said: Judgement) -> dict[str, Any] | None:
    if found.why is None:
        return None
    return {"priority": said.determinant.priority, "why": found.why, **REASONS[found.why]}


def _balance(incident: Incident, found: Retriage, desk: Desk) -> Balance:
    serving = _serving(incident, desk)
    if found.why == "no_emergency":
        return Balance(tuple(each for each in serving if not each.at_scene), ())
    needs = Needs(tuple(incident.needs.capabilities), incident.needs.bed_kind, incident.needs.speciality)
    plan = plan_for(desk.rules.plans, incident.plan, incident.determinant, incident.priority)
    return balance(plan, Sized(needs, incident.patients, incident.alarm_level), serving)


def _serving(incident: Incident, desk: Desk) -> list[Serving]:
    found = []
    for run_id, callsign in incident.serving.items():
        unit, run = desk.log.unit(callsign), desk.log.run(run_id)
        now = UnitNow(
            unit_id=str(unit.id),
            callsign=callsign,
            kind=unit.kind,
            capabilities=tuple(unit.capabilities),
            duty="on_duty",
            incident_number=incident.number,
            position=None,
            position_at=None,
        )
        found.append(Serving(str(run_id), now, at_scene=run.milestone not in ON_THE_WAY))
    return found
