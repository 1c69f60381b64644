"""Which moments a record may name: folds reckon with them, and beyond the end of time nobody can."""

from datetime import UTC, datetime
from typing import Any

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)
RECKONED_WITH = ("at", "since", "heard_at")
"""What messages call them. An `until` may be as far away as one likes: "until further notice"."""


def refuse_wrong_clocks(message: Any) -> None:
    """Raises ValueError with a sentence."""
    for name in RECKONED_WITH:
        moment = getattr(message, name, None)
        if moment is not None and not EARLIEST <= moment < LATEST:
            raise ValueError(f"A clock is wrong: `{name}` is {moment.isoformat()}.")
