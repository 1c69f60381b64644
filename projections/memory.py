"""All views in memory: what ranking, push and most reading work on."""

from collections.abc import Iterable, Mapping, Sequence
from threading import Lock

from domain.base import Fact
from projections.call_list import CallList
from projections.digest import digest_of_all, digest_of_rows
from projections.hospital_capacity import HospitalCapacity
from projections.incident_list import IncidentList
from projections.rows import GONE, Changes, ForgetfulView, Row, View, gone
from projections.run_list import RunList
from projections.timeline import Timeline
from projections.traffic import RoadsRow, TrafficList
from projections.unit_board import UnitBoard

VIEWS: tuple[View, ...] = (
    UnitBoard(),
    IncidentList(),
    HospitalCapacity(),
    CallList(),
    RunList(),
    Timeline(),
    TrafficList(),
    RoadsRow(),
)


class MemoryViews:
    """Rows by view and id, and the position they stand at.

    One thread folds, any number read. Rows are replaced and never mutated, so a row once handed out
    stays what it was; `picture` gives rows and position of one moment.
    """

    def __init__(
        self,
        views: Sequence[View] = VIEWS,
        rows: Mapping[str, Mapping[str, Row]] | None = None,
        position: int = 0,
    ) -> None:
        self._views = tuple(views)
        self._knowing: dict[type[Fact], tuple[View, ...]] = {
            kind: tuple(view for view in self._views if kind in view.facts)
            for kind in {kind for view in self._views for kind in view.facts}
        }
        self._forgetful = {view.name: view for view in self._views if isinstance(view, ForgetfulView)}
        self._rows = {view.name: dict((rows or {}).get(view.name, {})) for view in self._views}
        self._position = position
        self._publishing = Lock()
        self._folding = Lock()

    @property
    def position(self) -> int:
        """The log position of the last event folded, 0 before the first."""
        return self._position

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(view.name for view in self._views)

    def fold(self, batch: Iterable[tuple[int, Fact]]) -> tuple[Changes, int]:
        """What `batch` would change and the position it reaches. Nothing is changed yet.

        Events at or before the position were folded already and are passed over.
        """
        changes: Changes = {view.name: {} for view in self._views}
        position = self._position
        for seq, event in batch:
            if seq <= position:
                continue
            position = seq
            for view in self._knowing.get(type(event), ()):
                pending, standing = changes[view.name], self._rows[view.name]
                for key in view.keys(event):
                    before = pending.get(key) or standing.get(key)
                    before = None if before is not None and GONE in before else before
                    after = view.fold(key, before, event, seq)
                    if after is not None and after is not before:
                        pending[key] = after
                if view.name in self._forgetful:
                    _forget(self._forgetful[view.name], standing, pending, seq)
        return {name: rows for name, rows in changes.items() if rows}, position

    def take(self, changes: Changes, position: int) -> None:
        """Show these rows from now on, all at once."""
        with self._publishing:
            for name, rows in changes.items():
                standing = self._rows[name]
                for key, row in rows.items():
                    if GONE in row:
                        standing.pop(key, None)
                    else:
                        standing[key] = row
            self._position = max(position, self._position)

    def apply(self, seq: int, event: Fact) -> Changes:
        """Fold one event; the rows it changed."""
        with self._folding:
            changes, position = self.fold([(seq, event)])
            self.take(changes, position)
            return changes

    def row(self, view: str, row_id: str) -> Row | None:
        return self._rows[view].get(row_id)

    def rows(self, view: str) -> list[Row]:
        """All rows of a view, ordered by id."""
        with self._publishing:
            found = list(self._rows[view].items())
        return [row for _, row in sorted(found, key=lambda item: item[0])]

    def picture(self, *names: str) -> tuple[int, dict[str, list[Row]]]:
        """The position and the rows of some views (all, if none is named) at one and the same moment."""
        with self._publishing:
            position = self._position
            found = {name: list(self._rows[name].items()) for name in names or self.names}
        return position, {name: [row for _, row in sorted(items)] for name, items in found.items()}

    def copy(self) -> "MemoryViews":
        """A twin that goes its own way. Cheap: the rows themselves are shared."""
        with self._publishing:
            return MemoryViews(self._views, self._rows, self._position)

    def digests(self) -> dict[str, str]:
        """{view: SHA-256 of its rows}."""
        _, rows = self.picture()
        return {name: digest_of_rows(found) for name, found in rows.items()}

    def digest(self) -> str:
        """One SHA-256 of all rows of all views."""
        return digest_of_all(self.digests())


def _forget(view: ForgetfulView, standing: Mapping[str, Row], pending: dict[str, Row], seq: int) -> None:
    """After each event, never after each batch: however the log is cut, the same rows are left."""
    if len(standing) + len(pending) <= view.most:
        return
    left = {key: row for key, row in {**standing, **pending}.items() if GONE not in row}
    if len(left) > view.most:
        for key in view.forgotten(left.values()):
            pending[key] = gone(key, seq)
