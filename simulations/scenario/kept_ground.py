"""A ground that was worked out before is read from the folder of its map: the first time takes minutes."""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

from domain.ports import TravelTimes
from domain.values import Position
from simulations.experiment.inputs import where_of
from simulations.experiment.keep import HALF, keep, kept
from simulations.experiment.small_ground import KeptGround
from simulations.ground.build import CityGround

GROUNDS: Final = "grounds"
MOST: Final = 40
"""So many are kept, those asked for last; a scenario that is written anew leaves one behind each time."""
DAY_S: Final = 86_400.0
"""Nobody writes that long: what is half written since is of a process that was killed."""

log = logging.getLogger("vigil.simulations")


def kept_or_made(
    folder: Path | None,
    roads: TravelTimes,
    about: Sequence[object],
    make: Callable[[], CityGround],
    kinds: Sequence[str],
) -> CityGround:
    """The same ground, whether it was kept or is made: nothing that comes of it may tell the two apart.

    folder : of the map; nothing is kept where there is none
    roads  : what the ground is made of
    about  : all that it is made of besides its roads, in words that tell one from another
    """
    if folder is None:
        return make()
    name = sha256(repr((roads.map_version, roads.traffic_version, *about)).encode()).hexdigest()[:16]
    path = folder / GROUNDS / f"{name}.npz"
    try:
        found = kept(path, KeptGround)
    except (OSError, ValueError):  # not there yet, or half of it: it is made anew
        made = make()
        try:
            path.parent.mkdir(exist_ok=True)
            keep(path, KeptGround(made.columns, where_of(made)))
            _make_room(path.parent)
        except OSError as fault:  # a full disk, or a map that others own: it is made anew the next time
            log.warning("A ground could not be kept beside its map: %s", fault)
        return made
    with suppress(OSError):
        path.touch()  # who is asked for stays
    places = tuple(Position(lat, lon) for lat, lon in found.where.tolist())
    return CityGround(found.columns, places, tuple(kinds), roads.map_version, roads.traffic_version)


def _make_room(folder: Path) -> None:
    asked = sorted(folder.glob("*.npz"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    yesterday = asked[0].stat().st_mtime - DAY_S
    forgotten = [path for path in folder.glob(f"*{HALF}") if path.stat().st_mtime < yesterday]
    for path in (*asked[MOST:], *forgotten):
        path.unlink(missing_ok=True)
