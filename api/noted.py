"""What desks and crews noted on incidents, for those who come there again."""

from collections.abc import Iterable

from api.centre import Centre
from api.schema.calls import AddressNote
from projections.rows import Row


def notes_on(incidents: Iterable[Row], centre: Centre) -> list[AddressNote]:
    """Incident by incident, each note in the order it was made. Reads a page of the log an incident."""
    notes = []
    for row in incidents:
        page = centre.views.row("timeline", row["id"])
        for entry in page["entries"] if page is not None else ():
            if entry["topic"] == "Incident.Noted":
                text = entry["data"]["text"]
                notes.append(AddressNote(at=entry["at"], incident_number=row["number"], text=text))
    return notes
