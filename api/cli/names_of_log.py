"""Whether a unit or a hospital is one of the centre's: looked up in its log, beside whoever writes it."""

import sqlite3
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from api.city_of_log import Folder
from api.cli.not_of_centre import ANYWAY, NotOfCentre
from api.postgres.address import Address
from api.postgres.choice import NoDatabase
from api.streams.relay_log import NoLog, owner_of, postgres_log_to_read, read_only_sqlite_log
from dispatch.application import DispatchLog
from dispatch.faults import DatabaseError
from dispatch.some_facts import SomeFacts
from domain.base import Fact
from domain.hospital import Hospital
from domain.unit import Unit

MOST = 10_000
SHOWN = 5
ALIKE = 0.6
"""By difflib: 1 is the same, 0 has no letter in common."""


class Kind(NamedTuple):
    """What is looked up: `began` is its first fact, `field` of it the name that people use."""

    began: type[Fact]
    field: str
    create_id: Callable[[str], UUID]


KINDS = {
    "unit": Kind(Unit.Commissioned, "callsign", Unit.create_id),
    "hospital": Kind(Hospital.Listed, "hospital_id", Hospital.create_id),
}


def look_up(word: str, name: str, place: Path | Address) -> str | None:
    """None: it is there. Words: nobody can say, for there is no log yet, or that of a demonstration.

    word : of KINDS; place : of the book of accounts
    Raises NotOfCentre; NoDatabase where the log cannot be read.
    """
    kind = KINDS[word]
    try:
        with _log_beside(place) as log:
            if any(log.recorder.select_events(kind.create_id(name), limit=1)):
                return None
            names = _names(log, kind)
    except NoLog:
        names = []
    except (DatabaseError, sqlite3.Error) as fault:  # the library opens a file outside its own errors
        where = place if isinstance(place, Path) else repr(place)  # an address shows no password so
        raise NoDatabase(f"The log beside {where} cannot be read: {fault}.") from fault
    if not names:
        return f"There is no log yet that knows a {word}"
    city, *demo = _owner(place).split() or ["this centre"]
    told = f"The log of {city} knows no {word} {name}; {_told(names, name)}."
    if demo:  # it is laid aside when the centre opens in earnest, perhaps for another city
        return f"{told} It is a demonstration's"
    raise NotOfCentre(f"{told} {ANYWAY}")


def _log_beside(place: Path | Address) -> DispatchLog:
    """Raises NoLog; DatabaseError or sqlite3.Error where it cannot be read."""
    if not isinstance(place, Path):
        return postgres_log_to_read(place)
    file = place.with_name("events.sqlite")
    if file.is_file() and not file.stat().st_size:
        raise NoLog(f"{file} was begun, and nothing is in it.")
    return read_only_sqlite_log(file)


def _names(log: DispatchLog, kind: Kind) -> list[str]:
    return [str(getattr(fact, kind.field)) for _, fact in SomeFacts(log, [kind.began]).select(1, MOST)]


def _owner(place: Path | Address) -> str:
    return Folder(place.parent).owner() if isinstance(place, Path) else owner_of(place)


def _told(names: Sequence[str], name: str) -> str:
    """Those near it; where none is, what names look like."""
    by_letters = {each.casefold(): each for each in names}
    close = [by_letters[each] for each in get_close_matches(name.casefold(), by_letters, SHOWN, ALIKE)]
    if close:
        return f"near it: {', '.join(close)}"
    return f"it knows {len(names)}, such as {', '.join(names[:SHOWN])}"
