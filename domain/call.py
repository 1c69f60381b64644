"""A call is one conversation with someone who asks for help. It ends in an incident, or with a reason."""

from datetime import datetime
from typing import Any
from uuid import UUID

from domain.base import Aggregate, Beginning, Fact, event
from domain.call_errors import CallClaimed, CallNotInIncident
from domain.errors import CallAlreadySettled
from domain.former_titles import FORMER_TITLES
from domain.places_said import SaidPlace
from domain.triage import Instruction, Triage
from domain.triage_errors import OlderAnswers
from domain.values import Act, Position


class Call(Aggregate):
    TOPIC = "Call"

    class Received(Beginning):
        TOPIC = "Call.Received"
        call_id: UUID
        phone: str
        caller_name: str | None
        position: Position | None
        address: str | None
        complaint: str

    class Located(Fact):
        TOPIC = "Call.Located"
        position: Position
        address: str | None

    class Triaged(Fact):
        TOPIC = "Call.Triaged"
        protocol: str
        protocol_version: int
        answers: dict[str, str]
        determinant: str
        priority: str | None  # None where nobody needs an ambulance
        title: dict[str, str] | None  # of the determinant, vi and en; None where it was not told
        plan: str | None
        class_version = 2

        @staticmethod
        def upcast_v1_v2(state: dict[str, Any]) -> None:
            state["title"] = FORMER_TITLES.get(state["determinant"])
            state["plan"] = None

    class Instructed(Fact):
        """The caller is told what to do; the words as they were read out."""

        TOPIC = "Call.Instructed"
        instruction_id: UUID
        protocol: str
        protocol_version: int
        determinant: str
        step: str
        text: dict[str, str]
        metronome_bpm: int | None
        began_at: datetime

    class InstructionEnded(Fact):
        TOPIC = "Call.InstructionEnded"
        instruction_id: UUID
        ended_at: datetime

    class Referred(Fact):
        """A clinician is asked to look at it."""

        TOPIC = "Call.Referred"
        reason: str | None

    class PlaceSaid(Fact):
        """How we know where it is. `words` are the caller's own, where the address is another's wording."""

        TOPIC = "Call.PlaceSaid"
        source: str
        confidence: float | None
        ambiguous: bool
        words: str | None

    class Suspected(Fact):
        """Its number rang for nothing again and again. It waits behind others until `comes_up_at`."""

        TOPIC = "Call.Suspected"
        number: str
        score: float
        reasons: list[dict[str, str]]
        comes_up_at: datetime

    class Raised(Fact):
        """Somebody takes it for real: nothing holds it back any more."""

        TOPIC = "Call.Raised"
        reason: str | None

    class Claimed(Fact):
        """Somebody speaks with the caller, until they say otherwise or `until` passes."""

        TOPIC = "Call.Claimed"
        by: str
        until: datetime

    class Released(Fact):
        TOPIC = "Call.Released"
        by: str

    class Joined(Fact):
        TOPIC = "Call.Joined"
        incident_id: UUID

    class Separated(Fact):
        """It is about something else after all; the call is open again."""

        TOPIC = "Call.Separated"
        incident_id: UUID

    class Moved(Fact):
        """It went with its incident into another, or came back."""

        TOPIC = "Call.Moved"
        incident_id: UUID
        was_incident_id: UUID

    class Closed(Fact):
        TOPIC = "Call.Closed"
        reason: str

    class Concluded(Fact):
        TOPIC = "Call.Concluded"
        outcome: str  # one of domain/outcome.py

    @event(Received)
    def __init__(
        self,
        call_id: UUID,
        phone: str,
        caller_name: str | None,
        position: Position | None,
        address: str | None,
        complaint: str,
        act: Act,
    ) -> None:
        self.phone = phone
        self.rang_at = act.at
        self.position = position
        self.address = address
        self.said_address = address  # the caller's own words; no correction changes them
        self.complaint = complaint
        self.determinant: str | None = None
        self.priority: str | None = None
        self.plan: str | None = None
        self.title: dict[str, str] | None = None
        self.triages: dict[str, Triage] = {}  # the last by each card, the newest at the end
        self.instructions: dict[UUID, Instruction] = {}  # in the order they were begun
        self.referred = False
        self.incident_id: UUID | None = None
        self.closed_reason: str | None = None
        self.outcome: str | None = None
        self.place_said: SaidPlace | None = None
        self.suspected: str | None = None  # the number that is suspected, while it holds the call back
        self.claimed_by: str | None = None
        self.claimed_until: datetime | None = None

    @staticmethod
    def create_id(call_id: UUID) -> UUID:
        return call_id

    def locate(self, position: Position, address: str | None, act: Act) -> None:
        """Say where it is. Allowed as long as the conversation goes on, also within an incident."""
        self._refuse_if_closed()
        self._located(position=position, address=address, act=act)

    def say_place(self, said: SaidPlace, words: str | None, act: Act) -> None:
        """How the place is known that was said last."""
        if said != self.place_said or (words is not None and words != self.said_address):
            self._place_said(
                source=said.source,
                confidence=said.confidence,
                ambiguous=said.ambiguous,
                words=words,
                act=act,
            )

    def suspect(
        self, number: str, score: float, reasons: list[dict[str, str]], comes_up_at: datetime, act: Act
    ) -> None:
        self._suspected(number=number, score=score, reasons=reasons, comes_up_at=comes_up_at, act=act)

    def raise_to_real(self, reason: str | None, act: Act) -> None:
        """At any moment, by anybody at a desk. A call that nothing holds back stays as it is."""
        self._refuse_if_closed()
        if self.suspected is not None:
            self._raised(reason=reason, act=act)

    def claim(self, by: str, until: datetime, take_over: bool, act: Act) -> None:
        """Speak with the caller. Claimed again by the same hand, it lasts longer."""
        self._refuse_if_settled()
        held = self.claimed_until is not None and self.claimed_until > act.heard_at
        if held and self.claimed_by != by and not take_over:
            raise CallClaimed(call_id=self.id, by=self.claimed_by, until=self.claimed_until)
        self._claimed(by=by, until=until, act=act)

    def release(self, act: Act) -> None:
        if self.claimed_by is not None:
            self._released(by=self.claimed_by, act=act)

    def triage(
        self,
        protocol: str,
        protocol_version: int,
        answers: dict[str, str],
        determinant: str,
        priority: str | None,
        act: Act,
        title: dict[str, str] | None = None,
        plan: str | None = None,
    ) -> None:
        """Record the answers and what they mean. Asked again, the newest outcome counts.

        Newest is what was answered last, not what arrived last: a lost request sent again takes nothing back.
        """
        self._refuse_if_closed()
        outcome = Triage(protocol, protocol_version, answers, determinant, priority, act.at)
        if self.triages:
            newest = next(reversed(self.triages.values()))
            if newest.says_the_same(outcome):
                return
            if outcome.at < newest.at:
                raise OlderAnswers
        self._triaged(
            protocol=protocol,
            protocol_version=protocol_version,
            answers=answers,
            determinant=determinant,
            priority=priority,
            title=title,
            plan=plan,
            act=act,
        )

    def instruct(self, told: Instruction, act: Act) -> None:
        """A step is read out. Told twice it is one; said with an end later, it ends."""
        if told.instruction_id not in self.instructions:
            self._instructed(
                instruction_id=told.instruction_id,
                protocol=told.protocol,
                protocol_version=told.protocol_version,
                determinant=told.determinant,
                step=told.step,
                text=told.text,
                metronome_bpm=told.metronome_bpm,
                began_at=told.began_at,
                act=act,
            )
        if told.ended_at is not None and self.instructions[told.instruction_id].ended_at is None:
            self._instruction_ended(instruction_id=told.instruction_id, ended_at=told.ended_at, act=act)

    def refer(self, reason: str | None, act: Act) -> None:
        """Also a call that has its incident may be looked at by a clinician; one that is closed may not."""
        self._refuse_if_closed()
        self._referred(reason=reason, act=act)

    def join(self, incident_id: UUID, act: Act) -> None:
        if self.incident_id == incident_id:
            return
        self._refuse_if_closed()
        if self.incident_id is not None:
            raise CallAlreadySettled(call_id=self.id, status="in_incident", incident_id=self.incident_id)
        self._joined(incident_id=incident_id, act=act)

    def separate(self, act: Act) -> UUID:
        """Take it out of its incident, which is answered; the conversation is open again."""
        if self.incident_id is None:
            raise CallNotInIncident(call_id=self.id)
        incident_id = self.incident_id
        self._separated(incident_id=incident_id, act=act)
        return incident_id

    def move(self, incident_id: UUID, act: Act) -> None:
        """Go with the incident it belongs to."""
        if self.incident_id is not None and self.incident_id != incident_id:
            self._moved(incident_id=incident_id, was_incident_id=self.incident_id, act=act)

    def close(self, reason: str, act: Act, outcome: str | None = None) -> None:
        """End a call that needs no incident. A call that has one ends with it."""
        self._refuse_if_closed()
        if self.incident_id is not None:
            raise CallAlreadySettled(call_id=self.id, status="in_incident", incident_id=self.incident_id)
        self._closed(reason=reason, act=act)
        if outcome is not None:
            self._concluded(outcome=outcome, act=act)

    def _refuse_if_settled(self) -> None:
        self._refuse_if_closed()
        if self.incident_id is not None:
            raise CallAlreadySettled(call_id=self.id, status="in_incident", incident_id=self.incident_id)

    def _refuse_if_closed(self) -> None:
        if self.closed_reason is not None:
            raise CallAlreadySettled(call_id=self.id, status="closed", reason=self.closed_reason)

    @event(Located)
    def _located(self, position: Position, address: str | None, act: Act) -> None:
        self.position = position
        self.address = address or self.address
        self.said_address = self.said_address or address

    @event(Triaged)
    def _triaged(
        self,
        protocol: str,
        protocol_version: int,
        answers: dict[str, str],
        determinant: str,
        priority: str | None,
        title: dict[str, str] | None,
        plan: str | None,
        act: Act,
    ) -> None:
        self.determinant = determinant
        self.priority = priority
        self.title = title
        self.plan = plan
        self.triages.pop(protocol, None)
        self.triages[protocol] = Triage(protocol, protocol_version, answers, determinant, priority, act.at)

    @event(Instructed)
    def _instructed(
        self,
        instruction_id: UUID,
        protocol: str,
        protocol_version: int,
        determinant: str,
        step: str,
        text: dict[str, str],
        metronome_bpm: int | None,
        began_at: datetime,
        act: Act,
    ) -> None:
        said = protocol, protocol_version, determinant, step, text, metronome_bpm, began_at
        self.instructions[instruction_id] = Instruction(instruction_id, *said, ended_at=None)

    @event(InstructionEnded)
    def _instruction_ended(self, instruction_id: UUID, ended_at: datetime, act: Act) -> None:
        self.instructions[instruction_id] = self.instructions[instruction_id]._replace(ended_at=ended_at)

    @event(Referred)
    def _referred(self, reason: str | None, act: Act) -> None:
        self.referred = True

    @event(PlaceSaid)
    def _place_said(
        self, source: str, confidence: float | None, ambiguous: bool, words: str | None, act: Act
    ) -> None:
        self.place_said = SaidPlace(source, confidence, ambiguous)
        self.said_address = words or self.said_address

    @event(Suspected)
    def _suspected(
        self, number: str, score: float, reasons: list[Any], comes_up_at: datetime, act: Act
    ) -> None:
        self.suspected = number

    @event(Raised)
    def _raised(self, reason: str | None, act: Act) -> None:
        self.suspected = None

    @event(Claimed)
    def _claimed(self, by: str, until: datetime, act: Act) -> None:
        self.claimed_by, self.claimed_until = by, until

    @event(Released)
    def _released(self, by: str, act: Act) -> None:
        self.claimed_by = self.claimed_until = None

    @event(Joined)
    def _joined(self, incident_id: UUID, act: Act) -> None:
        self.incident_id = incident_id
        self.claimed_by = self.claimed_until = None

    @event(Separated)
    def _separated(self, incident_id: UUID, act: Act) -> None:
        self.incident_id = None

    @event(Moved)
    def _moved(self, incident_id: UUID, was_incident_id: UUID, act: Act) -> None:
        self.incident_id = incident_id

    @event(Closed)
    def _closed(self, reason: str, act: Act) -> None:
        self.closed_reason = reason

    @event(Concluded)
    def _concluded(self, outcome: str, act: Act) -> None:
        self.outcome = outcome
        self.claimed_by = self.claimed_until = None
