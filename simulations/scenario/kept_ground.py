"""A ground that was worked out before is read from the folder of its map: the first time takes minutes."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

from domain.values import Position
from simulations.experiment.inputs import where_of
from simulations.experiment.keep import keep, kept
from simulations.experiment.small_ground import KeptGround
from simulations.ground.build import CityGround

GROUNDS: Final = "grounds"


def kept_or_made(
    folder: Path | None, about: Sequence[object], make: Callable[[], CityGround], kinds: Sequence[str]
) -> CityGround:
    """folder : of the map; nothing is kept where there is none
    about  : all that the ground is made of besides its map, in words that tell one from another
    """
    if folder is None:
        return make()
    name = sha256(repr(about).encode()).hexdigest()[:16]
    path = folder / GROUNDS / f"{name}.npz"
    try:
        found = kept(path, KeptGround)
    except (OSError, ValueError):  # not there yet, or half of it: it is made anew
        made = make()
        path.parent.mkdir(exist_ok=True)
        keep(path, KeptGround(made.columns, where_of(made)))
        return made
    places = tuple(Position(lat, lon) for lat, lon in found.where.tolist())
    return CityGround(found.columns, places, tuple(kinds), folder.name, "scenario")
