"""Words of orders about incidents: what they need, which of them are one, and what goes by itself."""

from domain.auto_dispatch import AutoDispatch
from domain.call import Call
from domain.incident import Incident
from tests.drawn.calls import waits_for_help
from tests.drawn.words import Said, Word, fresh, mostly, one
from tests.drawn.world import World


def goes_on(incident: Incident) -> bool:
    return incident.closed_reason is None and incident.merged_into is None


def _open(incident: Incident, world: World, said: Said) -> bool:
    return goes_on(incident) and incident.id != said.get("incident_id")


def _unserved(incident: Incident, world: World, said: Said) -> bool:
    return goes_on(incident) and not incident.serving


def _in_doubt(incident: Incident, world: World, said: Said) -> bool:
    """Whether nobody is sure yet of its place."""
    return goes_on(incident) and incident.place_doubted


def _came_back(incident: Incident, world: World, said: Said) -> bool:
    stayed = world.find(Incident, incident.merged_into[0] if incident.merged_into else None)
    return stayed is not None and goes_on(stayed)


def auto_of(incident: Incident, world: World) -> AutoDispatch | None:
    return world.find(AutoDispatch, AutoDispatch.create_id(incident.id))


def _may_be_proposed(incident: Incident, world: World, said: Said) -> bool:
    auto = auto_of(incident, world)
    return _unserved(incident, world, said) and (auto is None or auto.open_to_proposals)


def _proposed(incident: Incident, world: World, said: Said) -> bool:
    auto = auto_of(incident, world)
    return auto is not None and auto.state == "proposed"


open_incident = one(Incident, _open)

WORDS: dict[str, Word] = {
    "incident_id": open_incident,
    "OpenIncident.incident_id": fresh("incident"),
    "OpenIncident.call_id": one(Call, waits_for_help),
    "priority": mostly("P1", "P2", "P3", "P4", odd=("P9",)),
    "determinant": mostly(None, None, "stroke", odd=("unheard-of",)),
    "OpenIncident.patients": mostly(1, 1, 1, 3, odd=(0,)),
    "ConfirmPlace.incident_id": one(Incident, _in_doubt),
    "into": one(Incident, _open),
    "UnmergeIncident.incident_id": one(Incident, _came_back),
    "CloseIncident.incident_id": one(Incident, _unserved),
    "CloseIncident.outcome": mostly("no_emergency", "nobody_found", None, odd=("unheard-of",)),
    "NoteIncident.incident_id": one(Incident),
    "NoteIncident.note_id": fresh("note"),
    "level": mostly(1, 2, 3, odd=(0, 1000)),
    "danger": mostly("dao", "lửa", None, odd=("x" * 300,)),
    "RecordSafetyCall.safety_call_id": fresh("safety call"),
    "RecordSafetyCall.call_id": mostly(None),
    "finding": mostly("unchanged", "worse", "better", "no_answer", odd=("perhaps",)),
    "ProposeDispatch.incident_id": one(Incident, _may_be_proposed),
    "ProposeDispatch.decision_id": fresh("decision"),
    "VetoDispatch.incident_id": one(Incident, _proposed),
    "SendByItself.incident_id": one(Incident, _proposed),
}
