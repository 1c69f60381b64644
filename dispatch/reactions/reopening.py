"""Who was asked before the service went away is heard before its clocks judge by what ran meanwhile."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

MOST: Final = timedelta(seconds=15)
"""A phone that keeps a tap tries again every eight seconds at the latest, and waits five for an answer."""
ONE_TRY: Final = timedelta(seconds=2)


@dataclass(slots=True)
class Reopening:
    """at : since when the service hears again; None until it opens, and where the past is shown"""

    at: datetime | None = None

    def due(self, since: datetime, until: datetime) -> datetime:
        """When a wait from `since` until `until` is really over.

        One that began before the service opened waits a little from there: no longer than it had been asked
        by then, for so long at most nobody was heard, and so far at most the pauses of a phone had grown.
        """
        if self.at is None or since >= self.at:
            return until
        return max(until, self.at + min(MOST, self.at - since + ONE_TRY))
