"""What hinders the roads: a row a closure or slowed stretch, and one row for the city's roads as a whole."""

from collections.abc import Iterable
from operator import itemgetter

from domain.base import Fact
from domain.roads import MOST_CLOSURES, MOST_REPORTS, MOST_SLOWINGS, Roads
from domain.traffic import Closure, Slowing, SpeedReport
from projections.rows import Row, changed, moment, plain

OWN_FACTS = (
    Roads.Closed,
    Roads.Reopened,
    Roads.Slowed,
    Roads.SlowingEnded,
    Roads.SpeedsReported,
    Roads.TrafficReplaced,
)
ENDS = (Roads.Reopened, Roads.SlowingEnded)
OPEN, ENDED = "open", "ended"
ENDED_KEPT = 500
MOST_ROWS = MOST_CLOSURES + MOST_SLOWINGS + 2 * ENDED_KEPT
"""All that can stand, and twice as many ended as are kept: they leave many at a time, not with every word."""

Said = dict[str, Closure | Slowing]


class TrafficList:
    """One row a closure or slowing: since when, by whom, until when, and why.

    The newest of those that ended stay; the log knows the others.
    """

    name = "traffic"
    facts = (Roads.Closed, Roads.Slowed, *ENDS, Roads.TrafficReplaced)
    most = MOST_ROWS

    def __init__(self) -> None:
        self._last: tuple[Fact | None, Said] = None, {}

    def keys(self, event: Fact) -> tuple[str, ...]:
        match event:
            case Roads.Closed(closure=closure):
                return (str(closure.closure_id),)
            case Roads.Slowed(slowing=slowing):
                return (str(slowing.slowing_id),)
            case Roads.Reopened(closure_id=its_id) | Roads.SlowingEnded(slowing_id=its_id):
                return (str(its_id),)
            case Roads.TrafficReplaced():
                return (*self._said(event), *(str(its_id) for its_id in event.ended))
        return ()

    def fold(self, key: str, row: Row | None, event: Fact, seq: int) -> Row | None:
        match event:
            case Roads.Closed(closure=said) | Roads.Slowed(slowing=said):
                return _placed(key, row, said, event, seq)
            case Roads.Reopened() | Roads.SlowingEnded():
                return _ended(row, event, event.cause, event.reason, seq)
            case Roads.TrafficReplaced():
                again = self._said(event).get(key)
                if again is not None:
                    return _placed(key, row, again, event, seq)
                return _ended(row, event, "replaced", None, seq)
        return row

    def forgotten(self, rows: Iterable[Row]) -> list[str]:
        ended = sorted((row["seq"], row["id"]) for row in rows if row["status"] == ENDED)
        return [its_id for _, its_id in ended[:-ENDED_KEPT]]

    def _said(self, event: Roads.TrafficReplaced) -> Said:
        """By id. A thousand rows of one event ask for it, so the last answer is kept."""
        known, said = self._last
        if known is not event:
            said = {str(each.closure_id): each for each in event.closures}
            said.update({str(each.slowing_id): each for each in event.slowings})
            self._last = event, said
        return said


class RoadsRow:
    """One row a city, by its id: the number of the last change, and the speeds measured lately."""

    name = "roads"
    facts = OWN_FACTS

    def keys(self, event: Fact) -> tuple[str, ...]:
        return (event.city_id,) if isinstance(event, OWN_FACTS) else ()

    def fold(self, key: str, row: Row | None, event: Fact, seq: int) -> Row | None:
        before = row or {
            "id": key,
            "change": 0,
            "changed_at": None,
            "changed_by": None,
            "speeds": [],
            "seq": 0,
        }
        if not isinstance(event, OWN_FACTS):
            return row
        speeds = before["speeds"]
        if isinstance(event, Roads.TrafficReplaced):
            speeds = [_measured(report) for report in event.reports]
        elif isinstance(event, Roads.SpeedsReported):
            speeds = _with(speeds, event)
        return changed(
            before,
            seq,
            change=event.change,
            changed_at=moment(event.act.at),
            changed_by=event.act.actor,
            speeds=speeds,
        )


def _placed(key: str, row: Row | None, said: Closure | Slowing, event: Fact, seq: int) -> Row:
    """One that is said again while it stands goes on since its first hour; said unchanged, it is no news."""
    told = {
        "kind": "closure" if isinstance(said, Closure) else "slowing",
        "stretch": plain(said.stretch),
        "reason": said.reason,
        "profiles": plain(said.profiles) if isinstance(said, Closure) else [],
        "share": said.share if isinstance(said, Slowing) else None,
        "until": plain(said.until),
    }
    stands = row is not None and row["status"] == OPEN
    if row is not None and stands and all(row[name] == fact for name, fact in told.items()):
        return row
    return {
        "id": key,
        **told,
        "status": OPEN,
        "since": row["since"] if row is not None and stands else moment(event.act.at),
        "by": event.act.actor,
        "ended_at": None,
        "ended_by": None,
        "ended_cause": None,
        "ended_reason": None,
        "seq": seq,
    }


def _ended(row: Row | None, event: Fact, cause: str, reason: str | None, seq: int) -> Row | None:
    if row is None or row["status"] == ENDED:
        return row
    return changed(
        row,
        seq,
        status=ENDED,
        ended_at=moment(event.act.at),
        ended_by=event.act.actor,
        ended_cause=cause,
        ended_reason=reason,
    )


def _measured(report: SpeedReport) -> Row:
    told: Row = plain(report)
    return told


def _with(speeds: list[Row], event: Roads.SpeedsReported) -> list[Row]:
    """As `domain.roads.newest` keeps them: by the time they were measured."""
    known = [*speeds, *(_measured(report) for report in event.reports)]
    return sorted(known, key=itemgetter("measured_at"))[-MOST_REPORTS:]
