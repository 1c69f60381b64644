"""What desks and crews noted on incidents, for those who come there again."""

from collections.abc import Iterable

from api.centre import Centre
from api.schema.calls import AddressNote
from api.streams.own_centre import ACTOR as STREAMS
from projections.rows import Row


def notes_on(incidents: Iterable[Row], centre: Centre) -> list[AddressNote]:
    """Incident by incident, each note in the order it was made. Reads a page of the log for each.

    What the service noted by itself, such as how long somebody waited, says nothing of the place: it is left
    out.
    """
    notes = []
    for row in incidents:
        page = centre.views.row("timeline", row["id"])
        for entry in page["entries"] if page is not None else ():
            if entry["topic"] == "Incident.Noted" and entry["actor"] != STREAMS:
                text = entry["data"]["text"]
                notes.append(AddressNote(at=entry["at"], incident_number=row["number"], text=text))
    return notes
