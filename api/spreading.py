"""A spread of casualties as it would be made now, from the live picture."""

from collections import Counter
from typing import Any
from uuid import UUID

from api.centre import Centre
from api.hand import now
from dispatch.one_incident import that_are_one
from dispatch.policies.destination import HospitalNow, confidence, diverts
from dispatch.policies.spread import Casualty, Place, spread
from domain.casualty import Category
from domain.errors import UnknownIncident
from domain.service_hours import is_open
from domain.values import Needs, Position
from projections.rows import Row


def proposed_spread(centre: Centre, incident_id: UUID) -> dict[str, Any]:
    """Of everybody at the scene who has no destination yet. Raises UnknownIncident."""
    incident = centre.row("incidents", str(incident_id))
    if incident is None:
        raise UnknownIncident(incident_id=incident_id)
    centre.desk.log.incident(incident_id).refuse_if_merged()
    tagged = patients_of_one(centre, incident_id)
    places = _places(centre, incident, tagged)
    casualties = [_casualty(row) for row in tagged if row["ended_at"] is None and row["hospital_id"] is None]
    found = spread(casualties, places, centre.desk.rules.spread)
    given = Counter(each.hospital_id for each in found.sent)
    return {
        "incident_id": str(incident_id),
        "sent": [
            {
                "patient_id": str(each.patient_id),
                "tag": each.tag,
                "category": each.category.value,
                "hospital_id": each.hospital_id,
                "bed_kind": each.bed_kind,
                "eta_s": each.eta_s,
                "cost_s": each.cost_s,
            }
            for each in found.sent
        ],
        "unplaced": [{"id": str(each.patient_id), "tag": each.tag} for each in found.unplaced],
        "staying": [{"id": str(each.patient_id), "tag": each.tag} for each in found.staying],
        "hospitals": [
            {
                "hospital_id": place.hospital_id,
                "name": place.name,
                "eta_s": place.eta_s,
                "proposed": given[place.hospital_id],
                "bound": place.bound,
                "cap": found.cap,
                "free": dict(place.free),
            }
            for place in places
        ],
        "map_version": centre.desk.roads.map_version,
        "traffic_version": centre.desk.roads.traffic_version,
    }


def patients_of_one(centre: Centre, incident_id: UUID) -> list[Row]:
    """Rows of all who have a tag, of those incidents too that were merged into it."""
    one = {str(each) for each in that_are_one(centre.desk.log, incident_id)}
    return [row for row in centre.views.rows("patients") if row["incident_id"] in one]


def _casualty(row: Row) -> Casualty:
    category = Category(row["category"]) if row["category"] else None
    return Casualty(UUID(row["id"]), row["tag"], category)


def _places(centre: Centre, incident: Row, tagged: list[Row]) -> list[Place]:
    """Hospitals that a road leads to and that do not turn everybody away; if all do, all count."""
    here = now().astimezone(centre.desk.timezone)
    scene = Position(incident["position"]["lat"], incident["position"]["lon"])
    everywhere = list(centre.picture.hospitals_now())
    nothing = Needs(bed_kind=None, speciality=None)
    taking = [each for each in everywhere if not diverts(each, nothing, here)] or everywhere
    ways = centre.desk.roads.still().from_scene(scene, [each.position for each in taking], "van")
    rules = centre.desk.rules
    bound = Counter(row["hospital_id"] for row in tagged if row["outcome"] is None)
    places = []
    for hospital, way in zip(taking, ways, strict=True):
        if way is None:
            continue
        counted = [beds.reported_at for beds in hospital.beds.values()]
        trust = min((confidence(at, rules.destination, here) for at in counted), default=0.0)
        open_now = is_open(rules.spread.speciality, hospital.hours, hospital.services, here)
        places.append(
            Place(
                hospital_id=hospital.hospital_id,
                name=hospital.name,
                eta_s=round(way.duration_s, 1),
                doubt_s=round((1 - trust) * rules.destination.doubt_s, 1),
                free={kind: max(0, beds.free) for kind, beds in _taken(hospital, here).items()},
                capable=rules.spread.speciality in hospital.specialities and open_now,
                bound=bound[hospital.hospital_id],
            )
        )
    return sorted(places, key=lambda place: (place.eta_s, place.hospital_id))


def _taken(hospital: HospitalNow, here: Any) -> dict[str, Any]:
    """Its beds without the kinds it turns away."""
    return {
        kind: beds
        for kind, beds in hospital.beds.items()
        if not diverts(hospital, Needs(bed_kind=kind, speciality=None), here)
        or not hospital.diverted_services
    }
