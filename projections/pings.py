"""The history of pings as a port: by whichever database it is kept, it answers alike."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import Engine

from projections.ping_history import PingHistory
from projections.ping_partitions import PingPartitions
from projections.positions import Ping


class Pings(Protocol):
    """Where units have been, day by day of UTC, and where each was last."""

    def write(self, pings: Sequence[Ping]) -> None:
        """Store a batch whole or not at all, in any order. A ping stored before changes nothing.

        Give it the pings that were believed: the newest of each unit, by its own time, becomes what `latest`
        answers.
        """
        ...

    def read(self, callsign: str, start: datetime, end: datetime) -> list[Ping]:
        """The unit's pings with start <= at < end, in order of their own time."""
        ...

    def latest(self) -> list[Ping]:
        """The last marker of each unit, ordered by callsign: positions survive a restart."""
        ...

    def days(self) -> list[date]:
        """The days that are kept, oldest first."""
        ...

    def make_ready(self, days: Sequence[date]) -> None:
        """See that pings of these days find their place without delay."""
        ...

    def drop_before(self, day: date) -> list[date]:
        """Forget every day before `day`; the days dropped. Markers stay, however old."""
        ...


def open_pings(engine: Engine) -> Pings:
    """The history in that database: partitions of one table in PostgreSQL, else a table a day."""
    return PingPartitions(engine) if engine.dialect.name == "postgresql" else PingHistory(engine)
