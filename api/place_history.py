"""What is known of an address: the incidents that were there, whoever rang, and what was noted on them."""

from collections.abc import Iterator

from api.centre import Centre
from api.noted import notes_on
from api.schema.calls import HappenedHere, PlaceHistory
from dispatch.policies.nearby import flat_metres
from domain.values import Position
from projections.address_book import squares_around, told_in
from projections.rows import Row

PAGES_READ = 5
"""Of so many incidents, the newest, the notes are read."""


def history_of(place: Position, centre: Centre, most: int) -> PlaceHistory:
    """At most `most` incidents within the city's `same_place_m` of the place, the newest first."""
    near = []
    for row in _squares_incidents(place, centre):
        far_m = flat_metres(place, Position(row["position"]["lat"], row["position"]["lon"]))
        if far_m <= centre.desk.rules.calls.same_place_m and row["status"] != "merged":
            near.append((row, far_m))
            if len(near) == most:
                break
    return PlaceHistory(
        incidents=[
            HappenedHere(
                incident_id=row["id"],
                number=row["number"],
                opened_at=row["opened_at"],
                address=row["address"],
                distance_m=round(far_m, 1),
                complaint=row["complaint"],
                priority=row["priority"],
                status=row["status"],
                outcome=row.get("outcome"),
                danger=row.get("danger"),
            )
            for row, far_m in near
        ],
        notes=notes_on([row for row, _ in near[:PAGES_READ]], centre),
    )


def _squares_incidents(place: Position, centre: Centre) -> Iterator[Row]:
    """The rows of what was told of the squares around, the newest first, each once."""
    books = (centre.views.row("address_book", square) for square in squares_around(place))
    told = sorted({entry for book in books if book is not None for entry in told_in(book)}, reverse=True)
    for its_id in dict.fromkeys(its_id for _, its_id in told):
        row = centre.views.row("incidents", its_id)
        if row is not None and row["position"] is not None:
            yield row
