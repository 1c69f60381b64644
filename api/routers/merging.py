"""Calls and incidents that turn out to be one, or two; and places that somebody is sure of."""

from uuid import UUID

from api.dependencies import Desk, TheCentre
from api.hand import TheHand
from api.room import Room
from api.schema.answers import Done
from api.schema.calls import ConfirmedPlace, IncidentsMerged, IncidentUnmerged, Merge
from dispatch.handlers.confirm_place import ConfirmPlace, confirm_place
from dispatch.handlers.merge_incidents import (
    MergeIncidents,
    UnmergeIncident,
    merge_incidents,
    unmerge_incident,
)
from dispatch.handlers.separate_call import SeparateCall, separate_call

router = Room(tags=["incidents"])


@router.post("/calls/{call_id}/separate")
def separate(call_id: UUID, hand: TheHand, _: Desk, centre: TheCentre) -> Done:
    """The call is not about that incident: it is open again, and may become one of its own."""
    return Done(**centre.order(SeparateCall(hand.act(about=call_id), call_id), separate_call))


@router.post("/incidents/{incident_id}/merge")
def merge(incident_id: UUID, body: Merge, hand: TheHand, _: Desk, centre: TheCentre) -> IncidentsMerged:
    """It is the same as another: its calls, words and runs go there, its urgency too if it is greater."""
    command = MergeIncidents(hand.act(about=body.into), incident_id, body.into)
    return IncidentsMerged(**centre.order(command, merge_incidents))


@router.post("/incidents/{incident_id}/unmerge")
def unmerge(incident_id: UUID, hand: TheHand, _: Desk, centre: TheCentre) -> IncidentUnmerged:
    """It was another one after all: what it brought comes back. Runs and calls that came after the merge stay
    where they are."""
    command = UnmergeIncident(hand.act(about=incident_id), incident_id)
    return IncidentUnmerged(**centre.order(command, unmerge_incident))


@router.post("/incidents/{incident_id}/place")
def confirm(incident_id: UUID, body: ConfirmedPlace, hand: TheHand, _: Desk, centre: TheCentre) -> Done:
    """Somebody read the place to the caller and is sure, or corrects it: from now on units may be sent."""
    position = body.position.position() if body.position else None
    command = ConfirmPlace(hand.act(about=incident_id), incident_id, position, body.address)
    return Done(**centre.order(command, confirm_place))
