"""The last day, minute by minute, by the time of what happened. Sets of ids: told twice counts once."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

LENGTH = 24 * 60
"""Minutes that are kept: so long a centre may be cut off, and what it tells then is still counted."""
HOUR = 60
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Minute(Struct, frozen=True):
    """calls, late and pardoned : ids; waits : {incident id: seconds}.

    pardoned : were answered in time, though that was told late
    """

    calls: frozenset[str] = frozenset()
    waits: dict[str, float] = {}
    late: frozenset[str] = frozenset()
    pardoned: frozenset[str] = frozenset()

    def __len__(self) -> int:
        """Grows with all that is told."""
        return len(self.calls) + len(self.waits) + len(self.late) + len(self.pardoned)

    @property
    def truly_late(self) -> int:
        return len(self.late - self.pardoned)


EMPTY = Minute()
Ring = dict[int, Minute]
"""Minutes by their number since 1970; those in which nothing happened are not there."""


def number_of(at: datetime) -> int:
    return (at - EPOCH) // MINUTE


def start_of(number: int) -> datetime:
    return EPOCH + number * MINUTE


def with_call(minute: Minute, call_id: str) -> Minute:
    return minute if call_id in minute.calls else replace(minute, calls=minute.calls | {call_id})


def with_wait(minute: Minute, incident_id: str, wait_s: float) -> Minute:
    if incident_id in minute.waits:
        return minute
    return replace(minute, waits={**minute.waits, incident_id: wait_s})


def with_late(minute: Minute, run_id: str) -> Minute:
    return minute if run_id in minute.late else replace(minute, late=minute.late | {run_id})


def with_pardon(minute: Minute, run_id: str) -> Minute:
    return minute if run_id in minute.pardoned else replace(minute, pardoned=minute.pardoned | {run_id})


def share(waits: Iterable[float], of: float) -> float | None:
    """Nearest rank: a wait that somebody really had; None where nobody waited."""
    ordered = sorted(waits)
    return ordered[min(len(ordered) - 1, int(of * len(ordered)))] if ordered else None
