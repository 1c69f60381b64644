"""A patient of an incident who has a tag of their own: a colour, a destination, a bed, and a clock.

Most incidents have one patient whom nobody tags; then the run stands for them. Where there are several, each
goes their own way.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from domain.base import Aggregate, Beginning, Fact, event
from domain.care_errors import PatientGone
from domain.news import refuse_what_is_overtaken
from domain.values import Act


class Stage(StrEnum):
    """How far a patient is, in the order of a whole way."""

    AT_SCENE = "at_scene"
    ABOARD = "aboard"
    ON_THE_WAY = "on_the_way"
    AT_HOSPITAL = "at_hospital"
    HANDED_OVER = "handed_over"
    ENDED = "ended"


BEFORE_HOSPITAL = (Stage.AT_SCENE, Stage.ABOARD, Stage.ON_THE_WAY)
AGE_BANDS = ("infant", "child", "adult", "elderly")
SEXES = ("F", "M")
OUTCOMES = ("treated_on_scene", "refused", "dead", "mistaken", "incident_closed")
"""How a patient's way ends without a hospital."""


class PutOff(NamedTuple):
    """Off which run, since when aboard it, and when we heard of it."""

    run_id: UUID
    since: datetime
    heard_at: datetime


class Patient(Aggregate):
    TOPIC = "Patient"

    class Entered(Beginning):
        TOPIC = "Patient.Entered"
        patient_id: UUID
        incident_id: UUID
        incident_number: int
        tag: str
        category: str | None
        age_band: str | None
        sex: str | None

    class Triaged(Fact):
        """`method` is start, jumpstart or said; `findings` are the answers that led to the colour."""

        TOPIC = "Patient.Triaged"
        incident_id: UUID
        tag: str
        category: str
        was: str | None
        method: str
        findings: dict[str, Any]

    class Destined(Fact):
        TOPIC = "Patient.Destined"
        incident_id: UUID
        tag: str
        hospital_id: str | None
        bed_kind: str | None
        was_hospital_id: str | None
        reason: str | None

    class Boarded(Fact):
        TOPIC = "Patient.Boarded"
        incident_id: UUID
        tag: str
        run_id: UUID
        callsign: str

    class Alighted(Fact):
        """Off the run again, at the scene."""

        TOPIC = "Patient.Alighted"
        incident_id: UUID
        tag: str
        run_id: UUID

    class Reboarded(Fact):
        """The end of its run was undone: aboard it as before, since the same moment."""

        TOPIC = "Patient.Reboarded"
        incident_id: UUID
        tag: str
        run_id: UUID
        callsign: str
        since: datetime

    class Moved(Fact):
        """The clock of this patient alone: on the way, at the hospital, handed over."""

        TOPIC = "Patient.Moved"
        incident_id: UUID
        tag: str
        stage: str
        hospital_id: str | None

    class TurnedBack(Fact):
        """The step of its run was undone: the patient, too, is where it was, and bound where it was bound."""

        TOPIC = "Patient.TurnedBack"
        incident_id: UUID
        tag: str
        stage: str  # that was not reached after all
        back_to: str
        hospital_id: str | None

    class Ended(Fact):
        TOPIC = "Patient.Ended"
        incident_id: UUID
        tag: str
        outcome: str

    @event(Entered)
    def __init__(
        self,
        patient_id: UUID,
        incident_id: UUID,
        incident_number: int,
        tag: str,
        category: str | None,
        age_band: str | None,
        sex: str | None,
        act: Act,
    ) -> None:
        self.incident_id = incident_id
        self.incident_number = incident_number
        self.tag = tag
        self.category = category
        self.sorted_at: datetime | None = act.at if category is not None else None
        self.off_at: datetime | None = None
        self.age_band = age_band
        self.sex = sex
        self.stage: str = Stage.AT_SCENE
        self.hospital_id: str | None = None
        self.bed_kind: str | None = None
        self.run_id: UUID | None = None
        self.put_off: PutOff | None = None  # the last time, until somebody boards them again
        self.findings: dict[str, Any] = {}
        self.times: dict[str, datetime] = {Stage.AT_SCENE: act.at}
        self.came_from: dict[
            str, tuple[str, str | None]
        ] = {}  # each stage since: from which, bound for where

    @staticmethod
    def create_id(patient_id: UUID) -> UUID:
        return patient_id

    @property
    def before_hospital(self) -> bool:
        return self.stage in BEFORE_HOSPITAL

    @property
    def under_way(self) -> bool:
        """With a crew: from boarding until the hospital took over."""
        return self.stage in (Stage.ABOARD, Stage.ON_THE_WAY, Stage.AT_HOSPITAL)

    def triage(self, category: str, method: str, findings: dict[str, Any], act: Act) -> None:
        if self.stage in (Stage.HANDED_OVER, Stage.ENDED):
            raise self._gone()
        if (category, findings) != (self.category, self.findings):
            refuse_what_is_overtaken(self.tag, act, self.sorted_at)
            self._triaged(
                incident_id=self.incident_id,
                tag=self.tag,
                category=category,
                was=self.category,
                method=method,
                findings=findings,
                act=act,
            )

    def send_to(self, hospital_id: str | None, bed_kind: str | None, reason: str | None, act: Act) -> None:
        if not self.before_hospital:
            raise self._gone()
        if (hospital_id, bed_kind) != (self.hospital_id, self.bed_kind):
            self._destined(
                incident_id=self.incident_id,
                tag=self.tag,
                hospital_id=hospital_id,
                bed_kind=bed_kind,
                was_hospital_id=self.hospital_id,
                reason=reason,
                act=act,
            )

    def refuse_overtaken_loading(self, run_id: UUID | None, act: Act) -> None:
        """Somebody put them aboard since, or off this run. Whom one run left may be aboard another."""
        off_this_one = self.put_off is not None and self.put_off.run_id == run_id
        said_at = self.off_at if off_this_one else self.times.get(Stage.ABOARD)
        refuse_what_is_overtaken(self.tag, act, said_at)

    def board(self, run_id: UUID, callsign: str, act: Act) -> None:
        """Put aboard, or taken over from another crew at the scene."""
        if self.run_id == run_id:
            return
        if self.stage not in (Stage.AT_SCENE, Stage.ABOARD):
            raise self._gone()
        self._boarded(incident_id=self.incident_id, tag=self.tag, run_id=run_id, callsign=callsign, act=act)

    def alight(self, act: Act) -> None:
        if self.run_id is None:
            return
        if self.stage != Stage.ABOARD:
            raise self._gone()
        self._alighted(incident_id=self.incident_id, tag=self.tag, run_id=self.run_id, act=act)

    def waits_since(self, run_id: UUID, heard_at: datetime) -> bool:
        """Whether what we heard then put them off that run, and nobody has taken them since."""
        off = self.put_off
        return (
            self.stage == Stage.AT_SCENE
            and off is not None
            and (off.run_id, off.heard_at) == (run_id, heard_at)
        )

    def board_again(self, callsign: str, act: Act) -> None:
        """They were never off the run: its end was a mistake."""
        if self.put_off is not None and self.stage == Stage.AT_SCENE:
            self._reboarded(
                incident_id=self.incident_id,
                tag=self.tag,
                run_id=self.put_off.run_id,
                callsign=callsign,
                since=self.put_off.since,
                act=act,
            )

    def move(self, stage: Stage, hospital_id: str | None, act: Act) -> None:
        """Onwards only: who is further already stays there."""
        course = list(Stage)
        if course.index(stage) > course.index(Stage(self.stage)):
            self._moved(
                incident_id=self.incident_id,
                tag=self.tag,
                stage=stage.value,
                hospital_id=hospital_id or self.hospital_id,
                act=act,
            )

    def turn_back(self, stage: Stage, act: Act) -> None:
        """The last step was a mistake. Whoever is not at that stage has another clock."""
        if self.stage == stage and stage in self.came_from:
            back_to, hospital_id = self.came_from[stage]
            self._turned_back(
                incident_id=self.incident_id,
                tag=self.tag,
                stage=stage.value,
                back_to=back_to,
                hospital_id=hospital_id,
                act=act,
            )

    def end(self, outcome: str, act: Act) -> None:
        """Without a hospital. Whoever was brought to one has come to the end of this way already."""
        if self.stage == Stage.ENDED:
            return
        if not self.before_hospital:
            raise self._gone()
        self._ended(incident_id=self.incident_id, tag=self.tag, outcome=outcome, act=act)

    def _gone(self) -> PatientGone:
        return PatientGone(tag=self.tag, state=self.stage)

    @event(Triaged)
    def _triaged(
        self,
        incident_id: UUID,
        tag: str,
        category: str,
        was: str | None,
        method: str,
        findings: dict[str, Any],
        act: Act,
    ) -> None:
        self.category = category
        self.findings = findings
        self.sorted_at = act.at

    @event(Destined)
    def _destined(
        self,
        incident_id: UUID,
        tag: str,
        hospital_id: str | None,
        bed_kind: str | None,
        was_hospital_id: str | None,
        reason: str | None,
        act: Act,
    ) -> None:
        self.hospital_id = hospital_id
        self.bed_kind = bed_kind

    @event(Boarded)
    def _boarded(self, incident_id: UUID, tag: str, run_id: UUID, callsign: str, act: Act) -> None:
        self._be_aboard(run_id, act.at)

    @event(Reboarded)
    def _reboarded(
        self, incident_id: UUID, tag: str, run_id: UUID, callsign: str, since: datetime, act: Act
    ) -> None:
        self._be_aboard(run_id, since)

    def _be_aboard(self, run_id: UUID, since: datetime) -> None:
        self.run_id = run_id
        self.put_off = None
        self.stage = Stage.ABOARD
        self.times[Stage.ABOARD] = since

    @event(Alighted)
    def _alighted(self, incident_id: UUID, tag: str, run_id: UUID, act: Act) -> None:
        self.put_off = PutOff(run_id, self.times.pop(Stage.ABOARD, act.at), act.heard_at)
        self.run_id = None
        self.off_at = act.at
        self.stage = Stage.AT_SCENE

    @event(Moved)
    def _moved(self, incident_id: UUID, tag: str, stage: str, hospital_id: str | None, act: Act) -> None:
        self.came_from[stage] = self.stage, self.hospital_id
        self.stage = stage
        self.hospital_id = hospital_id
        self.times[stage] = act.at

    @event(TurnedBack)
    def _turned_back(
        self, incident_id: UUID, tag: str, stage: str, back_to: str, hospital_id: str | None, act: Act
    ) -> None:
        self.stage = back_to
        self.hospital_id = hospital_id
        self.times.pop(stage, None)

    @event(Ended)
    def _ended(self, incident_id: UUID, tag: str, outcome: str, act: Act) -> None:
        self.stage = Stage.ENDED
        self.run_id = None
        self.times[Stage.ENDED] = act.at
