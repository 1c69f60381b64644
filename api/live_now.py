"""The live state as values, for a fork: what the desk sees and goes by at this moment. Nothing is written."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from api.centre import Centre
from api.move_ups import posts_of
from dispatch.still_picture import StillPicture
from domain.values import Position

if TYPE_CHECKING:  # loaded where somebody first asks
    from simulations.fork.now import Now
    from simulations.fork.stages import Stages
    from simulations.fork.usual import Usual


def live_now(
    centre: Centre, seen: StillPicture, moment: datetime, stages: Stages, usual: Usual | None
) -> Now:
    from simulations.fork.of_views import now_of

    off_map = _off_map(centre, seen)
    return now_of(centre.views, seen, moment, stages, centre.city, centre.desk.rules, usual, off_map)


def _off_map(centre: Centre, seen: StillPicture) -> frozenset[Position]:
    grid = centre.desk.coverage
    if grid is None:
        return frozenset()
    places = {each.position for each in seen.units} | {each.station for each in seen.units}
    places |= {place for _, place in posts_of(centre).values()}
    known = [each for each in places if each is not None]
    return frozenset(place for place, cell in zip(known, grid.cells_of(known), strict=True) if cell < 0)
