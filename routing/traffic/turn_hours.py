"""When the turns that are barred at some hours change: a clock of the map's own, beside the week's table."""

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from routing.opening_hours import WEEK, hours
from routing.restrictions import Restriction, binds_anyone


class Phase(NamedTuple):
    """A time of the week in which the same turns are barred. It may run over Sunday midnight.

    begin, end : minutes of the week        barred : whether any turn is barred that is not barred always
    """

    begin: int
    end: int
    barred: bool


class TurnHours:
    """The phases of one map's week."""

    def __init__(self, restrictions: Iterable[Restriction]) -> None:
        known = [hours(each.conditional) for each in restrictions if each.conditional and binds_anyone(each)]
        self._hours = [each for each in known if each.understood]
        self._changes = sorted(
            {minute % WEEK for each in self._hours for span in each.spans for minute in span}
        )

    def phase(self, minute: int) -> Phase | None:
        """The phase around a minute of the week; None where turns know no hours."""
        if not self._changes:
            return None
        place = bisect_right(self._changes, minute)
        begin, end = self._changes[place - 1], self._changes[place % len(self._changes)]
        return Phase(begin, end, any(each.hold(minute) for each in self._hours))
