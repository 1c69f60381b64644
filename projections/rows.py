"""What every view shares: rows that are plain JSON, and the shape of a view."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, Protocol, runtime_checkable
from uuid import UUID

import msgspec

from domain.base import Fact
from domain.letters import Letters

Row = dict[str, Any]
"""JSON-able, never changed in place: a change makes a new row. `seq` is the last event that changed it."""

GONE = "gone"

Changes = dict[str, dict[str, Row]]
"""The whole rows that changed: {view name: {row id: row}}; see `gone` for those that left."""


FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class View(Protocol):
    """A pure fold from events to rows. An event it does not know touches nothing."""

    @property
    def name(self) -> str: ...

    @property
    def facts(self) -> tuple[type[Fact], ...]:
        """The kinds of events it knows; of all others it is never asked."""
        ...

    def keys(self, event: Fact) -> tuple[str, ...]:
        """The ids of the rows this event touches."""
        ...

    def fold(self, key: str, row: Row | None, event: Fact, seq: int) -> Row | None:
        """The row `key` after the event; the very same object where the event changes nothing."""
        ...


@runtime_checkable
class ForgetfulView(View, Protocol):
    """A view whose rows come and go for ever: those that ended long ago leave it again."""

    @property
    def most(self) -> int:
        """With more rows than this, some are forgotten."""
        ...

    def forgotten(self, rows: Iterable[Row]) -> Iterable[str]:
        """The ids of the rows that leave, out of all."""
        ...


def gone(key: str, seq: int) -> Row:
    """What stands among changes for a row that left at this place in the log."""
    return {"id": key, "seq": seq, GONE: True}


class RowReader(Protocol):
    """Whoever can hand out rows: in memory, or from a table."""

    def row(self, view: str, row_id: str) -> Row | None: ...

    def rows(self, view: str) -> list[Row]: ...


def changed(row: Row, seq: int, **facts: Any) -> Row:
    """`row` with these facts, or `row` itself where they are no news."""
    for name, fact in facts.items():
        if name not in row or row[name] != fact:
            return {**row, **facts, "seq": seq}
    return row


def moment(at: datetime) -> str:
    """ISO 8601 in UTC: one instant is always one text, and texts sort as the instants do.

    A bare time is taken as UTC. One at the edge of the calendar that has no time in UTC stands at that
    edge: a log may hold it, and no fact keeps the views from going on.
    """
    global _last
    last = _last  # once: another thread may be writing, too
    if last[0] is at:  # the facts of one save happened at once
        return last[1]
    text = _in_utc(at)
    _last = at, text
    return text


_last: tuple[datetime | None, str] = None, ""


def _in_utc(at: datetime) -> str:
    if at.tzinfo is UTC:
        return at.isoformat()
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    try:
        return at.astimezone(UTC).isoformat()
    except OverflowError:
        return (FIRST if at.year == 1 else LAST).isoformat()


def latest(*moments: str | None) -> str | None:
    """The last of some moments, those unknown left out."""
    return max((text for text in moments if text is not None), default=None)


def id_text(its_id: UUID) -> str:
    """As `str` has it, only ten times as soon: half of what a fact tells are ids."""
    text: str = msgspec.to_builtins(its_id)
    return text


def plain(value: Any) -> Any:
    """The same thing in the words of JSON. Events read back from a log may hold lists for tuples."""
    told = _AS_TOLD.get(type(value))
    return told(value) if told is not None else _of_its_kind(value)


def _of_its_kind(value: Any) -> Any:
    if isinstance(value, int | float):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Letters):
        return value.read()
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if is_dataclass(value):
        return {name: plain(getattr(value, name)) for name in _names_of(value.__class__)}
    raise TypeError(f"a row cannot hold a {type(value).__name__}")


@cache
def _names_of(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _as_it_is(value: Any) -> Any:
    return value


_AS_TOLD: dict[type, Callable[[Any], Any]] = {
    **dict.fromkeys((type(None), bool, int, float, str), _as_it_is),
    UUID: id_text,
    datetime: moment,
}
"""Of what facts are made of mostly; asked for a million times in a rebuild."""
