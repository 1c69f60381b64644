"""The state of a centre as values, for a fork: folded views and what is seen of crews and hospitals, at one
moment. Of the live state the desk hands over what it sees; of a past instant, see `past.py`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from dispatch.covering import policy_for
from dispatch.of_rows import needs_of, position_of
from dispatch.rules import Rules
from dispatch.still_picture import StillPicture
from domain.city import City
from domain.values import Milestone, Position, Priority
from projections.memory import MemoryViews
from projections.rows import Row
from simulations.fork.now import Lately, MovedUp, Now, Waits
from simulations.fork.stages import Stages
from simulations.fork.usual import Usual

LATELY = timedelta(hours=3)
LEAST_LATELY = timedelta(minutes=30)
MOVES_LATELY = timedelta(hours=8)
"""A desk that made a move within so long makes those that it will be shown; another is shown them in vain."""


def now_of(
    views: MemoryViews,
    seen: StillPicture,
    moment: datetime,
    stages: Stages,
    city: City,
    rules: Rules,
    usual: Usual | None = None,
    off_map: frozenset[Position] = frozenset(),
) -> Now:
    seq, incidents = views.position, views.rows("incidents")
    return Now(
        at=moment,
        units=seen.units,
        hospitals=seen.hospitals,
        waiting=[_waits(views, row) for row in incidents if row["status"] == "waiting"],
        lately=_lately(incidents, moment),
        stages=stages,
        policies=policies_in_force(views, city, rules),
        moved_up=_moved_up(views, moment),
        off_map=off_map,
        usual=usual,
        seq=seq,
    )


def policies_in_force(views: MemoryViews, city: City, rules: Rules) -> Mapping[str, str]:
    """By priority: what a supervisor said, else what the city's rules say."""
    said = views.row("policies", city.id)
    chosen = said["policies"] if said is not None else {}
    return {str(each): policy_for(str(each), chosen, rules) for each in Priority}


def _waits(views: MemoryViews, row: Row) -> Waits:
    calls = [views.row("calls", call_id) for call_id in row["call_ids"]]
    rang = min([call["received_at"] for call in calls if call is not None], default=row["opened_at"])
    return Waits(
        row["id"],
        row["priority"],
        needs_of(row["needs"]),
        position_of(row["position"]),
        datetime.fromisoformat(rang),
        row["number"],
    )


def _lately(incidents: Sequence[Row], moment: datetime) -> Lately:
    """What was opened in the last hours and needed a unit, as far back as anything is known."""
    oldest = min((datetime.fromisoformat(row["opened_at"]) for row in incidents), default=moment)
    counted = [row for row in incidents if _needed(row)]
    opened = [(datetime.fromisoformat(row["opened_at"]), row["priority"]) for row in counted]
    since = min(LATELY, max(LEAST_LATELY, moment - oldest))
    of_late = Counter(priority for at, priority in opened if at > moment - since)
    return Lately(since.total_seconds() / 3600, of_late)


def _needed(row: Row) -> bool:
    """Not what is another one, nor what was closed before anybody came, as a hoax: as where a log is
    read (`simulations/needed.py`). Transfers count here: they take a unit, too."""
    if row["status"] == "closed":
        return any(run["status"] == Milestone.CLEAR for run in row["runs"])
    return bool(row["status"] != "merged")


def _moved_up(views: MemoryViews, moment: datetime) -> MovedUp:
    units = views.rows("units")
    since = moment - MOVES_LATELY
    return MovedUp(
        post={row["callsign"]: row["post"]["id"] for row in units if row.get("post")},
        moves={row["callsign"]: row.get("moves", 0) for row in units},
        mends=any(
            row["answer"] == "accepted" and datetime.fromisoformat(row["at"]) > since
            for row in views.rows("move_ups")
        ),
    )
