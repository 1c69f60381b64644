"""All views in memory: what ranking, push and most reading work on."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from threading import Lock

from domain.base import Fact
from domain.values import Act
from projections.address_book import AddressBook
from projections.call_list import CallList
from projections.callbacks import Callbacks
from projections.crew_alarms import CrewAlarms
from projections.desk_alarms import DeskAlarms
from projections.digest import digest_of_all, digest_of_ordered
from projections.hospital_capacity import HospitalCapacity
from projections.incident_list import IncidentList
from projections.message_list import MessageList
from projections.move_up_list import MoveUpList
from projections.patient_list import PatientList
from projections.policy_row import PolicyRow
from projections.referral_list import ReferralList
from projections.rest import (
    FORMER,
    RESTING,
    RESTS_AFTER,
    THINGS,
    WOKEN_AFTER,
    RowsAtRest,
    before_then,
    ended_at,
    former_key,
    rests,
)
from projections.rows import FIRST, GONE, Changes, ForgetfulView, Row, View, gone, id_text
from projections.run_list import RunList
from projections.station_days import StationDays
from projections.timeline import Timeline
from projections.traffic import RoadsRow, TrafficList
from projections.transfer_list import TransferList
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
    PatientList(),
    ReferralList(),
    TransferList(),
    Callbacks(),
    CrewAlarms(),
    DeskAlarms(),
    MessageList(),
    StationDays(),
    MoveUpList(),
    PolicyRow(),
    AddressBook(),
)

KNOWN: frozenset[type[Fact]] = frozenset(kind for view in VIEWS for kind in view.facts)
"""The kinds of facts that change any row; all others only move the position."""

CUTOFF_KEPT = timedelta(minutes=1)


def views_named(names: Collection[str] = ()) -> tuple[View, ...]:
    """Some of the views, all where none is named. Raises KeyError for a name that no view has."""
    if unknown := sorted(set(names) - {view.name for view in VIEWS}):
        raise KeyError(f"no view is called {', '.join(unknown)}")
    return tuple(view for view in VIEWS if not names or view.name in names)


class MemoryViews:
    """Rows by view and id, and the position they stand at.

    One thread folds, any number read. Rows are replaced and never mutated, so a row once handed out
    stays what it was; `picture` gives rows and position of one moment.

    With `at_rest`, rows of what ended long ago may leave memory (`rest`): they are read from there by id,
    and come back when a late fact touches them. Lists and pictures show what is in memory.
    """

    def __init__(
        self,
        views: Sequence[View] = VIEWS,
        rows: Mapping[str, Mapping[str, Row]] | None = None,
        position: int = 0,
        *,
        at_rest: RowsAtRest | None = None,
        heard: datetime = FIRST,
        complete_since: int = 0,
    ) -> None:
        """heard          : the latest moment at which a fact folded so far was heard
        complete_since : every row that changed after this place in the log is in memory
        """
        self._views = tuple(views)
        self._knowing: dict[type[Fact], tuple[View, ...]] = {
            kind: tuple(view for view in self._views if kind in view.facts)
            for kind in {kind for view in self._views for kind in view.facts}
        }
        self._forgetful = {view.name: view for view in self._views if isinstance(view, ForgetfulView)}
        self._rows = {view.name: dict((rows or {}).get(view.name, {})) for view in self._views}
        self._position = position
        self._at_rest = at_rest
        self._heard, self._complete_since = heard, complete_since
        self._woken: tuple[datetime, str] = FIRST, ""
        self._publishing = Lock()
        self._folding = Lock()

    @property
    def position(self) -> int:
        """The log position of the last event folded, 0 before the first."""
        return self._position

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(view.name for view in self._views)

    @property
    def heard(self) -> datetime:
        """The latest moment at which anything folded so far was heard."""
        return self._heard

    @property
    def complete_since(self) -> int:
        """What changed after this place in the log is in memory: no list lacks it."""
        return self._complete_since

    # --- folding ------------------------------------------------------------------------------

    def fold(self, batch: Iterable[tuple[int, Fact]]) -> tuple[Changes, int]:
        """What `batch` would change and the position it reaches. No row is changed yet.

        Events at or before the position were folded already and are passed over.
        """
        changes: Changes = {view.name: {} for view in self._views}
        former: dict[str, Row] = {}
        position = self._position
        act: Act | None = None
        for seq, event in batch:
            if seq <= position:
                continue
            if event.act is not act:  # the facts of one save were heard at once
                act = event.act
                self._hear(act.heard_at)
            for view in self._knowing.get(type(event), ()):
                name = view.name
                pending, standing = changes[name], self._rows[name]
                asked = self._at_rest is not None and name in RESTING
                for key in view.keys(event):
                    before = pending.get(key) or standing.get(key)
                    before = None if before is not None and GONE in before else before
                    if asked and before is None:
                        before = self._wake(name, key, event, seq, changes)
                    after = view.fold(key, before, event, seq)
                    if after is not None and after is not before:
                        pending[key] = after
                        if asked and before is not None and rests(name, before, self._woken_before()):
                            former[former_key(name, before)] = before
                            if name in THINGS and not rests(name, after, self._woken_before()):
                                self._wake_page(key, seq, changes)
                if name in self._forgetful:
                    _forget(self._forgetful[name], standing, pending, seq)
            position = seq
        changes[FORMER] = former
        return {name: rows for name, rows in changes.items() if rows}, position

    def take(self, changes: Changes, position: int) -> None:
        """Show these rows from now on, all at once."""
        with self._publishing:
            for name, rows in changes.items():
                if name == FORMER:
                    continue
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

    def _hear(self, heard_at: datetime) -> None:
        if heard_at.tzinfo is None:
            heard_at = heard_at.replace(tzinfo=UTC)
        if heard_at > self._heard:
            self._heard = heard_at

    def _wake(self, view: str, key: str, event: Fact, seq: int, changes: Changes) -> Row | None:
        """The row from where it rests. What only begins with this event rests nowhere, nor does the page of
        what is not over yet: an order that is being carried out never waits for the store."""
        if event.originator_version == 1 and id_text(event.originator_id) == key:
            return None
        if view == "timeline" and self._under_way(key, changes):
            return None
        assert self._at_rest is not None
        return self._at_rest.row_at(view, key, seq - 1)

    def _wake_page(self, key: str, seq: int, changes: Changes) -> None:
        """Of a thing that was long over and no longer is: a call taken out of its incident, an order undone.
        From here on nobody looks for its page in the store."""
        pages = changes.get("timeline")
        if pages is None or key in pages or key in self._rows["timeline"]:
            return
        assert self._at_rest is not None
        page = self._at_rest.row_at("timeline", key, seq - 1)
        if page is not None:
            pages[key] = page

    def _under_way(self, key: str, changes: Changes) -> bool:
        """Whether it is a call, an incident or a run that is not over. Its page is in memory, if it has one:
        it never was at rest, or it woke with what it tells of."""
        for name in THINGS:
            row = changes.get(name, {}).get(key) or self._rows.get(name, {}).get(key)
            if row is not None:
                return ended_at(name, row) is None
        return False

    def _woken_before(self) -> str:
        """The moment before which what ended may rest already. Asked for with each fact: it may be a minute
        old."""
        base, text = self._woken
        if self._heard - base > CUTOFF_KEPT:
            text = before_then(self._heard, WOKEN_AFTER)
            self._woken = self._heard, text
        return text

    # --- resting ------------------------------------------------------------------------------

    def rest(self, stored: int) -> int:
        """Let go of the rows that ended long ago, as far as the store has them; how many.

        stored : the position the store stands at. Only the thread that folds may call this.
        """
        if self._at_rest is None:
            return 0
        since = before_then(self._heard, RESTS_AFTER)
        leaving = {
            name: [
                key
                for key, row in self._rows[name].items()
                if row["seq"] <= stored and rests(name, row, since)
            ]
            for name in THINGS
        }
        awake = {key for name in THINGS for key in self._rows[name]}.difference(*leaving.values())
        leaving["timeline"] = [
            key
            for key, row in self._rows["timeline"].items()
            if key not in awake and row["seq"] <= stored and rests("timeline", row, since)
        ]
        with self._publishing:
            for name, keys in leaving.items():
                standing = self._rows[name]
                for key in keys:
                    row = standing.pop(key)
                    if name in THINGS:
                        self._complete_since = max(self._complete_since, row["seq"])
        return sum(map(len, leaving.values()))

    # --- reading ------------------------------------------------------------------------------

    def row(self, view: str, row_id: str) -> Row | None:
        """By id, wherever it is."""
        found = self._rows[view].get(row_id)
        if found is None and self._at_rest is not None and view in RESTING:
            return self._at_rest.row_at(view, row_id, self._position)
        return found

    def in_memory(self, view: str, row_id: str) -> bool:
        """Whether `row` answers without asking the store."""
        return row_id in self._rows[view]

    def rows(self, view: str) -> list[Row]:
        """All rows of a view that are in memory, ordered by id."""
        with self._publishing:
            found = list(self._rows[view].items())
        return [row for _, row in sorted(found, key=lambda item: item[0])]

    def picture(self, *names: str) -> tuple[int, dict[str, list[Row]]]:
        """The position and the rows in memory of some views (all, if none is named) at one and the same
        moment."""
        with self._publishing:
            position = self._position
            found = {name: list(self._rows[name].items()) for name in names or self.names}
        return position, {name: [row for _, row in sorted(items)] for name, items in found.items()}

    def copy(self) -> "MemoryViews":
        """A twin that goes its own way. Cheap: the rows themselves are shared."""
        with self._publishing:
            return MemoryViews(
                self._views,
                self._rows,
                self._position,
                at_rest=self._at_rest,
                heard=self._heard,
                complete_since=self._complete_since,
            )

    def digests(self) -> dict[str, str]:
        """{view: SHA-256 of its rows, those at rest too}."""
        position, awake = self.picture()
        found: dict[str, Iterable[Row]] = dict(awake)
        if self._at_rest is not None:
            for name in RESTING.intersection(awake):
                found[name] = _laid_over(self._at_rest.rows_at(name, position), awake[name])
        return {name: digest_of_ordered(rows) for name, rows in found.items()}

    def digest(self) -> str:
        """One SHA-256 of all rows of all views."""
        return digest_of_all(self.digests())


def _laid_over(stored: Iterator[Row], awake: list[Row]) -> Iterator[Row]:
    """Both are ordered by id; of two rows with one id the one in memory counts."""
    waiting = iter(awake)
    newer = next(waiting, None)
    for row in stored:
        while newer is not None and newer["id"] < row["id"]:
            yield newer
            newer = next(waiting, None)
        if newer is not None and newer["id"] == row["id"]:
            continue
        yield row
    while newer is not None:
        yield newer
        newer = next(waiting, None)


def _forget(view: ForgetfulView, standing: Mapping[str, Row], pending: dict[str, Row], seq: int) -> None:
    """After each event, never after each batch: however the log is cut, the same rows are left."""
    if len(standing) + len(pending) <= view.most:
        return
    left = {key: row for key, row in {**standing, **pending}.items() if GONE not in row}
    if len(left) > view.most:
        for key in view.forgotten(left.values()):
            pending[key] = gone(key, seq)
