"""How long something has been waiting, and when that becomes an alert: amber first, then red."""

from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from domain.city import Limit

Seen = Literal["", "amber", "red"]


class Patience(Struct, frozen=True):
    """kind : of the alert; since : when the waiting began; seen : what was said of it so far."""

    kind: str
    since: datetime
    amber_s: int
    red_s: int
    seen: Seen = ""

    @property
    def due(self) -> datetime | None:
        """When the next level is reached; None after the last."""
        if self.seen == "red":
            return None
        return self.since + timedelta(seconds=self.red_s if self.seen else self.amber_s)

    @property
    def late_at(self) -> datetime:
        """When it first became late."""
        return self.since + timedelta(seconds=self.amber_s)

    def level_at(self, at: datetime) -> Seen:
        """How bad a wait that lasts until `at` is."""
        waited_s = (at - self.since).total_seconds()
        if waited_s >= self.red_s:
            return "red"
        return "amber" if waited_s >= self.amber_s else ""

    def worst(self, at: datetime) -> Seen:
        """The level reached by `at`; it never sinks again."""
        return "red" if "red" in (self.seen, self.level_at(at)) else self.seen or self.level_at(at)


def patience(kind: str, since: datetime, limit: Limit) -> Patience:
    return Patience(kind, since, limit.amber_s, limit.red_s)
