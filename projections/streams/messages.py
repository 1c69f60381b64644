"""What the folds hear. Times carry an offset; `seq` is the place in the log of the centre that speaks.

A message heard twice, again in a replay, or long after newer ones is recognised by its `seq`, its aggregate's
`version` or its own time, and changes nothing.
"""

from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta, Struct

Latitude = Annotated[float, Meta(ge=-90, le=90)]
Longitude = Annotated[float, Meta(ge=-180, le=180)]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Moment = Annotated[datetime, Meta(tz=True)]


class Message(Struct, frozen=True, tag_field="type", tag=True):
    """One of many kinds; on the wire its `type` says which."""


class Tick(Message, frozen=True):
    """It is `at` now. The folds know no other clock."""

    at: Moment


class Ping(Message, frozen=True):
    """A position report. Speed in m/s, heading in degrees, accuracy in metres."""

    centre: Name
    callsign: Name
    at: Moment
    lat: Latitude
    lon: Longitude
    speed_mps: float | None = None
    heading_deg: float | None = None
    accuracy_m: float | None = None


class DutyTold(Message, frozen=True):
    """A unit came on duty, left it, or left service."""

    centre: str
    callsign: str
    seq: int
    at: Moment
    duty: str


class SentTold(Message, frozen=True):
    """A unit got a run, or is free of it: then `run_id` is null."""

    centre: str
    callsign: str
    seq: int
    at: Moment
    run_id: str | None
    incident_number: int | None = None


class StageTold(Message, frozen=True):
    """How far the run of a unit is."""

    centre: str
    callsign: str
    seq: int
    at: Moment
    run_id: str
    milestone: str


class RunTold(Message, frozen=True):
    """A fact of one run, in the order of its versions.

    what : "assigned", "progressed", "redirected", "corrected" (`milestone` was reached at `at`) or "moved"
           (to another incident)
    """

    centre: str
    run_id: str
    version: int
    seq: int
    at: Moment
    what: str
    incident_id: str
    incident_number: int
    callsign: str
    milestone: str | None = None
    hospital_id: str | None = None


class IncidentTold(Message, frozen=True):
    """A fact of one incident, in the order of its versions.

    what    : "opened", "reprioritised", "run_opened", "run_ended", "closed" (merged into another, too) or
              "reopened"
    outcome : of an ended run, the milestone it ended with
    """

    centre: str
    incident_id: str
    version: int
    seq: int
    at: Moment
    what: str
    number: int | None = None
    priority: str | None = None
    run_id: str | None = None
    outcome: str | None = None


class PlaceTold(Message, frozen=True):
    """Where a scene or a hospital is. kind : "scene" or "hospital"."""

    centre: str
    kind: str
    place_id: str
    seq: int
    at: Moment
    lat: Latitude
    lon: Longitude


class BoundTold(Message, frozen=True):
    """A run drives to this place from `at` on, or, with `bound` false, no longer."""

    centre: str
    kind: str
    place_id: str
    run_id: str
    incident_id: str
    callsign: str
    seq: int
    at: Moment
    bound: bool


class Target(Message, frozen=True):
    """Where a unit on a run is expected from `since` on. until : when it stopped being so."""

    centre: str
    callsign: str
    kind: str
    place_id: str
    run_id: str
    incident_id: str
    lat: Latitude
    lon: Longitude
    seq: int
    since: Moment
    until: Moment | None = None


class CallTold(Message, frozen=True):
    """A call came in."""

    centre: str
    call_id: str
    at: Moment


class WaitTold(Message, frozen=True):
    """An incident waited so long for its first unit, and has it since `at`."""

    centre: str
    incident_id: str
    at: Moment
    wait_s: float


class LateTold(Message, frozen=True):
    """A run was not acknowledged by `at`, when it should have been.

    late : false takes that back: its answer was in time, and only told late
    """

    centre: str
    run_id: str
    at: Moment
    late: bool = True


class LedgerTold(Message, frozen=True):
    """A fact of one bed ledger, in the order of its versions.

    what : "opened", "reported", "arrived_since", "held", "released" (or expired), "consumed"
    """

    centre: str
    hospital_id: str
    kind: str
    version: int
    at: Moment
    what: str
    staffed: int = 0
    occupied: int = 0
    blocked: int = 0
    patients: int = 0
    run_id: str | None = None


class DiversionTold(Message, frozen=True):
    """A hospital turns units away until a moment, or, with null, no longer."""

    centre: str
    hospital_id: str
    version: int
    at: Moment
    until: Moment | None


class UnitMark(Message, frozen=True):
    """How one unit counts in its centre's fleet. Newer is who has the larger (edition, at, located, stale): a
    unit grows stale without any news, and a newer ping, with its later `at`, ends that."""

    centre: str
    callsign: str
    status: str
    located: bool
    stale: bool
    edition: int
    at: Moment


class FleetPart(Message, frozen=True):
    """A centre's units by status. edition grows with the content; heard_at : of the newest news."""

    centre: str
    edition: int
    heard_at: Moment
    units: int
    located: int
    stale: int
    by_status: dict[str, int] = {}


class BedsPart(Message, frozen=True):
    """A centre's beds by kind and who diverts until when.

    beds : {kind: {staffed, occupied, blocked, held, free}}
    """

    centre: str
    edition: int
    heard_at: Moment
    beds: dict[str, dict[str, int]] = {}
    diverting: dict[str, Moment] = {}


class HourPart(Message, frozen=True):
    """A centre's last sixty minutes, the newest closed one being `minute`.

    usual_calls : what a minute brings by the last hours
    """

    centre: str
    edition: int
    heard_at: Moment
    minute: Moment
    calls: int
    waits: int
    wait_p50_s: float | None
    wait_p90_s: float | None
    late: int
    usual_calls: float
    surge: bool


Told = (
    Tick | Ping | DutyTold | SentTold | StageTold | RunTold | IncidentTold | PlaceTold | BoundTold | Target
    | CallTold | WaitTold | LateTold | LedgerTold | DiversionTold | UnitMark | FleetPart | BedsPart | HourPart
)  # fmt: skip


class Envelope(Struct, frozen=True):
    """An event of a centre's log as the relay publishes it: the record, and whose it is.

    id, version : of its aggregate
    data        : what the event says, in the words of the log; null where it was too large to travel
    """

    centre: Name
    id: str
    version: int
    seq: int
    topic: str
    at: Moment
    data: dict[str, Any] | None

    @property
    def said(self) -> dict[str, Any]:
        return self.data or {}
