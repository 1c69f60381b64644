"""What happened near a place before: the incidents of each square of some hundred metres, the newest only.

Those that somebody noted something on, and those whose scene was told dangerous, are kept apart: no number
of others pushes them out. The rows tell where to look and no more. What an incident is, and where it turned
out to be, its own row says, however long it has been at rest.
"""

from collections.abc import Iterator
from datetime import datetime
from math import floor
from typing import Final

from domain.base import Fact
from domain.incident import Incident
from domain.values import Position
from projections.rows import Row, changed, id_text, moment

SQUARES_A_DEGREE: Final = 1000
"""111 m from south to north, 109 m from west to east in Ho Chi Minh City."""
ALL, NOTED, DANGEROUS = "incidents", "noted", "dangerous"
MOST: Final = {ALL: 12, NOTED: 40, DANGEROUS: 40}
"""Of each square: more nobody reads while somebody speaks, and so the book stops growing."""

FACTS = (Incident.Opened, Incident.Relocated, Incident.Remembered)


class AddressBook:
    """One row a square. `incidents`, and where there are such, `noted` and `dangerous`, as "moment id", the
    newest first. Texts, because there are so many; each list by itself: the order of facts is no matter."""

    name = "address_book"
    facts = FACTS

    def keys(self, event: Fact) -> tuple[str, ...]:
        return (square_of(event.position),) if isinstance(event, FACTS) else ()

    def fold(self, key: str, row: Row | None, event: Fact, seq: int) -> Row | None:
        row = row or {"id": key, ALL: [], "seq": 0}
        part = ALL
        if isinstance(event, Incident.Remembered):
            part = DANGEROUS if event.dangerous else NOTED
        its_id, at, there = id_text(event.originator_id), moment(event.act.at), row.get(part, [])
        others = [said for said in there if _id_in(said) != its_id]
        times = [at, *(said.split()[0] for said in there if _id_in(said) == its_id)]
        newest = sorted([*others, f"{max(times)} {its_id}"], reverse=True)[: MOST[part]]
        return changed(row, seq, **{part: newest})


def square_of(place: Position) -> str:
    """The name of the square a place lies in."""
    return _name(*_corner(place))


def squares_around(place: Position) -> Iterator[str]:
    """The square of a place and its eight neighbours: what lies within a hundred metres is in one of them."""
    south, west = _corner(place)
    for row in (south - 1, south, south + 1):
        for column in (west - 1, west, west + 1):
            yield _name(row, column)


def told_in(row: Row, part: str = ALL) -> Iterator[tuple[datetime, str]]:
    """(when it was last placed here or remembered, id) of a part of a square's incidents, newest first."""
    for said in row.get(part, ()):
        at, its_id = said.split()
        yield datetime.fromisoformat(at), its_id


def _corner(place: Position) -> tuple[int, int]:
    return floor(place.lat * SQUARES_A_DEGREE), floor(place.lon * SQUARES_A_DEGREE)


def _name(row: int, column: int) -> str:
    return f"{row}:{column}"


def _id_in(said: str) -> str:
    return said.split()[1]
