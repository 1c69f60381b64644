"""An incident is one need at one place. Calls join it, runs serve it."""

from typing import NamedTuple, TypeAlias
from uuid import UUID

from domain import incident_facts, merging_facts
from domain.base import Aggregate, event
from domain.call_errors import (
    IncidentMerged,
    OnlyCallOfIncident,
    PlaceUnconfirmed,
)
from domain.choosing_errors import BadAlarmLevel
from domain.errors import IncidentOver, IncidentStillServed
from domain.former_titles import FORMER_TITLES
from domain.known import Known, TriagedAs, but_for_news, together
from domain.places_said import SaidPlace
from domain.values import Act, Needs, Position

HIGHEST_ALARM = 3


class Absorption(NamedTuple):
    """What an incident brought that was merged into another, and what was known of it."""

    call_ids: tuple[UUID, ...]
    run_ids: tuple[UUID, ...]
    known: Known


class Incident(Aggregate):
    TOPIC = "Incident"

    Opened: TypeAlias = incident_facts.Opened
    CallJoined: TypeAlias = incident_facts.CallJoined
    Quoted: TypeAlias = incident_facts.Quoted
    CallSeparated: TypeAlias = incident_facts.CallSeparated
    PlaceSaid: TypeAlias = incident_facts.PlaceSaid
    PlaceConfirmed: TypeAlias = incident_facts.PlaceConfirmed
    Merged: TypeAlias = merging_facts.Merged
    Unmerged: TypeAlias = merging_facts.Unmerged
    Absorbed: TypeAlias = merging_facts.Absorbed
    Combined: TypeAlias = merging_facts.Combined
    GaveBack: TypeAlias = merging_facts.GaveBack
    Triaged: TypeAlias = incident_facts.Triaged
    SafetyCalled: TypeAlias = incident_facts.SafetyCalled
    Reprioritised: TypeAlias = incident_facts.Reprioritised
    Relocated: TypeAlias = incident_facts.Relocated
    Noted: TypeAlias = incident_facts.Noted
    Remembered: TypeAlias = incident_facts.Remembered
    RunOpened: TypeAlias = incident_facts.RunOpened
    RunEnded: TypeAlias = incident_facts.RunEnded
    DangerTold: TypeAlias = incident_facts.DangerTold
    Closed: TypeAlias = incident_facts.Closed
    AlarmLevelSet: TypeAlias = incident_facts.AlarmLevelSet
    PatientsTagged: TypeAlias = incident_facts.PatientsTagged
    BedKept: TypeAlias = incident_facts.BedKept
    UnitTaken: TypeAlias = merging_facts.UnitTaken
    UnitGained: TypeAlias = merging_facts.UnitGained
    Concluded: TypeAlias = incident_facts.Concluded

    @event(Opened)
    def __init__(
        self,
        incident_id: UUID,
        number: int,
        call_id: UUID,
        position: Position,
        address: str | None,
        complaint: str,
        determinant: str | None,
        priority: str,
        patients: int,
        needs: Needs,
        act: Act,
    ) -> None:
        self.number = number
        self.call_ids = [call_id]
        self.position = position
        self.address = address
        self.priority = priority
        self.determinant = determinant
        self.title = FORMER_TITLES.get(determinant or "")
        self.plan: str | None = None
        self.triaged_by: UUID | None = None  # the call whose answers count
        self.triaged_in: UUID | None = None  # the order that told them last
        self.found_by: tuple[str, int] | None = None  # card and version that told the determinant
        self.set_by_hand = False  # whether a person chose the priority, against the answers or after them
        self.safety_calls: set[UUID] = set()
        self.patients = patients
        self.needs = needs
        self.notes: set[UUID] = set()
        self.remembered: set[bool] = set()  # whether for a note (False), for a danger (True)
        self.serving: dict[UUID, str] = {}
        self.run_ids: list[UUID] = []  # all that ever served it, in order, those that are over too
        self.said_place: SaidPlace | None = None
        self.place_doubted = False
        self.words: dict[UUID, tuple[str | None, str]] = {call_id: (address, complaint)}
        self.merged_into: tuple[UUID, int] | None = None
        self.absorbed: dict[UUID, Absorption] = {}
        self.closed_reason: str | None = None
        self.alarm_level = 1
        self.outcome: str | None = None
        self.danger: str | None = None
        self.kept: tuple[str, str] | None = None  # hospital and kind of the bed it has without a run
        self.own = self.known()  # before anything was absorbed

    @staticmethod
    def create_id(incident_id: UUID) -> UUID:
        return incident_id

    def join_call(self, call_id: UUID, act: Act) -> None:
        if call_id in self.call_ids and self.merged_into is None:  # what was merged still knows what it had
            return
        self.refuse_if_over()
        self._call_joined(call_id=call_id, act=act)

    def separate_call(self, call_id: UUID, act: Act) -> None:
        if self.call_ids == [call_id]:
            raise OnlyCallOfIncident(number=self.number)
        if call_id in self.call_ids:
            self._call_separated(call_id=call_id, act=act)

    def quote(self, call_id: UUID, address: str | None, complaint: str, act: Act) -> None:
        """Keep the words of one of its callers as they were said; no correction changes them."""
        if self.words.get(call_id) != (address, complaint):
            self._quoted(call_id=call_id, address=address, complaint=complaint, act=act)

    def caller_words(self) -> tuple[str | None, str]:
        """Address and complaint as the first of its callers said them."""
        return next(iter(self.words.values()), (self.address, ""))

    def say_place(self, said: SaidPlace, certain: bool, act: Act) -> None:
        """How the place is known."""
        if (said, certain) != (self.said_place, not self.place_doubted):
            self._place_said(
                source=said.source,
                confidence=said.confidence,
                ambiguous=said.ambiguous,
                certain=certain,
                act=act,
            )

    def confirm_place(self, act: Act) -> None:
        self.refuse_if_over()
        if self.place_doubted:
            self._place_confirmed(act=act)

    def known(self) -> Known:
        triage = None
        if self.determinant is not None:
            triage = TriagedAs(self.determinant, self.title, self.plan, self.triaged_by, self.found_by)
        return Known((self.priority, self.needs), triage, self.danger, self.alarm_level, self.patients)

    def known_together(self) -> Known:
        """Of itself and all it absorbed, as long as nobody says otherwise."""
        return together(self.own, *(each.known for each in self.absorbed.values()))

    # --- what `domain/merging.py` tells both sides; it has judged before ------------------------

    def absorb(self, other: "Incident", act: Act) -> None:
        self._absorbed(
            incident_id=other.id,
            number=other.number,
            call_ids=list(other.call_ids),
            run_ids=list(other.run_ids),
            priority=other.priority,
            needs=other.needs,
            was_priority=self.priority,
            was_needs=self.needs,
            determinant=other.determinant,
            title=other.title,
            plan=other.plan,
            triaged_by=other.triaged_by,
            protocol=other.found_by[0] if other.found_by else None,
            protocol_version=other.found_by[1] if other.found_by else None,
            danger=other.danger,
            alarm_level=other.alarm_level,
            patients=other.patients,
            act=act,
        )

    def combine(self, known: Known, other_number: int, act: Act) -> None:
        """What is known with the other, or without it again; `warn` tells of the danger."""
        self.reprioritise(*known.urgency, f"#{other_number}", act)
        if (known.triage, known.patients) != (self.known().triage, self.patients):
            said = known.triage
            self._combined(
                other_number=other_number,
                determinant=said.determinant if said else None,
                title=said.title if said else None,
                plan=said.plan if said else None,
                triaged_by=said.call_id if said else None,
                protocol=said.card[0] if said and said.card else None,
                protocol_version=said.card[1] if said and said.card else None,
                patients=known.patients,
                was_patients=self.patients,
                act=act,
            )
        self.set_alarm_level(known.alarm_level, f"#{other_number}", act)

    def warn(self, danger: str | None, run_ids: list[UUID], act: Act) -> None:
        """As `tell_danger`, and those who come or go with another incident hear it though it is as it was."""
        if danger != self.danger:
            self.tell_danger(danger, act)
        elif unheard := [each for each in run_ids if each in self.serving]:
            self._danger_told(danger=danger, run_ids=unheard, act=act)

    def give_back(
        self, incident_id: UUID, number: int, call_ids: list[UUID], run_ids: list[UUID], act: Act
    ) -> None:
        self._gave_back(incident_id=incident_id, number=number, call_ids=call_ids, run_ids=run_ids, act=act)

    def go_into(self, into_id: UUID, into_number: int, act: Act) -> None:
        self._merged(into_id=into_id, into_number=into_number, act=act)

    def come_back(self, into_id: UUID, into_number: int, call_ids: list[UUID], act: Act) -> None:
        self._unmerged(into_id=into_id, into_number=into_number, call_ids=call_ids, act=act)

    def take_run(self, run_id: UUID, callsign: str, act: Act) -> None:
        self._run_opened(run_id=run_id, callsign=callsign, act=act)

    # --------------------------------------------------------------------------------------------

    def triage(
        self,
        call_id: UUID,
        protocol: tuple[str, int] | None,
        determinant: str,
        title: dict[str, str],
        plan: str,
        priority: str | None,
        act: Act,
    ) -> None:
        """What it is, by the answers of one of its calls. protocol : the card and its version, where one was
        used; priority : what the determinant asks for."""
        self.refuse_if_over()
        if (call_id, determinant, plan) == (self.triaged_by, self.determinant, self.plan):
            return
        card, version = protocol or (None, None)
        self._triaged(
            call_id=call_id,
            protocol=card,
            protocol_version=version,
            determinant=determinant,
            title=title,
            plan=plan,
            priority=priority,
            act=act,
        )

    def record_safety_call(self, safety_call_id: UUID, finding: str, note: str | None, act: Act) -> None:
        self.refuse_if_over()
        if safety_call_id not in self.safety_calls:
            self._safety_called(safety_call_id=safety_call_id, finding=finding, note=note, act=act)

    def reprioritise(self, priority: str, needs: Needs, reason: str | None, act: Act) -> None:
        self.refuse_if_over()
        if priority != self.priority or needs != self.needs:
            self._reprioritised(priority=priority, was=self.priority, needs=needs, reason=reason, act=act)

    def relocate(self, position: Position, address: str | None, act: Act) -> None:
        self.refuse_if_over()
        self._relocated(position=position, address=address, act=act)
        for dangerous in sorted(self.remembered):
            self._remembered(position=position, dangerous=dangerous, act=act)

    def note(self, note_id: UUID, text: str, act: Act) -> None:
        """Notes may follow after the end: the crew remembers something on the way home."""
        if note_id not in self.notes:
            self._noted(note_id=note_id, text=text, act=act)
            self._remember(False, act)

    def tell_danger(self, danger: str | None, act: Act) -> None:
        self.refuse_if_over()
        if danger != self.danger:
            self._danger_told(danger=danger, run_ids=list(self.serving), act=act)
            if danger is not None:
                self._remember(True, act)

    def open_run(self, run_id: UUID, callsign: str, act: Act) -> None:
        self.refuse_if_over()
        if self.place_doubted:
            raise PlaceUnconfirmed(incident_id=self.id, number=self.number, **_doubt(self.said_place))
        if run_id not in self.serving:
            self._run_opened(run_id=run_id, callsign=callsign, act=act)

    def end_run(self, run_id: UUID, outcome: str, act: Act) -> None:
        if run_id in self.serving:
            self._run_ended(run_id=run_id, callsign=self.serving[run_id], outcome=outcome, act=act)

    def set_alarm_level(self, level: int, reason: str, act: Act) -> None:
        self.refuse_if_over()
        if not 1 <= level <= HIGHEST_ALARM:
            raise BadAlarmLevel(level=level, highest=HIGHEST_ALARM)
        if level != self.alarm_level:
            self._alarm_level_set(level=level, was=self.alarm_level, reason=reason, act=act)

    def keep_bed(self, hospital_id: str, bed_kind: str, act: Act) -> None:
        self.refuse_if_over()
        if self.kept != (hospital_id, bed_kind):
            self._bed_kept(hospital_id=hospital_id, bed_kind=bed_kind, act=act)

    def tag_patients(self, count: int, act: Act) -> None:
        """Somebody must be able to come for them: not where it is over."""
        self.refuse_if_over()
        self._patients_tagged(count=count, act=act)

    def give_unit_to(self, other: "Incident", run_id: UUID, callsign: str, reason: str, act: Act) -> None:
        """`dispatch/handlers/preempt_unit.py` has judged that the other is more urgent."""
        self._unit_taken(
            run_id=run_id,
            callsign=callsign,
            to_incident_id=other.id,
            to_number=other.number,
            to_priority=other.priority,
            reason=reason,
            act=act,
        )

    def gain_unit_of(self, other: "Incident", run_id: UUID, callsign: str, reason: str, act: Act) -> None:
        self._unit_gained(
            run_id=run_id,
            callsign=callsign,
            from_incident_id=other.id,
            from_number=other.number,
            from_priority=other.priority,
            reason=reason,
            act=act,
        )

    def close(self, reason: str, act: Act, outcome: str | None = None) -> None:
        self.refuse_if_over()
        if self.serving:
            callsigns = ", ".join(sorted(self.serving.values()))
            raise IncidentStillServed(number=self.number, callsigns=callsigns)
        self._closed(reason=reason, act=act)
        if outcome is not None:
            self._concluded(outcome=outcome, act=act)

    def _remember(self, dangerous: bool, act: Act) -> None:
        if dangerous not in self.remembered:
            self._remembered(position=self.position, dangerous=dangerous, act=act)

    @property
    def is_over(self) -> bool:
        """Closed, or merged into another."""
        return self.closed_reason is not None or self.merged_into is not None

    def refuse_if_over(self) -> None:
        if self.closed_reason is not None:
            raise IncidentOver(number=self.number, incident_id=self.id, reason=self.closed_reason)
        self.refuse_if_merged()

    def refuse_if_merged(self) -> None:
        if self.merged_into is not None:
            into_id, into_number = self.merged_into
            raise IncidentMerged(number=self.number, into_id=into_id, into_number=into_number)

    @event(CallJoined)
    def _call_joined(self, call_id: UUID, act: Act) -> None:
        self.call_ids.append(call_id)

    @event(Quoted)
    def _quoted(self, call_id: UUID, address: str | None, complaint: str, act: Act) -> None:
        self.words[call_id] = address, complaint

    @event(CallSeparated)
    def _call_separated(self, call_id: UUID, act: Act) -> None:
        self.call_ids.remove(call_id)
        self.words.pop(call_id, None)

    @event(PlaceSaid)
    def _place_said(
        self,
        source: str,
        confidence: float | None,
        ambiguous: bool,
        certain: bool,
        act: Act,
    ) -> None:
        self.said_place = SaidPlace(source, confidence, ambiguous)
        self.place_doubted = not certain

    @event(PlaceConfirmed)
    def _place_confirmed(self, act: Act) -> None:
        self.place_doubted = False

    @event(Merged)
    def _merged(self, into_id: UUID, into_number: int, act: Act) -> None:
        self.merged_into = into_id, into_number

    @event(Unmerged)
    def _unmerged(self, into_id: UUID, into_number: int, call_ids: list[UUID], act: Act) -> None:
        self.merged_into = None
        self.call_ids = list(call_ids)

    @event(Absorbed)
    def _absorbed(
        self,
        incident_id: UUID,
        number: int,
        call_ids: list[UUID],
        run_ids: list[UUID],
        priority: str,
        needs: Needs,
        was_priority: str,
        was_needs: Needs,
        determinant: str | None,
        title: dict[str, str] | None,
        plan: str | None,
        triaged_by: UUID | None,
        protocol: str | None,
        protocol_version: int | None,
        danger: str | None,
        alarm_level: int,
        patients: int,
        act: Act,
    ) -> None:
        self.own = but_for_news(self.known_together(), self.known(), self.own)
        card = None if protocol is None or protocol_version is None else (protocol, protocol_version)
        triage = None if determinant is None else TriagedAs(determinant, title, plan, triaged_by, card)
        known = Known((priority, needs), triage, danger, alarm_level, patients)
        self.absorbed[incident_id] = Absorption(tuple(call_ids), tuple(run_ids), known)
        self.call_ids.extend(call_ids)
        self.run_ids.extend(run_ids)

    @event(Combined)
    def _combined(
        self,
        other_number: int,
        determinant: str | None,
        title: dict[str, str] | None,
        plan: str | None,
        triaged_by: UUID | None,
        protocol: str | None,
        protocol_version: int | None,
        patients: int,
        was_patients: int,
        act: Act,
    ) -> None:
        self.determinant, self.title, self.plan = determinant, title, plan
        self.triaged_by = triaged_by
        self.found_by = None if protocol is None or protocol_version is None else (protocol, protocol_version)
        self.patients = patients

    @event(GaveBack)
    def _gave_back(
        self, incident_id: UUID, number: int, call_ids: list[UUID], run_ids: list[UUID], act: Act
    ) -> None:
        self.absorbed.pop(incident_id, None)
        self.call_ids = [each for each in self.call_ids if each not in call_ids]
        self.run_ids = [each for each in self.run_ids if each not in run_ids]
        self.words = {its_id: said for its_id, said in self.words.items() if its_id not in call_ids}

    @event(Triaged)
    def _triaged(
        self,
        call_id: UUID,
        protocol: str | None,
        protocol_version: int | None,
        determinant: str,
        title: dict[str, str],
        plan: str,
        priority: str | None,
        act: Act,
    ) -> None:
        self.triaged_by = call_id
        self.triaged_in = act.command_id
        self.found_by = None if protocol is None or protocol_version is None else (protocol, protocol_version)
        self.determinant = determinant
        self.title = title
        self.plan = plan
        self.set_by_hand = self.set_by_hand or (priority is not None and priority != self.priority)

    @event(SafetyCalled)
    def _safety_called(self, safety_call_id: UUID, finding: str, note: str | None, act: Act) -> None:
        self.safety_calls.add(safety_call_id)

    @event(Reprioritised)
    def _reprioritised(self, priority: str, was: str, needs: Needs, reason: str | None, act: Act) -> None:
        self.set_by_hand = act.command_id != self.triaged_in
        self.priority = priority
        self.needs = needs

    @event(Relocated)
    def _relocated(self, position: Position, address: str | None, act: Act) -> None:
        self.position = position
        self.address = address or self.address

    @event(Noted)
    def _noted(self, note_id: UUID, text: str, act: Act) -> None:
        self.notes.add(note_id)

    @event(Remembered)
    def _remembered(self, position: Position, dangerous: bool, act: Act) -> None:
        self.remembered.add(dangerous)

    @event(DangerTold)
    def _danger_told(self, danger: str | None, run_ids: list[UUID], act: Act) -> None:
        self.danger = danger

    @event(RunOpened)
    def _run_opened(self, run_id: UUID, callsign: str, act: Act) -> None:
        self.serving[run_id] = callsign
        if run_id not in self.run_ids:
            self.run_ids.append(run_id)

    @event(RunEnded)
    def _run_ended(self, run_id: UUID, callsign: str, outcome: str, act: Act) -> None:
        self.serving.pop(run_id, None)

    @event(Closed)
    def _closed(self, reason: str, act: Act) -> None:
        self.closed_reason = reason

    @event(AlarmLevelSet)
    def _alarm_level_set(self, level: int, was: int, reason: str, act: Act) -> None:
        self.alarm_level = level

    @event(BedKept)
    def _bed_kept(self, hospital_id: str, bed_kind: str, act: Act) -> None:
        self.kept = hospital_id, bed_kind

    @event(PatientsTagged)
    def _patients_tagged(self, count: int, act: Act) -> None:
        """The roll knows who they are."""

    @event(UnitTaken)
    def _unit_taken(
        self,
        run_id: UUID,
        callsign: str,
        to_incident_id: UUID,
        to_number: int,
        to_priority: str,
        reason: str,
        act: Act,
    ) -> None:
        """The end of its run says the rest."""

    @event(UnitGained)
    def _unit_gained(
        self,
        run_id: UUID,
        callsign: str,
        from_incident_id: UUID,
        from_number: int,
        from_priority: str,
        reason: str,
        act: Act,
    ) -> None:
        """The beginning of its run says the rest."""

    @event(Concluded)
    def _concluded(self, outcome: str, act: Act) -> None:
        self.outcome = outcome


def _doubt(said: SaidPlace | None) -> dict[str, str]:
    """Why a place is not certain, in words."""
    if said is None:
        return {"why": "unknown", "why_vi": "chưa rõ"}
    if said.ambiguous:
        return {"why": "the same words may mean another place", "why_vi": "cùng lời ấy có thể là nơi khác"}
    percent = round((said.confidence or 0.0) * 100)
    return {"why": f"confidence {percent} %", "why_vi": f"độ tin cậy {percent} %"}
