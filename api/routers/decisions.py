"""Decisions as they were stored: what was advised, from what, and why not another unit."""

from typing import Any
from uuid import UUID

import msgspec
from fastapi.responses import Response

from api.answering import as_json
from api.centre import Centre
from api.dependencies import Desk, TheCentre
from api.room import Room
from api.schema.choosing_rows import Why
from dispatch.explain import why
from domain.choosing_errors import NotInDecision, UnknownDecision
from domain.letters import Letters

router = Room(prefix="/decisions", tags=["decisions"])


@router.get("/{decision_id}")
def one_decision(decision_id: UUID, _: Desk, centre: TheCentre) -> Response:
    """The advice as it was shown, to the letter, with all that made it. Kept once somebody was sent by it,
    and for a while before."""
    return as_json(_letters(centre, decision_id))


@router.get("/{decision_id}/why/{callsign}")
def why_not(decision_id: UUID, callsign: str, _: Desk, centre: TheCentre) -> Why:
    """Why not unit 12? From what was stored alone."""
    told: dict[str, Any] = msgspec.json.decode(_letters(centre, decision_id))
    found = why(told, callsign)
    if found is None:
        raise NotInDecision(decision_id=decision_id, callsign=callsign[:20])
    return Why(decision_id=str(decision_id), callsign=callsign, **found)


def _letters(centre: Centre, decision_id: UUID) -> bytes:
    decision = centre.desk.log.decision(decision_id)
    if decision is not None:
        advice = decision.advice
        return advice.utf8 if isinstance(advice, Letters) else msgspec.json.encode(advice)
    shown = centre.shown.by_id(decision_id)
    if shown is None:
        raise UnknownDecision(decision_id=decision_id)
    return shown.letters().utf8
