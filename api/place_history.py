"""What is known of an address: the incidents that were there, whoever rang, and what was noted on them."""

from collections.abc import Iterator

from api.centre import Centre
from api.noted import notes_on
from api.schema.calls import HappenedHere, PlaceHistory
from dispatch.policies.nearby import flat_metres
from domain.values import Position
from projections.address_book import ALL, DANGEROUS, NOTED, squares_around, told_in
from projections.rows import Row

PAGES_READ = 5
"""Of so many of the others, the newest, the notes are read too: not all that was ever noted is remembered."""


def history_of(place: Position, centre: Centre, most: int) -> PlaceHistory:
    """At most `most` incidents within the city's `same_place_m` of the place: first those whose scene was
    dangerous, then those with notes, then the others; of each the newest first."""
    near = []
    for row, part in _squares_incidents(place, centre):
        far_m = flat_metres(place, Position(row["position"]["lat"], row["position"]["lon"]))
        # What was remembered of a merged one stands on its own page alone.
        if far_m <= centre.desk.rules.calls.same_place_m and (row["status"] != "merged" or part != ALL):
            near.append((row, part, far_m))
            if len(near) == most:
                break
    others = [row for row, part, _ in near if part == ALL]
    return PlaceHistory(
        incidents=[_told(row, part, far_m, centre) for row, part, far_m in near],
        notes=notes_on([*(row for row, part, _ in near if part != ALL), *others[:PAGES_READ]], centre),
    )


def _squares_incidents(place: Position, centre: Centre) -> Iterator[tuple[Row, str]]:
    """The rows of what was told of the squares around, each once, with the part of the book it is in."""
    books = [centre.views.row("address_book", square) for square in squares_around(place)]
    seen: set[str] = set()
    for part in (DANGEROUS, NOTED, ALL):
        told = sorted({entry for book in books if book for entry in told_in(book, part)}, reverse=True)
        for _, its_id in told:
            if its_id in seen:
                continue
            seen.add(its_id)
            row = centre.views.row("incidents", its_id)
            if row is not None and row["position"] is not None:
                yield row, part


def _told(row: Row, part: str, far_m: float, centre: Centre) -> HappenedHere:
    danger = row.get("danger")
    over = danger is None and part == DANGEROUS
    return HappenedHere(
        incident_id=row["id"],
        number=row["number"],
        opened_at=row["opened_at"],
        address=row["address"],
        distance_m=round(far_m, 1),
        complaint=row["complaint"],
        priority=row["priority"],
        status=row["status"],
        outcome=row.get("outcome"),
        danger=_last_danger(row, centre) if over else danger,
        danger_over=over,
    )


def _last_danger(row: Row, centre: Centre) -> str | None:
    """What was told of the scene before it was said to be over."""
    page = centre.views.row("timeline", row["id"])
    for entry in reversed(page["entries"] if page is not None else ()):
        if entry["topic"] == "Incident.DangerTold" and entry["data"]["danger"]:
            return str(entry["data"]["danger"])
    return None
