"""Bodies of the orders a client may give."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from domain.places_said import SaidPlace
from domain.plain_text import plain
from domain.values import BedCount, Position, ReadBeds

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)


def _of_our_time(moment: datetime) -> datetime:
    """In UTC. The year 1 or 9999 of a broken clock is no moment: at the edge of the calendar it has no time
    in UTC at all."""
    if moment < EARLIEST:
        raise PydanticCustomError("before_2000", "is before the year 2000")
    if moment >= LATEST:
        raise PydanticCustomError("after_2200", "is after the year 2200")
    return moment.astimezone(UTC)


Text = Annotated[str, Field(max_length=2000)]
Short = Annotated[str, Field(max_length=200)]
Number = Annotated[float, Field(strict=True)]
"""A number as JSON knows it: neither "10.7" nor true."""
Beds = Annotated[int, Field(strict=True, le=99_999)]
Moment = Annotated[AwareDatetime, AfterValidator(_of_our_time)]


def _plain(said: Any) -> Any:
    match said:
        case str():
            return plain(said)
        case dict():
            return {_plain(name): _plain(value) for name, value in said.items()}
        case list():
            return [_plain(value) for value in said]
    return said


class Order(BaseModel):
    """Text, names and keys are composed (NFC) and lose what nobody sees: control characters, and marks that
    turn words round."""

    model_config = ConfigDict(extra="ignore", allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _without_unseen_marks(cls, said: Any) -> Any:
        return _plain(said)


class Place(Order):
    lat: Number
    lon: Number

    def position(self) -> Position:
        return Position(self.lat, self.lon)


class SaidOfPlace(Order):
    """How a position is known, as GET /places answers it; all may be left out.

    place_source : gazetteer, map, caller_phone, coordinates or words
    address_said : the caller's own words, where `address` is somebody else's wording
    """

    place_source: Short | None = None
    confidence: Number | None = None
    ambiguous: bool | None = None
    address_said: Text | None = None

    def place(self) -> SaidPlace | None:
        """None where nobody said how it is known."""
        said = (self.place_source, self.confidence, self.ambiguous, self.address_said)
        if said == (None, None, None, None):
            return None
        return SaidPlace(self.place_source or "words", self.confidence, bool(self.ambiguous))


class NewCall(SaidOfPlace):
    id: UUID | None = None
    phone: Short
    caller_name: Short | None = None
    position: Place | None = None
    address: Text | None = None
    complaint: Text
    at: Moment | None = None


class NewPosition(SaidOfPlace):
    position: Place
    address: Text | None = None


class Reason(Order):
    reason: Short


class Ending(Order):
    """Why it is closed, how it came out (one of domain/outcome.py), or both."""

    reason: Short | None = None
    outcome: Short | None = None


class JoinIncident(Order):
    incident_id: UUID


class NewIncident(SaidOfPlace):
    id: UUID | None = None
    call_id: UUID
    position: Place
    determinant: Short | None = None
    priority: Short | None = None
    patients: Annotated[int, Field(strict=True)] = 1


class NewPriority(Order):
    priority: Short
    reason: Short | None = None


class NewNote(Order):
    note_id: UUID | None = None
    text: Text


class NewRun(Order):
    run_id: UUID
    unit_id: Short
    hospital_id: Short | None = None
    bed_kind: Short | None = None
    decision_id: UUID | None = None
    override_code: Short | None = None
    override_reason: Short | None = None
    preempt: bool = False
    confirm_place: bool = False


class NewMilestone(Order):
    milestone: Short
    at: Moment | None = None
    position: Place | None = None
    reason: Short | None = None
    outcome: Short | None = None


class NewDestination(Order):
    hospital_id: Short | None
    bed_kind: Short | None = None
    reason: Short | None = None


class Correction(Order):
    milestone: Short
    at: Moment
    reason: Short


class NewDuty(Order):
    status: Literal["on_duty", "off_duty", "out_of_service"]
    reason: Short | None = None
    at: Moment | None = None


class SeenBeds(Order):
    """A kind of bed as it stood on the screen of whoever counted; `reported_at` as its row had it."""

    staffed: Beds
    occupied: Beds
    blocked: Beds = 0
    reported_at: Moment | None


class CountedBeds(Order):
    """read : what this count was made over; where somebody else has counted since, the report is refused"""

    staffed: Beds
    occupied: Beds
    blocked: Beds = 0
    physical: Beds | None = None
    read: SeenBeds | None = None


class BedReport(Order):
    """The kinds that were counted; of those not named nothing is said."""

    at: Moment | None = None
    beds: dict[str, CountedBeds] = Field(min_length=1, max_length=14)

    def counted(self) -> dict[str, BedCount]:
        return {
            kind: BedCount(count.staffed, count.occupied, count.blocked, count.physical)
            for kind, count in self.beds.items()
        }

    def seen(self) -> dict[str, ReadBeds]:
        return {
            kind: ReadBeds(read.staffed, read.occupied, read.blocked, read.reported_at)
            for kind, count in self.beds.items()
            if (read := count.read) is not None
        }


class NewDiversion(Order):
    """at : when it was said, where it could not be sent at once"""

    reason: Short
    services: list[Short] = Field(default_factory=list, max_length=20)
    until: Moment
    at: Moment | None = None


class NewPing(Order):
    callsign: Annotated[str, Field(max_length=20)]
    at: Moment
    lat: Number
    lon: Number
    speed_mps: Annotated[float, Field(strict=True, ge=0)] | None = None
    heading_deg: Annotated[float, Field(strict=True, ge=0, le=360)] | None = None
    accuracy_m: Annotated[float, Field(strict=True, ge=0)] | None = None


class TravelQuestion(Order):
    """Origins and destinations as [lat, lon] pairs; at most 500 x 500."""

    profile: Literal["van", "motorbike", "van_normal", "motorbike_normal"] = "van"
    origins: list[tuple[Number, Number]] = Field(min_length=1, max_length=500)
    destinations: list[tuple[Number, Number]] = Field(min_length=1, max_length=500)
    traffic: Literal["live", "free_flow"] = "live"


Json = dict[str, Any]
