"""Whom to offer a run that its unit did not take: the next of the advice it came from, or of fresh advice."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from api.advice import advice_for
from api.centre import Centre
from api.hand import now
from dispatch.handlers.assign_unit import AssignUnit
from dispatch.reactions.assignments import Onward
from domain.base import natural_id
from domain.letters import Letters
from domain.values import Act

ACTOR = "offers"
MOST = 5
"""So many are tried in one order: those before may have been taken a moment ago."""


@dataclass(frozen=True, slots=True)
class Advised:
    """units, slots : of the ranking and of the plan; letters : None where the advice is in the log already"""

    decision_id: UUID
    units: list[dict[str, Any]]
    slots: list[dict[str, Any]]
    letters: Letters | None


def orders_for(onward: Onward, centre: Centre) -> tuple[AssignUnit, ...]:
    """Orders to send the next, the best first; all with ids that a retry finds again."""
    run = centre.row("runs", onward.run_id)
    incident = centre.row("incidents", onward.incident_id)
    if run is None or incident is None:
        return ()
    asked = {each["callsign"] for each in incident["runs"]}
    kind = (centre.views.row("units", run["callsign"]) or {}).get("kind")
    advised = _advised(run, centre)
    following = [
        row
        for row in _in_order(run["callsign"], kind, advised)
        if row["callsign"] not in asked and _goes_now(row)
    ]
    return tuple(_order(run, onward, row, advised) for row in following[:MOST])


def _in_order(callsign: str, kind: str | None, advised: Advised) -> list[dict[str, Any]]:
    """Those who could go in its place: as the plan names them for its slot, else the ranked of its kind."""
    ranked = {row["callsign"]: row for row in advised.units}
    for slot in advised.slots:
        if callsign in slot["order"]:
            return [ranked[each] for each in slot["order"] if each in ranked]
    return [row for row in advised.units if row.get("kind", kind) == kind]  # no motorbike in a van's place


def _goes_now(row: dict[str, Any]) -> bool:
    """Whether a ranked unit may be sent without anybody looking: free, and able to do what is needed."""
    return row.get("free_in_s") is None and "lacks_capability" not in row.get("flags", ())


def act_for(incident_id: str, *names: object) -> Act:
    """An act of the service itself in the matter of one emergency."""
    moment = now()
    return Act(moment, moment, ACTOR, natural_id("commands", *names), UUID(incident_id))


def _order(run: dict[str, Any], onward: Onward, row: dict[str, Any], advised: Advised) -> AssignUnit:
    run_id = natural_id("offers", onward.run_id, row["callsign"])
    return AssignUnit(
        act=act_for(onward.incident_id, "assign_unit", run_id),
        run_id=run_id,
        incident_id=UUID(onward.incident_id),
        unit=row["callsign"],
        hospital_id=run["hospital_id"],
        bed_kind=run["bed_kind"],
        decision_id=advised.decision_id,
        override_reason=None,
        advice=advised.letters,
        eta_s=row["parts"]["turnout"] + row["parts"]["travel"] if row.get("parts") else row.get("eta_s"),
        turn=onward.turn + 1,
    )


def _advised(run: dict[str, Any], centre: Centre) -> Advised:
    """The advice the run was sent by while it is young, else what is advised now."""
    decision_id = UUID(run["decision_id"]) if run["decision_id"] else None
    decision = centre.desk.log.decision(decision_id) if decision_id else None
    if decision_id is not None and decision is not None:
        advice = decision.advice.read() if isinstance(decision.advice, Letters) else decision.advice
        if _is_fresh(advice, centre):
            return Advised(decision_id, list(advice["units"]), _slots(advice), None)
    written = advice_for(centre, UUID(run["incident_id"])).written(centre.desk)
    letters = written.letters()
    fresh = letters.read()
    return Advised(written.decision_id, list(fresh["units"]), _slots(fresh), letters)


def _slots(advice: Any) -> list[dict[str, Any]]:
    return list((advice.get("plan") or {}).get("slots", ()))


def _is_fresh(advice: Any, centre: Centre) -> bool:
    if not advice.get("at"):
        return False
    age = now() - datetime.fromisoformat(advice["at"])
    return age <= timedelta(seconds=centre.desk.rules.offers.fresh_s)
