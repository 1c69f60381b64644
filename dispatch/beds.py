"""The beds that one order concerns: each ledger is fetched once, and all are saved with the order.

An incident is promised no more beds than it has patients. Where more units go than there are patients, those
sent later share the beds of the first: who arrives takes one of them, and who turns back leaves its bed to
another who is bound for the same hospital.
"""

from datetime import datetime
from uuid import UUID

from dispatch.desk import Desk
from dispatch.one_incident import rolls_of
from domain.bed_ledger import BedLedger
from domain.incident import Incident
from domain.patient import Patient
from domain.roll import Roll
from domain.run import Run
from domain.values import Act, Milestone

THERE = (Milestone.AT_HOSPITAL, Milestone.HANDED_OVER)


class Beds:
    def __init__(self, desk: Desk, act: Act) -> None:
        self._desk, self._act = desk, act
        self._ledgers: dict[tuple[str, str], BedLedger] = {}

    @property
    def changed(self) -> tuple[BedLedger, ...]:
        """The ledgers with news in them."""
        return tuple(ledger for ledger in self._ledgers.values() if ledger.pending_events)

    def ledger(self, hospital_id: str, kind: str) -> BedLedger:
        """Raises UnknownHospital, UnknownBedKind."""
        place = hospital_id, kind
        if place not in self._ledgers:
            log = self._desk.log
            self._ledgers[place] = log.ledger(log.hospital(hospital_id), kind)
        return self._ledgers[place]

    # --- of whoever has an id: a run, a patient ------------------------------------------------

    def hold(self, holder: UUID, called: str, hospital_id: str, kind: str) -> None:
        """Raises NoBedFree. Said again, the promise is prolonged, or made anew where it lapsed."""
        until = self._act.heard_at + self._desk.hold_for
        hospital = self._desk.log.hospital(hospital_id)
        self.ledger(hospital_id, kind).hold(holder, called, until, hospital.name, self._act)

    def let_go(self, holder: UUID, hospital_id: str | None, kind: str | None) -> bool:
        """Whether there was a promise to take back."""
        if hospital_id is None or kind is None:
            return False
        ledger = self.ledger(hospital_id, kind)
        held = holder in ledger.holds
        ledger.release(holder, self._act)
        return held

    def take(self, holder: UUID, hospital_id: str | None, kind: str | None) -> bool:
        """The patient arrived. Whether a promised bed was waiting."""
        if hospital_id is None or kind is None:
            return False
        ledger = self.ledger(hospital_id, kind)
        held = holder in ledger.holds
        ledger.consume(holder, self._act)
        return held

    # --- of incidents, before anybody is sent --------------------------------------------------

    def keep(self, incident: Incident, hospital_id: str, kind: str) -> None:
        """Raises NoBedFree."""
        self.hold(incident.id, f"#{incident.number}", hospital_id, kind)
        incident.keep_bed(hospital_id, kind, self._act)

    def keep_no_longer(self, incident: Incident) -> None:
        if incident.kept is not None:
            self.let_go(incident.id, *incident.kept)

    def undo_take(self, holder: UUID, called: str, hospital_id: str, kind: str, arrived_at: datetime) -> None:
        """Nobody lies in the bed after all; it is promised again, if it is still to be had."""
        ledger = self.ledger(hospital_id, kind)
        ledger.undo_arrival(holder, arrived_at, self._act)
        if ledger.free > 0:
            self.hold(holder, called, hospital_id, kind)

    # --- of runs -------------------------------------------------------------------------------

    def promise(self, run: Run, incident: Incident) -> None:
        """Hold a bed for a run that names one, unless every patient has one already. Raises NoBedFree."""
        if run.hospital_id is None or run.bed_kind is None or run.is_over or run.milestone in THERE:
            return
        self.keep_no_longer(incident)  # its run has it from now on, or is bound elsewhere
        rolls = rolls_of(self._desk.log, incident.id)
        wanted = self._unprovided(rolls, incident.patients)
        if self._promised_to_others(run, incident, wanted) < wanted:
            self.hold(run.id, run.callsign, run.hospital_id, run.bed_kind)

    def arrive(self, run: Run) -> None:
        """Whoever arrives takes its own bed, or one that was promised to its fellows."""
        if self.take(run.id, run.hospital_id, run.bed_kind):
            return
        incident = self._desk.log.incident(run.incident_id)
        if len(incident.serving) <= incident.patients:
            return  # no bed was shared: its own promise lapsed
        for fellow in self._fellows(run, incident):
            same = (fellow.hospital_id, fellow.bed_kind) == (run.hospital_id, run.bed_kind)
            if same and self.take(fellow.id, fellow.hospital_id, fellow.bed_kind):
                return

    def undo_arrival(self, run: Run, arrived_at: datetime) -> None:
        """Whoever arrived did not: the bed is promised again, if it is still to be had."""
        if run.hospital_id is not None and run.bed_kind is not None:
            self.undo_take(run.id, run.callsign, run.hospital_id, run.bed_kind, arrived_at)

    def has_arrived(self, run: Run, arrived_at: datetime) -> bool:
        """Whether a bed of its kind is taken since that moment, and was not counted by its hospital yet."""
        if run.hospital_id is None or run.bed_kind is None:
            return False
        return arrived_at in self.ledger(run.hospital_id, run.bed_kind).arrivals

    def turn_back(self, run: Run, incident: Incident) -> None:
        """A run is over: its bed, if it still has one, goes to a fellow bound for the same hospital, or back
        to the incident it was kept for."""
        if not self.let_go(run.id, run.hospital_id, run.bed_kind):
            return
        for fellow in self._fellows(run, incident):
            same = (fellow.hospital_id, fellow.bed_kind) == (run.hospital_id, run.bed_kind)
            if same and fellow.milestone not in THERE and not self._holds(fellow):
                ledger = self.ledger(str(run.hospital_id), str(run.bed_kind))
                if ledger.free > 0:  # fewer may be counted by now than were promised
                    self.hold(fellow.id, fellow.callsign, ledger.hospital_id, ledger.kind)
                return
        kept = incident.kept
        if kept == (run.hospital_id, run.bed_kind) and not incident.is_over and self.ledger(*kept).free > 0:
            self.keep(incident, *kept)

    def _unprovided(self, rolls: list[Roll], patients: int) -> int:
        """Patients, with a tag or without, who still need a bed and have none of their own."""
        tags = [each for roll in rolls for each in roll.tags]
        tagged = [patient for each in tags if (patient := self._desk.log.find(Patient, each))]
        lacking = [each for each in tagged if each.before_hospital and each.bed_kind is None]
        return len(lacking) + max(0, patients - len(tagged))

    def _promised_to_others(self, run: Run, incident: Incident, wanted: int) -> int:
        if len(incident.serving) <= wanted:
            return 0  # there is a bed for each, whoever holds one
        return sum(self._holds(fellow) for fellow in self._fellows(run, incident))

    def _holds(self, run: Run) -> bool:
        if run.hospital_id is None or run.bed_kind is None:
            return False
        return run.id in self.ledger(run.hospital_id, run.bed_kind).holds

    def _fellows(self, run: Run, incident: Incident) -> list[Run]:
        """The other runs under way for the same incident, in the order they were sent."""
        return [self._desk.log.run(its_id) for its_id in incident.serving if its_id != run.id]
