"""A centre's figures by the minute and the hour: calls, waits for a unit, late acknowledgements, surges.

What happened is counted in the minute in which it happened, however late it is told. A minute is closed some
seconds after its end (the watermark), by a `Tick`; what is told of it later still counts and tells it anew.
"""

from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from projections.streams.effects import Alert, Effect, Forward, HourRow, MinuteRow, effect_id
from projections.streams.fold import NOTHING, Effects
from projections.streams.messages import CallTold, HourPart, LateTold, Tick, WaitTold
from projections.streams.ring import (
    EMPTY,
    LENGTH,
    MINUTE,
    Minute,
    Ring,
    kept,
    number_of,
    share,
    start_of,
    with_call,
    with_late,
    with_wait,
)
from projections.streams.surge import Surge, after_minute

PATIENCE = timedelta(seconds=10)
"""How long after its end a minute stays open for what is on its way."""


class Hour(Struct, frozen=True):
    """newest : minute told of; closed : minute closed last; amended : closed ones that changed since."""

    centre: str
    heard_at: datetime
    newest: int
    closed: int | None = None
    minutes: Ring = {}
    amended: frozenset[int] = frozenset()
    surge: Surge = Surge()

    @property
    def top(self) -> int:
        return max(self.newest, self.closed or 0)


class Figures:
    """Key: the centre. Calls, waits and late answers come in any order."""

    name = "figures"
    state = Hour

    def apply(
        self, hour: Hour | None, message: CallTold | WaitTold | LateTold | Tick
    ) -> tuple[Hour | None, Effects]:
        if isinstance(message, Tick):
            return (None, NOTHING) if hour is None else _close(hour, message.at)
        number = number_of(message.at)
        before = hour or Hour(message.centre, message.at, number)
        after = _counted(before, message, number)
        return (hour, NOTHING) if after is before and hour is not None else (after, NOTHING)

    def due(self, hour: Hour) -> datetime | None:
        if hour.amended:
            return hour.heard_at
        following = min(hour.minutes, default=hour.newest) if hour.closed is None else hour.closed + 1
        return start_of(following) + MINUTE + PATIENCE


def _counted(hour: Hour, told: CallTold | WaitTold | LateTold, number: int) -> Hour:
    if number <= hour.top - LENGTH:
        return hour
    before = hour.minutes.get(number, EMPTY)
    match told:
        case CallTold(call_id=call_id):
            after = with_call(before, call_id)
        case WaitTold(incident_id=incident_id, wait_s=wait_s):
            after = with_wait(before, incident_id, wait_s)
        case LateTold(run_id=run_id):
            after = with_late(before, run_id)
    if after is before:
        return hour
    newest = max(hour.newest, number)
    closed = hour.closed is not None and number <= hour.closed
    return replace(
        hour,
        heard_at=max(hour.heard_at, told.at),
        newest=newest,
        minutes=kept({**hour.minutes, number: after}, max(newest, hour.closed or 0)),
        amended=hour.amended | {number} if closed else hour.amended,
    )


def _close(hour: Hour, now: datetime) -> tuple[Hour, Effects]:
    """Close every minute that is over, feed the surge with it, and tell it."""
    closed = number_of(now - PATIENCE) - 1
    first = min(hour.minutes, default=hour.newest) if hour.closed is None else hour.closed + 1
    first = max(first, closed - LENGTH + 1)
    if first > closed and not hour.amended:
        return hour, NOTHING
    effects: list[Effect] = []
    surge = hour.surge
    for number in sorted(hour.amended & hour.minutes.keys()):
        effects.append(_minute_row(hour.centre, number, hour.minutes[number]))
    for number in range(first, closed + 1):
        minute = hour.minutes.get(number, EMPTY)
        before, surge = surge, after_minute(surge, start_of(number), len(minute.calls))
        effects.append(_minute_row(hour.centre, number, minute))
        effects += _alerts(hour.centre, before, surge, number)
    last = max(closed, hour.closed or closed)
    done = replace(
        hour,
        closed=last,
        minutes=kept(hour.minutes, max(hour.newest, last)),
        amended=frozenset(),
        surge=surge,
    )
    part = _hour_part(done, last)
    row = HourRow(effect_id("hour", hour.centre), hour.centre, part)
    return done, (*effects, row, Forward("region", "region", part))


def _minute_row(centre: str, number: int, minute: Minute) -> MinuteRow:
    return MinuteRow(
        id=effect_id("minute", centre, number),
        centre=centre,
        minute=start_of(number),
        calls=len(minute.calls),
        waits=len(minute.waits),
        late=len(minute.late),
    )


def _alerts(centre: str, before: Surge, after: Surge, number: int) -> list[Effect]:
    since = after.since or before.since
    if since is None or after.since == before.since:
        return []
    ended_at = start_of(number) if after.since is None else None
    return [
        Alert(
            id=effect_id(centre, "surge", since.isoformat()),
            kind="surge",
            level="red",
            centre=centre,
            subject=centre,
            since=since,
            ended_at=ended_at,
        )
    ]


def _hour_part(hour: Hour, last: int) -> HourPart:
    minutes = [each for number, each in hour.minutes.items() if last - LENGTH < number <= last]
    waits = [wait_s for each in minutes for wait_s in each.waits.values()]
    count = sum(len(each) for each in hour.minutes.values())
    return HourPart(
        centre=hour.centre,
        # Minutes only advance; within one the count only grows, and never reaches a million.
        edition=(last + hour.newest) * 1_000_000 + count,
        heard_at=hour.heard_at,
        minute=start_of(last),
        calls=sum(len(each.calls) for each in minutes),
        waits=len(waits),
        wait_p50_s=share(waits, 0.5),
        wait_p90_s=share(waits, 0.9),
        late=sum(len(each.late) for each in minutes),
        usual_calls=round(hour.surge.mean, 3),
        surge=hour.surge.since is not None,
    )
