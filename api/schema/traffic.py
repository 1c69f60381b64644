"""What is said and answered about the roads: closures, slowed stretches, measured speeds."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from api.schema.answers import Done
from api.schema.orders import Moment, Number, Order, Short
from api.schema.rows import StretchRow, TrafficRow
from domain.stretch_rules import MOST_POINTS, without_repeats
from domain.traffic import Stretch

Kind = Literal["point", "line", "area"]
Place = tuple[Number, Number]
Profile = Literal["van", "motorbike"]


class SaidStretch(Order):
    """`points` are [lat, lon]: one for a point, two or more along a line, three or more around an area.

    Without `kind` one place is a point and several are a line.
    """

    kind: Kind | None = None
    points: list[Place] = Field(max_length=MOST_POINTS)
    width_m: Number = 15.0

    def stretch(self) -> Stretch:
        kind = self.kind or ("line" if len(self.points) > 1 else "point")
        return without_repeats(Stretch(kind, tuple(self.points), self.width_m))


class NewClosure(Order):
    """Nobody of the profiles drives there; no profiles named means nobody at all."""

    id: UUID | None = None
    stretch: SaidStretch
    reason: Short = ""
    profiles: list[Profile] = Field(default_factory=list, max_length=2)
    until: Moment | None = None


class NewSpeed(Order):
    """Either `share`, of the usual speed until it is lifted, or `kmh` with `measured_at`, which fades."""

    id: UUID | None = None
    stretch: SaidStretch
    share: Number | None = None
    reason: Short = ""
    until: Moment | None = None
    kmh: Number | None = None
    measured_at: Moment | None = None
    heading_deg: Annotated[float, Field(strict=True, ge=0, le=360)] | None = None


class NewTraffic(Order):
    """All that hinders from now on. What stood and is not said again has ended."""

    closures: list[NewClosure] = Field(default_factory=list, max_length=2000)
    speeds: list[NewSpeed] = Field(default_factory=list, max_length=5000)


class NewSlowing(Order):
    """Everyone drives there at this share of the usual speed."""

    id: UUID | None = None
    stretch: SaidStretch
    share: Number
    reason: Short = ""
    until: Moment | None = None


class MeasuredSpeed(Order):
    """`heading_deg` is the direction that was driven, null for both."""

    stretch: SaidStretch
    kmh: Number
    measured_at: Moment
    heading_deg: Annotated[float, Field(strict=True, ge=0, le=360)] | None = None


class MeasuredSpeeds(Order):
    speeds: list[MeasuredSpeed] = Field(min_length=1, max_length=5000)


class TrafficChanged(Done):
    """`change` counts the changes of this city's roads; `traffic_version` names the weights in use.

    in_use : the change is in the road times already. Where it is false, the weights could not be renewed
             yet: the change is stored, it is tried again, and every screen is told.
    """

    change: int
    traffic_version: str
    in_use: bool


class ClosureChanged(TrafficChanged):
    id: str


class SpeedsTaken(TrafficChanged):
    speeds: int


class AllReplaced(TrafficChanged):
    """The ids in the order they were said, made where none came."""

    closures: list[str]
    slowings: list[str]
    speeds: int


class SpeedRow(BaseModel):
    stretch: StretchRow
    kmh: float
    measured_at: str
    heading_deg: float | None


class TrafficPicture(BaseModel):
    """What hinders, at one instant. `traffic_version` is that of the weights in use, null for the past."""

    at: str
    seq: int
    change: int
    traffic_version: str | None
    changed_at: str | None
    changed_by: str | None
    closures: list[TrafficRow]
    slowings: list[TrafficRow]
    speeds: list[SpeedRow]
