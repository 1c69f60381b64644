"""What a tracker says, brought to our units: metres a second, degrees, metres, and a moment with its offset.

Every protocol has traps of its own: speed in knots, km/h or m/s; seconds or milliseconds; times without a
zone; -1 for what is not known.
"""

from datetime import UTC, datetime, timedelta
from math import isfinite
from typing import Final, NamedTuple

from projections.positions import Ping

KNOT_MPS: Final = 1852 / 3600
"""A nautical mile an hour."""
KMH_MPS: Final = 1000 / 3600
MILLISECONDS_FROM: Final = 1e11
"""Numbers from here on count milliseconds: as seconds they would be of the year 5138, so that seconds still
mean seconds after 2038."""
TOP_MPS: Final = 150.0
"""540 km/h. A faster vehicle is a broken receiver; its place may be right all the same."""
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC)


class BadFix(ValueError):
    """A report that cannot be understood, or should not be believed; the sentence says why."""


class Fix(NamedTuple):
    """A place at a moment, before it is known whose it is. None stands for what the tracker does not know."""

    at: datetime
    lat: float
    lon: float
    speed_mps: float | None = None
    heading_deg: float | None = None
    accuracy_m: float | None = None

    def of(self, callsign: str) -> Ping:
        """Raises BadPosition where it is no place on earth."""
        return Ping(callsign, *self)


def moment(said: str | float) -> datetime:
    """Seconds or milliseconds since 1970, as a number or in digits, or a date with a time in ISO 8601.

    A time without a zone is taken for UTC. Raises BadFix.
    """
    number = said if isinstance(said, int | float) else _number_or_none(said)
    try:
        found = _of_number(number) if number is not None else _of_text(str(said))
    except (ValueError, OverflowError):
        raise BadFix(f"'{str(said)[:40]}' is no time") from None
    if not EARLIEST <= found < LATEST:
        raise BadFix(f"'{str(said)[:40]}' is no time of this century or the next")
    return found


def _of_number(number: float) -> datetime:
    if not isfinite(number):
        raise ValueError
    if number >= MILLISECONDS_FROM:
        return EPOCH + timedelta(milliseconds=number)
    return EPOCH + timedelta(seconds=number)


def _of_text(said: str) -> datetime:
    found = datetime.fromisoformat(said.strip())
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def number(said: object, name: str) -> float:
    """A finite number, also where it came as text. Raises BadFix."""
    found = None if isinstance(said, bool) else _number_or_none(said)
    if found is None or not isfinite(found):
        raise BadFix(f"{name} is no number")
    return found


def speed(said: object, unit_mps: float) -> float | None:
    """Metres a second. None where the tracker does not know (-1, nothing), or says what nothing drives."""
    found = _number_or_none(said)
    if found is None or not 0 <= found * unit_mps <= TOP_MPS:
        return None
    return found * unit_mps


def heading(said: object) -> float | None:
    """Degrees from north, clockwise, at least 0 and below 360; None where it is not known (-1, nothing)."""
    found = _number_or_none(said)
    return found % 360 if found is not None and 0 <= found <= 360 else None


def accuracy(said: object) -> float | None:
    """Metres; None where the tracker does not know, or where it says less than nothing."""
    found = _number_or_none(said)
    return found if found is not None and isfinite(found) and found >= 0 else None


def _number_or_none(said: object) -> float | None:
    if isinstance(said, bool) or not isinstance(said, int | float | str):
        return None
    try:
        return float(said)
    except (ValueError, OverflowError):
        return None
