"""How fast the streets are by the hour of the week, as shares of the speed on an empty street.

Who learns speeds makes a table; whoever asks for times names the instant, and the table of that hour counts.
A table is told by the hash of what it says: two that say the same are the same, wherever they were made.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from routing.errors import MapError
from routing.road_map import Float64s, Int32s, Streets
from routing.speeds import CLASSES

MINUTES: Final = 7 * 24 * 60
HOURS: Final = 7 * 24
LEAST, MOST = 0.05, 2.0  # a share beyond these is an error in the table, not a speed
Float32s = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class WeekSpeeds:
    """Shares of the free-flow speed, 1 where nothing is known. Slot 0 begins on Monday at midnight.

    share       : float32[slots, classes]  by class of street (`routing.speeds.CLASSES`)
    arc         : int32[n]                 arcs that are known one by one, in rising order
    arc_share   : float32[slots, n]        theirs, instead of that of their class
    map_version : of which map the arcs are; "" where there are none

    Raises MapError with a sentence for a table that makes no sense.
    """

    share: Float32s
    arc: Int32s = field(default_factory=lambda: np.empty(0, np.int32))
    arc_share: Float32s = field(default_factory=lambda: np.empty((HOURS, 0), np.float32))
    map_version: str = ""
    neutral: bool = field(init=False)  # the streets are empty all week
    name: str = field(init=False)  # eight letters of the hash of what the table says

    def __post_init__(self) -> None:
        if self.share.ndim != 2 or self.share.shape[1] != len(CLASSES) or MINUTES % max(self.slots, 1):
            raise MapError(
                f"A table of {self.share.shape} shares does not cut the week into even slots "
                f"for {len(CLASSES)} classes of street."
            )
        if self.arc_share.shape != (self.slots, len(self.arc)) or (np.diff(self.arc) <= 0).any():
            raise MapError("The arcs of a table of speeds must rise, with a share for every slot.")
        for shares in (self.share, self.arc_share):
            if not ((shares >= LEAST) & (shares <= MOST)).all():
                raise MapError(f"A share of the free speed must lie between {LEAST} and {MOST}.")
        object.__setattr__(self, "neutral", bool((self.share == 1).all() and (self.arc_share == 1).all()))
        object.__setattr__(self, "name", self._hash()[:8])

    @property
    def slots(self) -> int:
        return len(self.share)

    def slot(self, at: datetime, zone: tzinfo) -> int:
        """The slot in which an instant lies, by the clocks of the city."""
        return minute_of_week(at, zone) * self.slots // MINUTES

    def of_arcs(self, streets: Streets, slot: int) -> Float64s:
        """The share on every street: float64[2 * edges] by arc; 1 at barriers, which have no length."""
        street = streets.edge_m > 0
        by_edge = np.ones(streets.edges)
        by_edge[street] = self.share[slot, streets.way_class[streets.edge_way[street]]]
        by_arc: Float64s = np.repeat(by_edge, 2)
        by_arc[self.arc] = self.arc_share[slot]
        return by_arc

    def _hash(self) -> str:
        digest = hashlib.sha256(f"{self.share.shape} {self.arc.shape} {self.map_version}".encode())
        for values in (self.share, self.arc, self.arc_share):
            digest.update(np.ascontiguousarray(values).tobytes())
        return digest.hexdigest()

    def save(self, folder: Path) -> Path:
        """Write `week-<name>.npz`, whole or not at all, and say where."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"week-{self.name}.npz"
        unfinished = path.with_suffix(".part.npz")
        np.savez_compressed(
            unfinished, share=self.share, arc=self.arc, arc_share=self.arc_share,
            map_version=np.array(self.map_version),
        )  # fmt: skip
        unfinished.replace(path)
        return path


def neutral_week() -> WeekSpeeds:
    """Empty streets all week."""
    return WeekSpeeds(np.ones((HOURS, len(CLASSES)), np.float32))


def load_week(path: Path) -> WeekSpeeds:
    """Read what `save` wrote. Raises MapError with a sentence where the file is damaged or not ours."""
    try:
        with np.load(path, allow_pickle=False) as file:
            week = WeekSpeeds(
                np.asarray(file["share"], np.float32),
                np.asarray(file["arc"], np.int32),
                np.asarray(file["arc_share"], np.float32),
                str(file["map_version"]),
            )
    except (OSError, KeyError, ValueError, BadZipFile) as error:
        raise MapError(f"{path.name} is no table of speeds by the week ({error}).") from error
    if path.stem != f"week-{week.name}":
        raise MapError(f"{path.name} does not hold the table it is named after ({week.name}).")
    return week


def minute_of_week(at: datetime, zone: tzinfo) -> int:
    """Minutes since Monday midnight by the clocks of the city."""
    local = at.astimezone(zone)
    return (local.weekday() * 24 + local.hour) * 60 + local.minute
