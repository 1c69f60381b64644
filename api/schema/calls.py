"""Orders about calls, callers and places, and what is answered."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from api.schema.answers import Done, Nearby
from api.schema.call_rows import CallbackRow, Reason
from api.schema.orders import Moment, Order, Place, Short, Text
from api.schema.rows import CallRow, Point


class Claim(Order):
    """take_over : although somebody else speaks with the caller"""

    take_over: bool = False


class Raise(Order):
    reason: Short | None = None


class Merge(Order):
    into: UUID


class ConfirmedPlace(Order):
    """A position or an address corrects the place; without either it is right as it stands."""

    confirmed: Literal[True]
    position: Place | None = None
    address: Text | None = None


class MissedCall(Order):
    """line : which trunk or desk it rang on"""

    id: UUID
    phone: Short
    rang_at: Moment
    ended_at: Moment
    line: Short | None = None


class CallbackDone(Order):
    """outcome : reached, no_emergency, nuisance, unreachable, or no_answer, after which it still waits"""

    outcome: Short


class CallClaimedAnswer(Done):
    id: str
    claimed_by: str
    claimed_until: str


class IncidentsMerged(Done):
    id: str
    number: int
    into: str
    into_number: int


class BedLost(BaseModel):
    hospital_id: str
    bed_kind: str


class IncidentUnmerged(IncidentsMerged):
    """bed_lost : the bed that was promised to it before the merge and cannot be promised again"""

    bed_lost: BedLost | None


class NearbyCall(BaseModel):
    """An open call that may be about the same."""

    call_id: str
    complaint: str
    distance_m: float | None
    age_s: float
    score: float
    reasons: list[Reason]


class AllNearby(BaseModel):
    incidents: list[Nearby]
    calls: list[NearbyCall]


class QueuedCall(BaseModel):
    """behind  : it waits behind others, until its `suspicion.comes_up_at`
    bundled : later calls of its number, which ring nowhere else
    """

    call: CallRow
    behind: bool
    bundled: list[CallRow]


class EarlierIncident(BaseModel):
    id: str
    number: int
    priority: str
    status: str
    outcome: str | None
    closed_reason: str | None


class EarlierCallRow(BaseModel):
    id: str
    received_at: str
    status: str
    outcome: str | None
    caller_name: str | None
    address: str | None
    complaint: str
    incident: EarlierIncident | None


class AddressNote(BaseModel):
    at: str
    incident_number: int
    text: str


class CallerCard(BaseModel):
    """What is known of a telephone number.

    calls     : the newest first; calls_known counts all that are at hand
    addresses : where its calls came from, the newest first
    notes     : what was noted on its incidents
    score     : points for calls that were for nothing; suspected from the city's limit on
    """

    phone: str
    calls_known: int
    calls: list[EarlierCallRow]
    addresses: list[str]
    notes: list[AddressNote]
    score: float
    suspected: bool
    reasons: list[Reason]
    callback: CallbackRow | None


class HappenedHere(BaseModel):
    """An incident at a place. `distance_m` from the place that was asked for, as the crow flies.

    danger : the last that was told of its scene, also where it is over (`danger_over`)
    """

    incident_id: str
    number: int
    opened_at: str
    address: str | None
    distance_m: float
    complaint: str
    priority: str
    status: str
    outcome: str | None
    danger: str | None
    danger_over: bool


class PlaceHistory(BaseModel):
    """What is known of a place, whoever rang, and what was noted there. First incidents whose scene was
    dangerous, then those with notes, then the others; of each the newest first."""

    incidents: list[HappenedHere]
    notes: list[AddressNote]


class Prefill(BaseModel):
    """What a call-back begins with: the number, and what its last call told."""

    phone: str
    caller_name: str | None
    address: str | None
    position: Point | None


class WaitingCallback(CallbackRow):
    prefill: Prefill
