"""Legal histories of a small centre, made by the aggregates themselves, so that no test invents events.

`World` has a verb for what people do; each verb is one save, as in the log. Histories drawn at random are in
`tests/any_history.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from domain.base import Aggregate, Fact
from domain.bed_ledger import BedLedger
from domain.call import Call
from domain.caller import Caller
from domain.day_book import DayBook
from domain.hospital import Hospital
from domain.incident import Incident
from domain.merging import merge, unmerge
from domain.places_said import SaidPlace
from domain.receipt import Receipt
from domain.roads import Roads
from domain.run import Run
from domain.run_course import ENDS
from domain.traffic import Closure, Slowing, SpeedReport
from domain.triage import Instruction
from domain.unit import Unit
from domain.values import Act, BedCount, Duty, Milestone, Needs, Position

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)  # 12:00 in Ho Chi Minh City
ED, ICU = "EmergencyDepartment", "AdultICU"
SPACE = UUID("7c1f3c5e-0f3b-4c1b-9a52-0d5b6f1f6a11")
STAFFED = {ED: 3, ICU: 1}
PLACES = {"cho-ray": Position(10.7575, 106.6596), "nhi-dong": Position(10.7686, 106.6710)}

Save = list[Fact]
Log = list[tuple[int, Fact]]


@dataclass
class World:
    """`saves` is what happened so far: one list of facts a save, in order."""

    callsigns: tuple[str, ...] = ("C1", "T2", "M3")
    hospital_ids: tuple[str, ...] = tuple(PLACES)
    now: datetime = NOON
    saves: list[Save] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)  # not settled yet
    joined: list[Call] = field(default_factory=list)  # in an incident, which may be over
    merged: list[tuple[Incident, Incident]] = field(default_factory=list)  # and into which
    callers: dict[str, Caller] = field(default_factory=dict)
    incidents: list[Incident] = field(default_factory=list)  # not closed yet
    runs: list[Run] = field(default_factory=list)  # not over yet
    minted: int = 0

    def __post_init__(self) -> None:
        act = self.act()
        self.units = {
            name: Unit(callsign=name, kind="van", capabilities=("ALS",), station_id="cho-ray", act=act)
            for name in self.callsigns
        }
        self.hospitals = {name: a_hospital(name, act) for name in self.hospital_ids}
        self.ledgers = {
            (name, kind): BedLedger(hospital_id=name, kind=kind, staffed=staffed, act=act)
            for name in self.hospital_ids
            for kind, staffed in STAFFED.items()
        }
        self.book = DayBook(day="2026-03-02", act=act)
        self.roads = Roads(city_id="hcmc", act=act)
        self.all_runs: list[Run] = []
        # Beds before hospitals: a view may not count on the order within a save.
        self.save(
            *self.ledgers.values(), *self.hospitals.values(), *self.units.values(), self.book, self.roads
        )

    # --- the log ----------------------------------------------------------------------------

    @property
    def log(self) -> Log:
        return numbered(self.saves)

    def save(self, *changed: Aggregate) -> Save:
        facts: Save = [fact for aggregate in changed for fact in aggregate.collect_events()]  # type: ignore[misc]
        if facts:
            self.saves.append(facts)
        return facts

    def act(self, at: datetime | None = None, actor: str = "linh") -> Act:
        return Act(at or self.now, self.now, actor, self.mint(), SPACE)

    def mint(self) -> UUID:
        self.minted += 1
        return uuid5(SPACE, str(self.minted))

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)

    # --- what people do ---------------------------------------------------------------------

    def call(self, complaint: str = "Khó thở", **facts: object) -> Call:
        said = {"phone": "0900000001", "caller_name": None, "position": None, "address": None, **facts}
        call = Call(call_id=self.mint(), complaint=complaint, act=self.act(), **said)  # type: ignore[arg-type]
        self.calls.append(call)
        self.save(call, self.receipt())
        return call

    def locate(self, call: Call, position: Position, address: str | None = None) -> None:
        call.locate(position, address, self.act())
        self.save(call)

    def triage(self, call: Call, priority: str | None = "P1", determinant: str = "breathing-red") -> None:
        answers = {"awake": "no", "asked": str(len(self.saves))}
        call.triage("breathing", 2, answers, determinant, priority, self.act(), *TITLED.get(determinant, ()))
        self.save(call)

    def open(self, call: Call, priority: str = "P1") -> Incident:
        act = self.act()
        incident = Incident(
            incident_id=self.mint(),
            number=self.book.next_number(act),
            call_id=call.id,
            position=call.position or Position(10.78, 106.7),
            address=call.address,
            complaint=call.complaint,
            determinant=call.determinant,
            priority=priority,
            patients=1,
            needs=Needs(),
            act=act,
        )
        call.join(incident.id, act)
        self.calls.remove(call)
        self.joined.append(call)
        self.incidents.append(incident)
        self.save(incident, call, self.book, self.receipt())
        return incident

    def join(self, call: Call, incident: Incident) -> None:
        act = self.act()
        call.join(incident.id, act)
        incident.join_call(call.id, act)
        incident.quote(call.id, call.said_address, call.complaint, act)
        self.calls.remove(call)
        self.joined.append(call)
        self.save(call, incident)

    def separate(self, call: Call) -> None:
        act = self.act()
        incident = self._incident_of(call)
        call.separate(act)
        incident.separate_call(call.id, act)
        self.joined.remove(call)
        self.calls.append(call)
        self.save(call, incident)

    def claim(self, call: Call, by: str = "linh") -> None:
        call.claim(by, self.now + timedelta(minutes=2), True, self.act(actor=by))
        self.save(call)

    def suspect(self, call: Call) -> None:
        reasons = [{"vi": "9 cuộc là quấy rối", "en": "9 closed as nuisance"}]
        call.suspect("+84900000001", 8.5, reasons, self.now + timedelta(minutes=1), self.act())
        self.save(call)

    def raise_call(self, call: Call) -> None:
        call.raise_to_real("có tiếng trẻ khóc", self.act())
        self.save(call)

    def say_place(self, incident: Incident, certain: bool) -> None:
        said = SaidPlace("gazetteer", 0.9 if certain else 0.4, not certain)
        incident.say_place(said, certain, self.act())
        self.save(incident)

    def confirm_place(self, incident: Incident) -> None:
        incident.confirm_place(self.act())
        self.save(incident)

    def merge(self, incident: Incident, into: Incident) -> None:
        act = self.act()
        merge(incident, into, act)
        for call_id, said in incident.words.items():
            into.quote(call_id, *said, act)
        moved = self._move(incident.call_ids, incident.run_ids, into, act, back=False)
        self.incidents.remove(incident)
        self.merged.append((incident, into))
        self.save(incident, into, *moved)

    def unmerge(self, incident: Incident, into: Incident) -> None:
        act = self.act()
        call_ids, run_ids = unmerge(incident, into, act)
        moved = self._move(call_ids, run_ids, incident, act, back=True)
        self.merged.remove((incident, into))
        self.incidents.append(incident)
        self.save(incident, into, *moved)

    def _move(
        self, call_ids: list[UUID], run_ids: list[UUID], to: Incident, act: Act, back: bool
    ) -> list[Aggregate]:
        calls = [call for call in self.joined if call.id in call_ids]
        runs = [run for run in self.all_runs if run.id in run_ids]
        for call in calls:
            call.move(to.id, act)
        for run in runs:
            run.move(to.id, to.number, back, act)
        return [*calls, *runs]

    def _incident_of(self, call: Call) -> Incident:
        return next(incident for incident in self.incidents if incident.id == call.incident_id)

    def miss(self, number: str = "+84900000002") -> None:
        caller = self._caller(number)
        caller.miss(self.mint(), self.now - timedelta(seconds=20), self.now, "115-3", self.act())
        self.save(caller)

    def ring(self, number: str = "+84900000002") -> None:
        caller = self._caller(number)
        caller.rang(self.mint(), self.act())
        self.save(caller)

    def call_back(self, number: str, settles: bool) -> None:
        caller = self._caller(number)
        if caller.missed:
            caller.call_back("reached" if settles else "no_answer", settles, self.act())
            self.save(caller)

    def _caller(self, number: str) -> Caller:
        return self.callers.setdefault(number, Caller(number=number, act=self.act()))

    def refer(self, call: Call) -> None:
        call.refer("nghe yếu", self.act())
        self.save(call)

    def instruct(self, call: Call, ended: bool) -> None:
        """A step is read; the one before it, where there is one, may end."""
        began = next((each for each in call.instructions.values() if each.ended_at is None), None)
        if began is None or not ended:
            text = {"vi": "Ép chặt", "en": "Press"}
            began = Instruction(self.mint(), "general", 2, "bleeding", "1", text, 110, self.now, None)
        call.instruct(began._replace(ended_at=self.now if ended else None), self.act())
        self.save(call)

    def ring_back(self, incident: Incident, finding: str) -> None:
        incident.record_safety_call(self.mint(), finding, "vẫn tỉnh", self.act())
        self.save(incident)

    def retriage(self, incident: Incident, priority: str) -> None:
        """The answers of its first call change it."""
        act, title = self.act(), {"vi": "Ngừng tim", "en": "Arrest"}
        card = ("general", 2)
        incident.triage(incident.call_ids[0], card, f"at-{priority}", title, "arrest", priority, act)
        incident.reprioritise(priority, incident.needs, "triage", act)
        self.save(incident)

    def close_call(self, call: Call, reason: str = "gọi nhầm", outcome: str | None = None) -> None:
        call.close(reason, self.act(), outcome)
        self.calls.remove(call)
        self.save(call)

    def sign(self, callsign: str, duty: Duty = Duty.ON_DUTY, reason: str | None = None) -> None:
        self.units[callsign].sign(duty, reason, self.act())
        self.save(self.units[callsign])

    def send(
        self,
        callsign: str,
        incident: Incident,
        hospital_id: str | None = None,
        bed_kind: str | None = None,
        eta_s: float | None = 240.0,
        override_reason: str | None = None,
    ) -> Run:
        """Like the dispatch desk: incident, run, unit, and the ledger where a bed is free."""
        act, run_id = self.act(), self.mint()
        unit = self.units[callsign]
        unit.assign(run_id, incident.id, incident.number, act)
        incident.open_run(run_id, callsign, act)
        run = Run(
            run_id=run_id,
            incident_id=incident.id,
            incident_number=incident.number,
            unit_id=unit.id,
            callsign=callsign,
            hospital_id=hospital_id,
            bed_kind=bed_kind,
            decision_id=None,
            override_reason=override_reason,
            eta_s=eta_s,
            act=act,
        )
        ledger = self._hold(run, act)
        run.brief(*incident.caller_words(), act)
        self.runs.append(run)
        self.all_runs.append(run)
        self.save(incident, run, unit, *ledger, self.receipt())
        return run

    def progress(
        self, run: Run, milestone: Milestone, at: datetime | None = None, reason: str | None = None
    ) -> None:
        act = self.act(at)
        run.progress(milestone, None, reason, act)
        changed: list[Aggregate] = [run]
        if milestone == Milestone.AT_HOSPITAL:
            for ledger in self._ledger(run):
                ledger.consume(run.id, act)
                changed.append(ledger)
        if milestone in ENDS:
            unit, incident = self.units[run.callsign], self._incident(run)
            unit.free(run.id, act)
            incident.end_run(run.id, milestone.value, act)
            changed += [unit, incident]
            for ledger in self._ledger(run):
                ledger.release(run.id, act)
                changed.append(ledger)
            self.runs.remove(run)
        self.save(*changed)

    def redirect(self, run: Run, hospital_id: str | None, bed_kind: str | None) -> None:
        act, before = self.act(), self._ledger(run)
        run.redirect(hospital_id, bed_kind, "gần hơn", act)
        for ledger in before:
            ledger.release(run.id, act)
        self.save(run, *before, *self._hold(run, act))

    def correct(self, run: Run, milestone: Milestone, happened_at: datetime) -> None:
        run.correct(milestone, happened_at, "bấm trễ", self.act())
        self.save(run)

    def count_beds(self, hospital_id: str, kind: str, staffed: int, occupied: int, blocked: int = 0) -> None:
        ledger = self.ledgers[hospital_id, kind]
        ledger.report(BedCount(staffed, occupied, blocked), self.act(actor="nurse"))
        self.save(ledger)

    def expire(self, hospital_id: str) -> None:
        act = self.act()
        mine = [ledger for (name, _), ledger in self.ledgers.items() if name == hospital_id]
        self.hospitals[hospital_id].expire_diversion(act)
        for ledger in mine:
            ledger.expire(act)
        self.save(self.hospitals[hospital_id], *mine)

    def divert(self, hospital_id: str, hours: float = 2, services: tuple[str, ...] = ()) -> None:
        self.hospitals[hospital_id].divert(
            "quá tải", services, self.now + timedelta(hours=hours), self.act(actor="nurse")
        )
        self.save(self.hospitals[hospital_id])

    def end_diversion(self, hospital_id: str) -> None:
        self.hospitals[hospital_id].end_diversion(self.act())
        self.save(self.hospitals[hospital_id])

    def close_street(self, closure: Closure) -> None:
        self.roads.close(closure, self.act())
        self.save(self.roads)

    def reopen_street(self, closure_id: UUID, reason: str = "nước rút") -> None:
        self.roads.reopen(closure_id, reason, self.act())
        self.save(self.roads)

    def slow_street(self, slowing: Slowing) -> None:
        self.roads.slow(slowing, self.act())
        self.save(self.roads)

    def end_slowing(self, slowing_id: UUID, reason: str = "thông xe") -> None:
        self.roads.end_slowing(slowing_id, reason, self.act())
        self.save(self.roads)

    def report_speeds(self, reports: tuple[SpeedReport, ...]) -> None:
        self.roads.report_speeds(reports, self.act(actor="sensors"))
        self.save(self.roads)

    def replace_traffic(
        self,
        closures: tuple[Closure, ...],
        slowings: tuple[Slowing, ...],
        reports: tuple[SpeedReport, ...],
    ) -> None:
        self.roads.replace(closures, slowings, reports, self.act())
        self.save(self.roads)

    def expire_traffic(self) -> None:
        self.roads.expire(self.act(actor="clock"))
        self.save(self.roads)

    def note(self, incident: Incident, text: str = "Hẻm hẹp, đi xe máy.") -> None:
        incident.note(self.mint(), text, self.act())
        self.save(incident)

    def reprioritise(self, incident: Incident, priority: str) -> None:
        incident.reprioritise(priority, Needs(("ALS",), ICU), "nặng hơn", self.act())
        self.save(incident)

    def relocate(self, incident: Incident, position: Position) -> None:
        incident.relocate(position, None, self.act())
        self.save(incident)

    def close(self, incident: Incident, reason: str = "xong", outcome: str | None = None) -> None:
        incident.close(reason, self.act(), outcome)
        self.incidents.remove(incident)
        self.save(incident)

    def receipt(self) -> Receipt:
        """Every view passes over it, and over the day book."""
        return Receipt(command_id=self.mint(), command="any", fingerprint="0", answer={}, act=self.act())

    def _hold(self, run: Run, act: Act) -> list[BedLedger]:
        held = [ledger for ledger in self._ledger(run) if not ledger.expire(act) and ledger.free > 0]
        for ledger in held:
            ledger.hold(run.id, run.callsign, act.at + timedelta(minutes=30), "", act)
        return self._ledger(run)

    def _ledger(self, run: Run) -> list[BedLedger]:
        if run.hospital_id is None or run.bed_kind is None:
            return []
        return [self.ledgers[run.hospital_id, run.bed_kind]]

    def _incident(self, run: Run) -> Incident:
        return next(incident for incident in self.incidents if incident.id == run.incident_id)


class ListedLog:
    """A log that is a list."""

    def __init__(self, log: Log) -> None:
        self.log = log

    def select(self, start: int, limit: int, stop: int | None) -> Log:
        wanted = [(seq, fact) for seq, fact in self.log if seq >= start and (stop is None or seq <= stop)]
        return wanted[:limit]


TITLED = {"breathing-red": ({"vi": "Khó thở nặng", "en": "Breathless"}, "breathing")}
"""Title and plan of a determinant, as cards tell them; facts of before tell neither."""


def a_hospital(name: str, act: Act) -> Hospital:
    return Hospital(
        hospital_id=name,
        code=name[:2].upper(),
        name={"cho-ray": "Bệnh viện Chợ Rẫy"}.get(name, f"Bệnh viện {name}"),
        name_en={"cho-ray": "Cho Ray Hospital"}.get(name, f"{name} hospital"),
        position=PLACES.get(name, Position(10.76, 106.68)),
        specialities=("trauma", "stroke"),
        act=act,
    )


def numbered(saves: Iterable[Save], first: int = 1) -> Log:
    """The facts of the saves with their places in the log."""
    return list(enumerate((fact for save in saves for fact in save), start=first))
