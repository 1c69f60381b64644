"""The one event-sourced application: every fact of a centre, in one ordered log.

Only this file, `faults.py`, `postgres/recorder.py` and those whose name begins with `quick_` name the event
library in this package.
"""

from collections.abc import Callable
from threading import Condition, Lock
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from eventsourcing.application import AggregateNotFoundError, Application
from eventsourcing.persistence import JSONTranscoder

from dispatch.faults import OperationalError
from dispatch.quick_mapper import QuickMapper
from dispatch.quick_transcoder import QuickTranscoder
from dispatch.transcodings import TRANSCODINGS
from domain.base import Aggregate, Fact
from domain.bed_ledger import BedLedger
from domain.call import Call
from domain.caller import Caller
from domain.day_book import DayBook
from domain.decision import Decision
from domain.errors import (
    UnknownBedKind,
    UnknownCall,
    UnknownHospital,
    UnknownIncident,
    UnknownRun,
    UnknownUnit,
)
from domain.hospital import Hospital
from domain.incident import Incident
from domain.kinds import KINDS
from domain.protocol import Protocols
from domain.receipt import Receipt
from domain.roads import Roads
from domain.run import Run
from domain.unit import Unit

if TYPE_CHECKING:
    from dispatch.postgres.line import Line

A = TypeVar("A", bound=Aggregate)
HEX_DIGITS = 32
"""Of an id, however it is written."""


class DispatchLog(Application[UUID]):
    """Fetch by name, save together. `saved` is notified after each save, for those who follow the log."""

    name = "dispatch"
    kinds = KINDS
    """Whose facts it reads: at one of a class that nobody imported, whoever follows the log stands still."""

    def __init__(self, env: dict[str, str] | None = None) -> None:
        super().__init__(env)
        self.saved = Condition()
        self.told = 0
        """How often `saved` was told."""
        self.may_write: Callable[[], bool] = lambda: True
        """Whether this process is the one that writes. Where others may, the wiring asks a lock."""
        self._reading = Lock()

    # --- fetching ---------------------------------------------------------------------------

    def call(self, call_id: UUID) -> Call:
        return self._fetch(Call, call_id, lambda: UnknownCall(call_id=call_id))

    def incident(self, incident_id: UUID) -> Incident:
        return self._fetch(Incident, incident_id, lambda: UnknownIncident(incident_id=incident_id))

    def run(self, run_id: UUID) -> Run:
        return self._fetch(Run, run_id, lambda: UnknownRun(run_id=run_id))

    def unit(self, name: str) -> Unit:
        """By callsign or by id, as people and programs have it."""
        its_id = _as_uuid(name) or Unit.create_id(name)
        return self._fetch(Unit, its_id, lambda: UnknownUnit(unit=name))

    def hospital(self, hospital_id: str) -> Hospital:
        its_id = Hospital.create_id(hospital_id)
        return self._fetch(Hospital, its_id, lambda: UnknownHospital(hospital_id=hospital_id))

    def ledger(self, hospital: Hospital, kind: str) -> BedLedger:
        its_id = BedLedger.create_id(hospital.hospital_id, kind)
        return self._fetch(BedLedger, its_id, lambda: UnknownBedKind(hospital=hospital.name, kind=kind))

    def decision(self, decision_id: UUID) -> Decision | None:
        return self.find(Decision, decision_id)

    def caller(self, number: str) -> Caller | None:
        """Who rings under a number, as it is normalised; None for one we never heard of."""
        return self.find(Caller, Caller.create_id(number))

    def receipt(self, command_id: UUID) -> Receipt | None:
        return self.find(Receipt, Receipt.create_id(command_id))

    def day_book(self, day: str) -> DayBook | None:
        return self.find(DayBook, DayBook.create_id(day))

    def protocols(self) -> Protocols | None:
        """None until the first card was published."""
        return self.find(Protocols, Protocols.create_id())

    def roads(self, city_id: str) -> Roads | None:
        """None until somebody first said what hinders them."""
        return self.find(Roads, Roads.create_id(city_id))

    def find(self, kind: type[A], its_id: UUID) -> A | None:
        found = self._get(its_id)
        # Most are just of that kind: an isinstance of the library's classes takes ten times as long.
        return found if type(found) is kind or isinstance(found, kind) else None

    def whatever(self, its_id: UUID) -> object | None:
        """What goes by this id, whatever it is."""
        return self._get(its_id)

    def taken(self, its_id: UUID) -> bool:
        """Whether anything at all goes by this id: clients mint ids, and may mint one twice."""
        return self._get(its_id) is not None

    def _get(self, its_id: UUID) -> object | None:
        # The library copies out of its cache while another thread may be catching up the same thing
        # there: one at a time, or a copy is torn, or fails half way.
        with self._reading:
            try:
                found: Any = self.repository.get(its_id)
            except AggregateNotFoundError:
                return None
        return cast(object, found)

    def _fetch(self, kind: type[A], its_id: UUID, otherwise: Callable[[], Exception]) -> A:
        """otherwise : the refusal, whose sentence is made only where there is nothing"""
        found = self.find(kind, its_id)
        if found is None:
            raise otherwise()
        return found

    # --- saving and following ---------------------------------------------------------------

    def record(self, *aggregates: Aggregate) -> int:
        """Save all or nothing; the place in the log of the last new fact.

        Raises IntegrityError where somebody else changed one of them since it was fetched, OperationalError
        where nothing was stored, Unanswered where the line was cut and nobody knows.
        """
        if not self.may_write():
            raise OperationalError("another process may be writing to this log")
        recordings = self.save(*aggregates)
        self.tell()
        places = [recording.notification.id for recording in recordings]
        return max(places) if places else self.position()

    def tell(self) -> None:
        """Wake those who follow the log."""
        with self.saved:
            self.told += 1
            self.saved.notify_all()

    def await_word(self, since: int, timeout_s: float) -> None:
        """Sleep until the log has been told of something after `told` was `since`: look at `told`, then read
        the log, then wait. So nobody asks the store while holding up those who save."""
        with self.saved:
            self.saved.wait_for(lambda: self.told != since, timeout_s)

    def position(self) -> int:
        """The place of the newest fact, 0 for an empty log."""
        return self.recorder.max_notification_id() or 0

    def select(self, start: int, limit: int, stop: int | None = None) -> list[tuple[int, Fact]]:
        """Facts in order from place `start` on, `stop` included, at most `limit`; none below 1."""
        if limit < 1:
            return []
        notifications = self.recorder.select_notifications(start=start, limit=limit, stop=stop)
        return [(n.id, cast(Fact, self.mapper.to_domain_event(n))) for n in notifications]

    def construct_mapper(self) -> QuickMapper:
        transcoder = self.construct_transcoder()
        return cast(QuickMapper, self.factory.mapper(transcoder, mapper_class=QuickMapper))

    def construct_transcoder(self) -> QuickTranscoder:
        transcoder = QuickTranscoder()
        self.register_transcodings(transcoder)
        return transcoder

    def register_transcodings(self, transcoder: JSONTranscoder) -> None:
        super().register_transcodings(transcoder)
        for transcoding in TRANSCODINGS:
            transcoder.register(transcoding)


def sqlite_log(path: str) -> DispatchLog:
    """A log in one SQLite file (WAL, synchronous FULL: an acknowledged fact survives a power cut)."""
    return DispatchLog(
        {
            "PERSISTENCE_MODULE": "dispatch.quick_recorders:SqliteFactory",
            "SQLITE_DBNAME": path,
            "SQLITE_LOCK_TIMEOUT": "5",
            "AGGREGATE_CACHE_MAXSIZE": "4000",
        }
    )


def memory_log() -> DispatchLog:
    """A log in memory: for tests, forks and simulated nights."""
    return DispatchLog(
        {
            "PERSISTENCE_MODULE": "dispatch.quick_recorders:MemoryFactory",
            "AGGREGATE_CACHE_MAXSIZE": "4000",
        }
    )


class PostgresLog(DispatchLog):
    """A log in PostgreSQL. Who follows it is told of what other processes write, too."""

    name = "dispatch"  # the library does not let it be inherited

    def __init__(self, conninfo: str, most: int) -> None:
        from dispatch.postgres import recorder  # psycopg is for those alone who have a PostgreSQL
        from dispatch.postgres.ears import Ears

        super().__init__(
            {
                "PERSISTENCE_MODULE": "dispatch.postgres.recorder:Factory",
                recorder.CONNINFO: conninfo,
                recorder.MOST: str(most),
                "AGGREGATE_CACHE_MAXSIZE": "4000",
            }
        )
        self.line: Line = self.factory.datastore.line  # type: ignore[attr-defined]
        self.ears = Ears(conninfo, f"{self.name}_events", self._hear)
        self.ears.start()

    def _hear(self, pid: int) -> None:
        if pid not in self.line.pids:  # our own saves were told already
            self.tell()

    def close(self) -> None:
        ears = getattr(self, "ears", None)
        if ears is not None:
            ears.stop()
        super().close()


def postgres_log(conninfo: str, most: int = 20) -> PostgresLog:
    """A log in schema `vigil_log` of a PostgreSQL database; the schema must be there.

    conninfo : as libpq knows it; most : connections at once, for as many threads as write and read it.
    Raises OperationalError where the server does not answer.
    """
    return PostgresLog(conninfo, most)


def _as_uuid(name: str) -> UUID | None:
    if len(name) < HEX_DIGITS:
        return None  # most are callsigns
    try:
        return UUID(name)
    except ValueError:
        return None
