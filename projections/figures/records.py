"""The records that figures are counted from. Small, without a personal word, never changed in place.

Instants are whole microseconds since 1970 (`instant`), so that no difference is rounded twice.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec

SECOND_US: Final = 1_000_000
DAY_US: Final = 86_400 * SECOND_US
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def instant(at: datetime) -> int:
    """Microseconds since 1970. A bare time is taken as UTC."""
    return ((at if at.tzinfo is not None else at.replace(tzinfo=UTC)) - EPOCH) // MICROSECOND


def as_time(instant_us: int) -> datetime:
    return EPOCH + instant_us * MICROSECOND


def seconds(start_us: int, end_us: int) -> int:
    """Whole seconds that passed: what a wall clock shows, so 539.9 s read 8:59."""
    return (end_us - start_us) // SECOND_US


class Kept(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """What every record has. `began` and `over` say on which days it may be asked for."""

    id: str

    @property
    def began(self) -> int:
        """The instant it belongs to; 0 for what belongs to no day."""
        return 0

    @property
    def over(self) -> int | None:
        """When it was over; None while it lasts."""
        return self.began


class CallRecord(Kept, frozen=True, gc=False, omit_defaults=True):
    """outcome : why it needed no incident, as a code; None: it has one, or nobody said"""

    received: int
    status: str = "open"
    incident_id: str | None = None
    outcome: str | None = None

    @property
    def began(self) -> int:
        return self.received


class MissedRecord(Kept, frozen=True, gc=False, omit_defaults=True):
    """A call that rang and nobody took in time."""

    rang: int

    @property
    def began(self) -> int:
        return self.rang


class IncidentRecord(Kept, frozen=True, gc=False, omit_defaults=True):
    """call_ids : of the calls that are part of it now; run_ids: of all the runs it ever had"""

    opened: int
    priority: str
    capabilities: tuple[str, ...]
    lat: float
    lon: float
    call_ids: tuple[str, ...]
    run_ids: tuple[str, ...] = ()
    closed: int | None = None
    outcome: str | None = None
    merged_into: str | None = None

    @property
    def began(self) -> int:
        return self.opened


class RunRecord(Kept, frozen=True, gc=False, omit_defaults=True):
    """times    : {milestone: instant}, as corrected
    reported : the same as the crew first said them
    ended    : the milestone it ended with, None while it lasts; "undone" where sending it was a mistake
    outcome  : as the crew told it where nobody was carried
    eta_s    : the road to the scene as the roads told it when the unit was sent
    """

    incident_id: str
    callsign: str
    hospital_id: str | None
    times: dict[str, int]
    reported: dict[str, int]
    eta_s: float | None = None
    decision_id: str | None = None
    overridden: bool = False
    ended: str | None = None
    outcome: str | None = None

    @property
    def began(self) -> int:
        return min(self.times["assigned"], self.reported["assigned"])

    @property
    def over(self) -> int | None:
        if self.ended is None:
            return None
        if self.ended == "undone":
            return self.began
        return max(self.times[self.ended], self.reported[self.ended])


class UnitRecord(Kept, frozen=True, gc=False, omit_defaults=True):
    """Its id is the callsign. It belongs to no day."""

    kind: str
    capabilities: tuple[str, ...]
    station_id: str


class DutyRecord(Kept, frozen=True, gc=False, omit_defaults=True):
    """What one unit signed in one day (UTC).

    changes : (instant, place in the log, whether it was on duty from then)
    """

    callsign: str
    changes: tuple[tuple[int, int, bool], ...]

    @property
    def began(self) -> int:
        return self.changes[0][0]


class DecisionRecord(Kept, frozen=True, gc=False, omit_defaults=True):
    """What the advice behind an assignment said of arrivals.

    first      : who was ranked first
    arrivals   : (callsign, seconds from sending to the scene: turnout and driving), the soonest first, of the
                 soonest twenty
    candidates : how many were offered
    """

    made: int
    candidates: int
    first: str | None = None
    arrivals: tuple[tuple[str, float], ...] = ()

    @property
    def began(self) -> int:
        return self.made


KINDS: Final[dict[str, type[Kept]]] = {
    "calls": CallRecord,
    "missed": MissedRecord,
    "incidents": IncidentRecord,
    "runs": RunRecord,
    "units": UnitRecord,
    "duties": DutyRecord,
    "decisions": DecisionRecord,
}
