"""The beds of one kind in one hospital: what it reports, and what we hold of it for those on their way.

Small on purpose: a hold writes here, so two ambulances are never promised the last bed.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.base import Aggregate, Beginning, Fact, event, natural_id
from domain.errors import BadBedCount, CountOvertaken, NoBedFree
from domain.values import Act, BedCount, ReadBeds


@dataclass(frozen=True, slots=True)
class Hold:
    """callsign : what the one on the way goes by: a crew's callsign, or a patient's tag"""

    callsign: str
    until: datetime


class BedLedger(Aggregate):
    """Only staffed - occupied - blocked - held may be promised.

    A bed is held for a run, or for a patient who has a name in our books; `run_id` of a fact is the id of
    either.
    """

    TOPIC = "BedLedger"

    class Opened(Beginning):
        TOPIC = "BedLedger.Opened"
        hospital_id: str
        kind: str
        staffed: int  # what the city file assumes, until the hospital speaks

    class Reported(Fact):
        TOPIC = "BedLedger.Reported"
        hospital_id: str
        kind: str
        staffed: int
        occupied: int
        blocked: int

    class Sized(Fact):
        """So many beds stand there, with staff or without."""

        TOPIC = "BedLedger.Sized"
        hospital_id: str
        kind: str
        physical: int

    class Held(Fact):
        TOPIC = "BedLedger.Held"
        hospital_id: str
        kind: str
        run_id: UUID
        callsign: str
        until: datetime

    class Prolonged(Fact):
        """The promise stands until later."""

        TOPIC = "BedLedger.Prolonged"
        hospital_id: str
        kind: str
        run_id: UUID
        until: datetime

    class Released(Fact):
        TOPIC = "BedLedger.Released"
        hospital_id: str
        kind: str
        run_id: UUID

    class Expired(Fact):
        TOPIC = "BedLedger.Expired"
        hospital_id: str
        kind: str
        run_id: UUID

    class Consumed(Fact):
        """The patient arrived: the held bed is an occupied one until the hospital says more."""

        TOPIC = "BedLedger.Consumed"
        hospital_id: str
        kind: str
        run_id: UUID

    class ArrivalUndone(Fact):
        """Nobody arrived after all.

        patients : to be added to those in our beds: -1, or 0 where the hospital counted again since
        """

        TOPIC = "BedLedger.ArrivalUndone"
        hospital_id: str
        kind: str
        run_id: UUID
        arrived_at: datetime
        patients: int

    class ArrivedSince(Fact):
        """So many arrived after the count before this was taken: they lie in beds it calls empty."""

        TOPIC = "BedLedger.ArrivedSince"
        hospital_id: str
        kind: str
        patients: int

    @event(Opened)
    def __init__(self, hospital_id: str, kind: str, staffed: int, act: Act) -> None:
        self.hospital_id = hospital_id
        self.kind = kind
        self.staffed = staffed
        self.occupied = 0
        self.blocked = 0
        self.physical: int | None = None
        self.counted_at: datetime | None = None
        self.holds: dict[UUID, Hold] = {}
        self.arrivals: tuple[datetime, ...] = ()  # of those who came since the last count was taken

    @staticmethod
    def create_id(hospital_id: str, kind: str) -> UUID:
        return natural_id("beds", hospital_id, kind)

    @property
    def free(self) -> int:
        """May be negative: a hospital can report fewer beds than it was holding."""
        return self.staffed - self.occupied - self.blocked - len(self.holds)

    def report(self, count: BedCount, act: Act) -> None:
        """What the hospital counts now. An unchanged count is an event too: it makes the data young."""
        below_zero = min(count.staffed, count.occupied, count.blocked) < 0
        too_few = count.physical is not None and count.physical < count.staffed
        if below_zero or too_few or count.occupied + count.blocked > count.staffed:
            raise BadBedCount(
                kind=self.kind, staffed=count.staffed, occupied=count.occupied, blocked=count.blocked
            )
        if self.counted_at is not None and act.at < self.counted_at:
            raise CountOvertaken(kind=self.kind, at=act.at.isoformat(), known_at=self.counted_at.isoformat())
        self._reported(
            hospital_id=self.hospital_id,
            kind=self.kind,
            staffed=count.staffed,
            occupied=count.occupied,
            blocked=count.blocked,
            act=act,
        )
        if count.physical is not None and count.physical != self.physical:
            self._sized(hospital_id=self.hospital_id, kind=self.kind, physical=count.physical, act=act)
        if self.arrivals:
            self._arrived_since(
                hospital_id=self.hospital_id, kind=self.kind, patients=len(self.arrivals), act=act
            )

    def moved_since(self, read: ReadBeds, count: BedCount, act: Act) -> bool:
        """Would this count undo what its teller has not seen: another's count, or somebody who came?

        Whoever counts anew has counted all who came before; "unchanged" speaks of what was read alone.
        """
        later = sum(at > act.at for at in self.arrivals)
        known = (self.staffed, self.occupied - later, self.blocked)
        told = (count.staffed, count.occupied, count.blocked)
        seen = (read.staffed, read.occupied, read.blocked)
        if known in (told, seen):
            return False
        return told == seen or self.counted_at != read.reported_at

    def hold(self, run_id: UUID, callsign: str, until: datetime, hospital: str, act: Act) -> None:
        """Promise a bed until a moment; lapsed promises go first, this one's own too.

        Said again, the promise stands until the later of both moments.
        """
        self.expire(act)
        if run_id in self.holds:
            if self.holds[run_id].until < until:
                self._prolonged(
                    hospital_id=self.hospital_id, kind=self.kind, run_id=run_id, until=until, act=act
                )
            return
        if self.free <= 0:
            raise NoBedFree(
                hospital=hospital,
                hospital_id=self.hospital_id,
                kind=self.kind,
                staffed=self.staffed,
                occupied=self.occupied,
                blocked=self.blocked,
                held=len(self.holds),
                held_for=sorted(hold.callsign for hold in self.holds.values()),
            )
        self._held(
            hospital_id=self.hospital_id,
            kind=self.kind,
            run_id=run_id,
            callsign=callsign,
            until=until,
            act=act,
        )

    def release(self, run_id: UUID, act: Act) -> None:
        if run_id in self.holds:
            self._released(hospital_id=self.hospital_id, kind=self.kind, run_id=run_id, act=act)

    def consume(self, run_id: UUID, act: Act) -> None:
        """The patient came, and lies in a bed until a later word of the hospital has counted them.

        Told of late, they may have been counted before: a bed too few is promised rather than one too many.
        """
        if run_id in self.holds:
            self._consumed(hospital_id=self.hospital_id, kind=self.kind, run_id=run_id, act=act)

    def undo_arrival(self, run_id: UUID, arrived_at: datetime, act: Act) -> None:
        """The bed is nobody's again. Whoever wants it back holds it anew."""
        uncounted = arrived_at in self.arrivals
        self._arrival_undone(
            hospital_id=self.hospital_id,
            kind=self.kind,
            run_id=run_id,
            arrived_at=arrived_at,
            patients=-1 if uncounted else 0,
            act=act,
        )

    def expire(self, act: Act) -> None:
        """End every hold whose time has passed."""
        lapsed = [run_id for run_id, hold in self.holds.items() if hold.until <= act.heard_at]
        for run_id in lapsed:
            self._expired(hospital_id=self.hospital_id, kind=self.kind, run_id=run_id, act=act)

    @event(Reported)
    def _reported(
        self, hospital_id: str, kind: str, staffed: int, occupied: int, blocked: int, act: Act
    ) -> None:
        self.staffed = staffed
        self.occupied = occupied
        self.blocked = blocked
        self.counted_at = act.at
        self.arrivals = tuple(at for at in self.arrivals if at > act.at)

    @event(ArrivalUndone)
    def _arrival_undone(
        self, hospital_id: str, kind: str, run_id: UUID, arrived_at: datetime, patients: int, act: Act
    ) -> None:
        self.occupied += patients
        left = list(self.arrivals)
        if arrived_at in left:
            left.remove(arrived_at)
        self.arrivals = tuple(left)

    @event(Sized)
    def _sized(self, hospital_id: str, kind: str, physical: int, act: Act) -> None:
        self.physical = physical

    @event(ArrivedSince)
    def _arrived_since(self, hospital_id: str, kind: str, patients: int, act: Act) -> None:
        self.occupied += patients

    @event(Held)
    def _held(
        self, hospital_id: str, kind: str, run_id: UUID, callsign: str, until: datetime, act: Act
    ) -> None:
        self.holds[run_id] = Hold(callsign, until)

    @event(Prolonged)
    def _prolonged(self, hospital_id: str, kind: str, run_id: UUID, until: datetime, act: Act) -> None:
        self.holds[run_id] = Hold(self.holds[run_id].callsign, until)

    @event(Released)
    def _released(self, hospital_id: str, kind: str, run_id: UUID, act: Act) -> None:
        self.holds.pop(run_id, None)

    @event(Expired)
    def _expired(self, hospital_id: str, kind: str, run_id: UUID, act: Act) -> None:
        self.holds.pop(run_id, None)

    @event(Consumed)
    def _consumed(self, hospital_id: str, kind: str, run_id: UUID, act: Act) -> None:
        self.holds.pop(run_id, None)
        self.occupied += 1
        self.arrivals = (*self.arrivals, act.at)
