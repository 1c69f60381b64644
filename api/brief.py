"""A crew's brief: whom to ring from the street, what is known of the place; no other patient's complaint."""

from api.centre import Centre
from api.noted import notes_on
from api.place_history import history_of
from api.schema.briefs import BriefOfRun, CallerOfRun, DangerBefore
from domain.errors import UnknownRun
from domain.run_course import ENDS
from domain.values import Position

INCIDENTS_READ = 8


def brief_of(centre: Centre, run_id: str) -> BriefOfRun:
    """Raises UnknownRun. A number is told for as long as the run goes on, and no longer."""
    run = centre.row("runs", run_id)
    incident = centre.row("incidents", run["incident_id"]) if run is not None else None
    if run is None or incident is None:
        raise UnknownRun(run_id=run_id)
    place = Position(incident["position"]["lat"], incident["position"]["lon"])
    past = history_of(place, centre, INCIDENTS_READ)
    calls = (
        [] if run["status"] in ENDS else [centre.views.row("calls", each) for each in incident["call_ids"]]
    )
    callers = [
        CallerOfRun(
            call_id=call["id"],
            phone=call["phone"],
            caller_name=call["caller_name"],
            received_at=call["received_at"],
        )
        for call in calls
        if call is not None and call["phone"]
    ]
    return BriefOfRun(
        run_id=run_id,
        callers=sorted(callers, key=lambda caller: (caller.received_at, caller.call_id)),
        notes=notes_on([incident], centre),
        before=[note for note in past.notes if note.incident_number != incident["number"]],
        dangers=[
            DangerBefore(at=each.opened_at, incident_number=each.number, danger=each.danger)
            for each in past.incidents
            if each.danger and each.number != incident["number"]
        ],
    )
