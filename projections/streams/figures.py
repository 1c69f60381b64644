"""A centre's figures by the minute and the hour: calls, waits for a unit, late acknowledgements, surges.

What happened is counted in the minute in which it happened, however late it is told, up to a day. A minute
is closed some seconds after its end (the watermark), by a `Tick`; what is told of it later still counts and
tells it anew, and whether there is a surge is then worked out again: a centre that was cut off was not quiet.
"""

from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from projections.streams.effects import Alert, Effect, Forward, HourRow, MinuteRow, effect_id
from projections.streams.fold import NOTHING, Effects
from projections.streams.messages import CallTold, HourPart, LateTold, Tick, WaitTold
from projections.streams.ring import (
    EMPTY,
    HOUR,
    LENGTH,
    MINUTE,
    Minute,
    Ring,
    number_of,
    share,
    start_of,
    with_call,
    with_late,
    with_pardon,
    with_wait,
)
from projections.streams.surge import Surge, after_minute

PATIENCE = timedelta(seconds=10)
"""How long after its end a minute stays open for what is on its way."""


class Hour(Struct, frozen=True):
    """newest : minute told of; closed : minute closed last; amended : closed ones that changed since.

    surge       : as it is with the minute closed last
    first, base : the first minute that counts for it, and how it was before that
    """

    centre: str
    heard_at: datetime
    newest: int
    first: int = 0
    closed: int | None = None
    minutes: Ring = {}
    amended: frozenset[int] = frozenset()
    surge: Surge = Surge()
    base: Surge = Surge()


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
        before = hour or Hour(message.centre, message.at, number, number)
        after = _counted(before, message, number)
        return (hour, NOTHING) if after is before and hour is not None else (after, NOTHING)

    def due(self, hour: Hour) -> datetime | None:
        if hour.amended:
            return hour.heard_at
        following = hour.first if hour.closed is None else hour.closed + 1
        return start_of(following) + MINUTE + PATIENCE if following <= _closed_at_most(hour) else None


def _counted(hour: Hour, told: CallTold | WaitTold | LateTold, number: int) -> Hour:
    if hour.closed is not None and number <= hour.closed - LENGTH:
        return hour
    before = hour.minutes.get(number, EMPTY)
    match told:
        case CallTold(call_id=call_id):
            after = with_call(before, call_id)
        case WaitTold(incident_id=incident_id, wait_s=wait_s):
            after = with_wait(before, incident_id, wait_s)
        case LateTold(run_id=run_id, late=late):
            after = with_late(before, run_id) if late else with_pardon(before, run_id)
    if after is before:
        return hour
    closed = hour.closed is not None and number <= hour.closed
    return replace(
        hour,
        heard_at=max(hour.heard_at, told.at),
        newest=max(hour.newest, number),
        first=min(hour.first, number),
        minutes={**hour.minutes, number: after},
        amended=hour.amended | {number} if closed else hour.amended,
    )


def _close(hour: Hour, now: datetime) -> tuple[Hour, Effects]:
    """Close every minute that is over, feed the surge with it, and tell it."""
    last = min(number_of(now - PATIENCE) - 1, _closed_at_most(hour))
    if (hour.first if hour.closed is None else hour.closed + 1) > last and not hour.amended:
        return hour, NOTHING
    hour, effects = _amended(_without_ages(hour, last))
    following = hour.first if hour.closed is None else hour.closed + 1
    told_from = max(following, last - LENGTH + 1)
    surge = _surge_after(hour.surge, hour.minutes, following, told_from - 1)
    for number in range(told_from, last + 1):
        minute = hour.minutes.get(number, EMPTY)
        before, surge = surge, after_minute(surge, start_of(number), len(minute.calls))
        effects.append(_minute_row(hour.centre, number, minute))
        effects += _alarm(hour.centre, before.since, surge.since, number)
    last = max(last, hour.closed or last)
    done = _without_old(replace(hour, closed=last, surge=surge))
    part = _hour_part(done, last)
    row = HourRow(effect_id("hour", hour.centre), hour.centre, part)
    return done, (*effects, row, Forward("region", "region", part))


def _closed_at_most(hour: Hour) -> int:
    """A day after the newest news nothing is left to count. A clock that ran ahead closed no more than a day
    too much, and what is told after it is still heard."""
    return hour.newest + LENGTH


def _amended(hour: Hour) -> tuple[Hour, list[Effect]]:
    """What was told of closed minutes since: their rows, and the surge as if it had been told in time."""
    if not hour.amended or hour.closed is None:
        return hour, []
    effects: list[Effect] = [
        _minute_row(hour.centre, number, hour.minutes[number])
        for number in sorted(hour.amended & hour.minutes.keys())
    ]
    surge = _surge_after(hour.base, hour.minutes, hour.first, hour.closed)
    effects += _alarm(hour.centre, hour.surge.since, surge.since, hour.closed)
    return replace(hour, amended=frozenset(), surge=surge), effects


def _surge_after(surge: Surge, minutes: Ring, first: int, last: int) -> Surge:
    for number in range(first, last + 1):
        surge = after_minute(surge, start_of(number), len(minutes.get(number, EMPTY).calls))
    return surge


def _without_ages(hour: Hour, last: int) -> Hour:
    """What is older than two days teaches nothing: a clock wrong by years costs no years of minutes."""
    oldest = last - 2 * LENGTH
    closed = None if hour.closed is None else max(hour.closed, oldest)
    return replace(hour, first=max(hour.first, oldest), closed=closed) if hour.first < oldest else hour


def _without_old(hour: Hour) -> Hour:
    """Without what is older than a day before the minute closed last; its surge goes into the base."""
    first = (hour.closed or 0) - LENGTH + 1
    if hour.first >= first:
        return hour
    minutes = {number: minute for number, minute in hour.minutes.items() if number >= first}
    base = _surge_after(hour.base, hour.minutes, hour.first, first - 1)
    return replace(hour, first=first, minutes=minutes, base=base)


def _minute_row(centre: str, number: int, minute: Minute) -> MinuteRow:
    return MinuteRow(
        id=effect_id("minute", centre, number),
        centre=centre,
        minute=start_of(number),
        calls=len(minute.calls),
        waits=len(minute.waits),
        late=minute.truly_late,
    )


def _alarm(centre: str, before: datetime | None, after: datetime | None, number: int) -> list[Effect]:
    """The alarm that ends with this minute, and the one that begins; nothing where it is the same."""
    if before == after:
        return []
    alarms: list[Effect] = [_surge_alert(centre, before, start_of(number))] if before else []
    return [*alarms, _surge_alert(centre, after, None)] if after else alarms


def _surge_alert(centre: str, since: datetime, ended_at: datetime | None) -> Alert:
    return Alert(
        id=effect_id(centre, "surge", since.isoformat()),
        kind="surge",
        level="red",
        centre=centre,
        subject=centre,
        since=since,
        ended_at=ended_at,
    )


def _hour_part(hour: Hour, last: int) -> HourPart:
    minutes = [each for number in range(last - HOUR + 1, last + 1) if (each := hour.minutes.get(number))]
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
        late=sum(each.truly_late for each in minutes),
        usual_calls=round(hour.surge.mean, 3),
        surge=hour.surge.since is not None,
    )
