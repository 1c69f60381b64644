"""Reads a map in beside the page: cut to its area, roads, base map, names; how far it is may be asked."""

import logging
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from errno import ENOSPC
from pathlib import Path
from threading import Lock, Thread
from time import monotonic

from api.first_run.errors import MapBusy
from api.first_run.found import hospitals_of_map
from api.first_run.state import MapTold
from api.maps import prepare
from routing import map_file
from routing.clip import clip
from routing.errors import MapError

log = logging.getLogger("vigil.first_run")
Box = tuple[float, float, float, float]
"""south, west, north, east in degrees"""


@dataclass(frozen=True, slots=True)
class Reading:
    """share : 0 to 1; fault : a sentence in each language where it failed"""

    file: str
    stage: str = ""
    share: float = 0.0
    seconds: float = 0.0
    fault: Mapping[str, str] | None = None
    done: bool = False


class MapReader:
    """One map at a time. `told` is called from another thread with the map that was read."""

    def __init__(self, maps: Path, told: Callable[[MapTold], None]) -> None:
        self._maps, self._told = maps, told
        self._lock = Lock()
        self._thread: Thread | None = None
        self.reading: Reading | None = None

    @property
    def busy(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def begin(self, source: Path, shown: str, box: Box | None) -> None:
        """Raises MapBusy."""
        with self._lock:
            if self.busy:
                raise MapBusy
            self.reading = Reading(shown)
            self._thread = Thread(target=self._read, args=(source, shown, box), name="map", daemon=True)
            self._thread.start()

    def wait(self) -> None:
        if self._thread is not None:
            self._thread.join()

    def _read(self, source: Path, shown: str, box: Box | None) -> None:
        began = monotonic()

        def progress(stage: str, share: float) -> None:
            self.reading = Reading(shown, stage, share, monotonic() - began)

        try:
            found = self._built(source, shown, box, progress)
        except (MapError, OSError, RuntimeError) as fault:
            log.warning("the map %s cannot be read: %s", shown, fault)
            self.reading = Reading(shown, fault=said_of(fault), seconds=monotonic() - began)
            return
        except Exception as fault:
            log.exception("the map %s cannot be read", shown)
            self.reading = Reading(shown, fault=said_of(fault), seconds=monotonic() - began)
            return
        self._told(found)
        self.reading = Reading(shown, "map ready", 1.0, monotonic() - began, done=True)

    def _built(
        self, source: Path, shown: str, box: Box | None, progress: Callable[[str, float], None]
    ) -> MapTold:
        self._maps.mkdir(parents=True, exist_ok=True)
        name = shown.split(".")[0]
        if box is not None:
            part = self._maps / f"{name}-part.osm.pbf"
            clip(source, part, box, lambda stage, share: progress(stage, 0.1 * share))
            source = part
        folder = prepare(source, self._maps, lambda stage, share: progress(stage, 0.1 + 0.85 * share), name)
        progress("hospitals", 0.97)
        roads = map_file.load(folder)
        south, west, north, east = roads.bounds
        return MapTold(
            folder=folder.name,
            name=roads.name,
            bounds=(west, south, east, north),
            streets=roads.streets.edges,
            found=hospitals_of_map(source),
        )


def said_of(fault: Exception) -> dict[str, str]:
    """In both languages. What only a programmer would understand stands in the log."""
    if isinstance(fault, MapError):
        return {"en": str(fault), "vi": fault.vi}
    if isinstance(fault, OSError) and fault.errno == ENOSPC:
        return {"en": "The disk is full.", "vi": "Ổ đĩa đã đầy."}
    return {"en": "The file cannot be read.", "vi": "Không đọc được tệp này."}


def room_for(size_bytes: int, folder: Path) -> tuple[bool, int, int]:
    """Whether a map of this size fits with what is made of it; MB wanted and MB free."""
    wanted, free = size_bytes * 6, shutil.disk_usage(folder).free
    return wanted <= free, round(wanted / 1e6), round(free / 1e6)
