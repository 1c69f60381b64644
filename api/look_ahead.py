"""A look ahead out of the live state: what sending one unit or another means for the calls of the next hour.

Live is read here and handed over as values; nothing is written, to the log or to the views.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING
from uuid import UUID

from api.advice import advice_for
from api.centre import Centre
from api.picture import needs_of_row, position_of_row
from dispatch.advise import Advice
from dispatch.policies.send import RankedUnit
from dispatch.still_picture import StillPicture
from domain.choosing_errors import NobodyToLookAheadFor, NotWaiting
from domain.coverage_errors import CoverageNotReady
from domain.errors import UnknownIncident
from projections.memory import MemoryViews
from projections.rows import Row

if TYPE_CHECKING:  # loaded where somebody first asks
    from simulations.fork.cell_ground import CellGround
    from simulations.fork.look_ahead import LookAhead
    from simulations.fork.now import Lately, Now, Waits
    from simulations.fork.stages import Stages

FIRST = 3
"""So many units are compared, from the first of the recommendation on."""
LATELY = timedelta(hours=3)
LEAST_LATELY = timedelta(minutes=30)
SEED = 115
"""One for all: whoever asks again at the same moment hears the same."""
OLD_AFTER = 500
"""Facts, after which the centre's own runs are looked through again."""


@dataclass(frozen=True, slots=True)
class Looked:
    """advice : whose first units were compared"""

    now: Now
    advice: Advice
    units: Sequence[RankedUnit]
    found: LookAhead


@dataclass(slots=True)
class LookAheads:
    """What is kept between questions: the ground of the present road times, and what own runs tell. One
    question at a time: each takes a core for a moment."""

    _turn: Lock = field(default_factory=Lock)
    _ground: tuple[object, CellGround] | None = None
    _stages: tuple[int, Stages] | None = None

    def ask(self, centre: Centre, incident_id: UUID, futures: int, hours: float) -> Looked:
        """Raises UnknownIncident, NotWaiting, NobodyToLookAheadFor, CoverageNotReady, PictureBehind."""
        from simulations.fork.cell_ground import KINDS
        from simulations.fork.futures import draw
        from simulations.fork.look_ahead import Going, look_ahead
        from simulations.fork.start import start

        row = centre.row("incidents", str(incident_id))
        if row is None:
            raise UnknownIncident(incident_id=incident_id)
        if row["status"] != "waiting":
            raise NotWaiting(number=row["number"])
        with self._turn:
            ground, weights = self._cells(centre)
            advice = advice_for(centre, incident_id)
            free = [each for each in advice.units.units if each.free_in_s is None and each.kind in KINDS]
            if not free:
                raise NobodyToLookAheadFor(number=row["number"])
            first = free[:FIRST]
            stages = self._learned(centre.views)
            seen = now_of(centre.views, StillPicture(advice.fleet, advice.hospitals_seen), advice.at, stages)
            begin = start(seen, centre.city, centre.desk.rules, ground, weights)
            going = [Going(each.callsign, each.eta_s) for each in first]
            found = look_ahead(draw(begin, futures, hours, SEED), str(incident_id), going)
        return Looked(seen, advice, first, found)

    def _cells(self, centre: Centre) -> tuple[CellGround, Sequence[float]]:
        from simulations.fork.cell_ground import cell_ground

        grid = centre.desk.coverage
        times = None if grid is None else grid.times
        if times is None:
            raise CoverageNotReady
        if self._ground is None or self._ground[0] is not times:
            hospitals = [each.position for each in centre.city.hospitals]
            stations = [each.position for each in centre.city.stations]
            self._ground = times, cell_ground(times, hospitals, stations)
        return self._ground[1], times["van"].cells.weights

    def _learned(self, views: MemoryViews) -> Stages:
        from simulations.fork.stages import learned

        seq = views.position
        if self._stages is None or seq - self._stages[0] > OLD_AFTER:
            self._stages = seq, learned(views.rows("runs"))
        return self._stages[1]


def now_of(views: MemoryViews, seen: StillPicture, moment: datetime, stages: Stages) -> Now:
    """The live state as values."""
    from simulations.fork.now import Now

    seq, incidents = views.position, views.rows("incidents")
    return Now(
        at=moment,
        units=seen.units,
        hospitals=seen.hospitals,
        waiting=[_waits(views, row) for row in incidents if row["status"] == "waiting"],
        lately=_lately(incidents, moment),
        stages=stages,
        seq=seq,
    )


def _waits(views: MemoryViews, row: Row) -> Waits:
    from simulations.fork.now import Waits

    calls = [views.row("calls", call_id) for call_id in row["call_ids"]]
    rang = min([call["received_at"] for call in calls if call is not None], default=row["opened_at"])
    return Waits(
        row["id"],
        row["priority"],
        needs_of_row(row["needs"]),
        position_of_row(row["position"]),
        datetime.fromisoformat(rang),
    )


def _lately(incidents: Sequence[Row], moment: datetime) -> Lately:
    """What was opened in the last hours, as far back as anything is known."""
    from simulations.fork.now import Lately

    counted = [row for row in incidents if row["status"] != "merged"]
    opened = [(datetime.fromisoformat(row["opened_at"]), row["priority"]) for row in counted]
    oldest = min((at for at, _ in opened), default=moment)
    since = min(LATELY, max(LEAST_LATELY, moment - oldest))
    of_late = Counter(priority for at, priority in opened if at > moment - since)
    return Lately(since.total_seconds() / 3600, of_late)
