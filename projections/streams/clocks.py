"""Which moments a record may name: folds reckon with them, and beyond the end of time nobody can."""

from datetime import UTC, datetime, timedelta
from typing import Any

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)
RECKONED_WITH = ("at", "since", "heard_at")
"""What messages call them. An `until` may be as far away as one likes: "until further notice"."""
AHEAD = timedelta(days=1)
"""A ping from further ahead of its record would outdo all right ones until then."""
TICK_AHEAD = timedelta(minutes=1)
"""A tick wakes all that waits, and minutes that it closed stay closed: nearly nothing is too far."""


def refuse_wrong_clocks(message: Any) -> None:
    """What nobody can reckon with. Raises ValueError with a sentence."""
    for name in RECKONED_WITH:
        moment = getattr(message, name, None)
        if moment is not None and not EARLIEST <= moment < LATEST:
            raise ValueError(f"A clock is wrong: `{name}` is {moment.isoformat()}.")


def refuse_from_ahead(at: datetime, written_at: datetime | None, most: timedelta = AHEAD) -> None:
    """written_at : when its record was, None where nobody knows. Raises ValueError with a sentence."""
    if written_at is not None and at > written_at + most:
        raise ValueError(f"A clock runs ahead: it is {at.isoformat()}, written at {written_at.isoformat()}.")
