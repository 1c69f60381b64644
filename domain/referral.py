"""What passes between a run and the hospital it drives to: the question, the answer, and the pre-alert.

The question never holds up the ambulance: it drives on while the hospital thinks.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from domain.base import Aggregate, Beginning, Fact, event, natural_id
from domain.care_errors import BadAnswer, NothingAsked, ReasonWanted
from domain.news import refuse_what_is_overtaken
from domain.values import Act

ANSWERS = ("accept", "redirect")


class Referral(Aggregate):
    TOPIC = "Referral"

    class Opened(Beginning):
        TOPIC = "Referral.Opened"
        run_id: UUID
        incident_id: UUID
        incident_number: int
        callsign: str

    class Asked(Fact):
        """A hospital is asked to take the patient, and to say so until `answer_by`."""

        TOPIC = "Referral.Asked"
        run_id: UUID
        incident_id: UUID
        hospital_id: str
        bed_kind: str | None
        answer_by: datetime

    class Withdrawn(Fact):
        """The run goes nowhere for now."""

        TOPIC = "Referral.Withdrawn"
        run_id: UUID
        incident_id: UUID
        hospital_id: str

    class Answered(Fact):
        """`answer` is accept or redirect; `proposed` is the hospital to go to instead, where one is known."""

        TOPIC = "Referral.Answered"
        run_id: UUID
        incident_id: UUID
        hospital_id: str
        answer: str
        reason: str | None
        proposed: str | None

    class Unanswered(Fact):
        """The time ran out: the duty officer is told, and the next hospital proposed."""

        TOPIC = "Referral.Unanswered"
        run_id: UUID
        incident_id: UUID
        hospital_id: str
        proposed: str | None

    class PreAlerted(Fact):
        """What the crew tells of the patient; the last word replaces those before."""

        TOPIC = "Referral.PreAlerted"
        run_id: UUID
        incident_id: UUID
        hospital_id: str | None
        packet: dict[str, Any]

    @event(Opened)
    def __init__(
        self, run_id: UUID, incident_id: UUID, incident_number: int, callsign: str, act: Act
    ) -> None:
        self.run_id = run_id
        self.incident_id = incident_id
        self.callsign = callsign
        self.hospital_id: str | None = None
        self.bed_kind: str | None = None
        self.answer_by: datetime | None = None
        self.answered: str | None = None  # accept, redirect, or unanswered
        self.declined: tuple[str, ...] = ()  # hospitals that sent it on or did not answer
        self.packet: dict[str, Any] = {}
        self.packet_told_at: datetime | None = None

    @staticmethod
    def create_id(run_id: UUID) -> UUID:
        return natural_id("referrals", run_id)

    def ask(self, hospital_id: str, bed_kind: str | None, answer_by: datetime, act: Act) -> None:
        if (hospital_id, bed_kind) != (self.hospital_id, self.bed_kind):
            self._asked(
                run_id=self.run_id,
                incident_id=self.incident_id,
                hospital_id=hospital_id,
                bed_kind=bed_kind,
                answer_by=answer_by,
                act=act,
            )

    def withdraw(self, act: Act) -> None:
        if self.hospital_id is not None:
            self._withdrawn(
                run_id=self.run_id, incident_id=self.incident_id, hospital_id=self.hospital_id, act=act
            )

    def answer(
        self, hospital_id: str, answer: str, reason: str | None, proposed: str | None, act: Act
    ) -> None:
        """A late answer is an answer, and so is another one: people change their minds."""
        if answer not in ANSWERS:
            raise BadAnswer(answer=answer[:40])
        if answer == "redirect" and reason is None:
            raise ReasonWanted
        if self.hospital_id is None or hospital_id != self.hospital_id:
            raise NothingAsked(callsign=self.callsign, hospital=hospital_id)
        if answer == self.answered:
            return
        self._answered(
            run_id=self.run_id,
            incident_id=self.incident_id,
            hospital_id=hospital_id,
            answer=answer,
            reason=reason,
            proposed=proposed if answer == "redirect" else None,
            act=act,
        )

    def give_up(self, proposed: str | None, act: Act) -> None:
        """Nobody answered in time; before that time nothing happens."""
        late = self.answer_by is not None and self.answer_by <= act.heard_at
        if self.hospital_id is not None and self.answered is None and late:
            self._unanswered(
                run_id=self.run_id,
                incident_id=self.incident_id,
                hospital_id=self.hospital_id,
                proposed=proposed,
                act=act,
            )

    def pre_alert(self, packet: dict[str, Any], act: Act) -> None:
        if packet != self.packet:
            refuse_what_is_overtaken(self.callsign, act, self.packet_told_at)
            self._pre_alerted(
                run_id=self.run_id,
                incident_id=self.incident_id,
                hospital_id=self.hospital_id,
                packet=packet,
                act=act,
            )

    @event(Asked)
    def _asked(
        self,
        run_id: UUID,
        incident_id: UUID,
        hospital_id: str,
        bed_kind: str | None,
        answer_by: datetime,
        act: Act,
    ) -> None:
        self.hospital_id = hospital_id
        self.bed_kind = bed_kind
        self.answer_by = answer_by
        self.answered = None

    @event(Withdrawn)
    def _withdrawn(self, run_id: UUID, incident_id: UUID, hospital_id: str, act: Act) -> None:
        self.hospital_id = self.bed_kind = self.answer_by = self.answered = None

    @event(Answered)
    def _answered(
        self,
        run_id: UUID,
        incident_id: UUID,
        hospital_id: str,
        answer: str,
        reason: str | None,
        proposed: str | None,
        act: Act,
    ) -> None:
        self.answered = answer
        if answer == "redirect":
            self.declined = (*self.declined, hospital_id)

    @event(Unanswered)
    def _unanswered(
        self, run_id: UUID, incident_id: UUID, hospital_id: str, proposed: str | None, act: Act
    ) -> None:
        self.answered = "unanswered"
        self.declined = (*self.declined, hospital_id)

    @event(PreAlerted)
    def _pre_alerted(
        self,
        run_id: UUID,
        incident_id: UUID,
        hospital_id: str | None,
        packet: dict[str, Any],
        act: Act,
    ) -> None:
        self.packet = packet
        self.packet_told_at = act.at
