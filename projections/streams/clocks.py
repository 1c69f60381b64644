"""Which moments a record may name: folds reckon with them, and beyond the end of time nobody can."""

from datetime import UTC, datetime, timedelta
from typing import Any

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)
RECKONED_WITH = ("at", "since", "heard_at")
"""What messages call them. An `until` may be as far away as one likes: "until further notice"."""
AHEAD = timedelta(days=1)
"""A ping or a tick from further ahead of its record would outdo all right ones until then."""


def refuse_wrong_clocks(message: Any) -> None:
    """What nobody can reckon with. Raises ValueError with a sentence."""
    for name in RECKONED_WITH:
        moment = getattr(message, name, None)
        if moment is not None and not EARLIEST <= moment < LATEST:
            raise ValueError(f"A clock is wrong: `{name}` is {moment.isoformat()}.")


def refuse_from_ahead(at: datetime, written_at: datetime | None) -> None:
    """written_at : when its record was, None where nobody knows. Raises ValueError with a sentence."""
    if written_at is not None and at > written_at + AHEAD:
        raise ValueError(f"A clock runs ahead: it is {at.isoformat()}, written at {written_at.isoformat()}.")
