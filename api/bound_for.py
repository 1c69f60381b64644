"""Whether the hospital that a run is bound for has what its patient needs by what is known now.

It was chosen for what was known then: answers that came later may want another one, and hospitals close a
service while somebody is on the way there. Who diverts is not meant: whoever is under way still comes.
"""

from datetime import datetime

from dispatch.of_rows import hospital_now, needs_of
from dispatch.policies.hospital_objections import lacks, lacks_beds
from domain.values import Milestone
from projections.memory import MemoryViews
from projections.rows import Row

UNDER_WAY = frozenset(
    {Milestone.ASSIGNED, Milestone.ACCEPTED, Milestone.EN_ROUTE, Milestone.ON_SCENE}
    | {Milestone.PATIENT_CONTACT, Milestone.TRANSPORTING}
)


def destination_lacks(run: Row, views: MemoryViews, on_the_wall: datetime) -> Row | None:
    """Code and words of what it lacks; None where nothing is known to be amiss.

    Where patients have tags each has a hospital of its own, and what the incident needs speaks for none.

    on_the_wall : now, by the clock of the city
    """
    if run["hospital_id"] is None or run["status"] not in UNDER_WAY:
        return None
    incident = views.row("incidents", run["incident_id"])
    hospital = views.row("hospitals", run["hospital_id"])
    if incident is None or hospital is None or hospital["position"] is None or incident["patients"] > 1:
        return None
    needs = needs_of(incident["needs"])
    house = hospital_now(hospital)
    objection = lacks(house, needs, on_the_wall)
    if objection is None and house.beds:  # one that never said which beds it keeps may have them
        objection = lacks_beds(house, needs)
    if objection is None:
        return None
    code, en, vi = objection
    return {"code": code, "en": en, "vi": vi}


def bound_for(hospital: Row) -> list[str]:
    """The runs that come there, by id."""
    return [entry["run_id"] for entry in hospital["inbound"] if not entry["arrived"]]
