"""The gazetteer of the open map, read beside the start: no call waits for names, and no start either."""

import logging
from pathlib import Path
from threading import Event, Thread

from domain.places import FoundPlace, MapWithoutNames
from domain.ports import Gazetteer
from domain.values import Position
from routing.gazetteer import tables
from routing.gazetteer.city_names import CityNames

log = logging.getLogger("vigil.names")

PATIENCE_S = 20.0
"""The first questions of a centre that has just started wait so long for the names, and no longer."""


class LateGazetteer:
    """The port, answered as soon as the names are read.

    Every method raises MapWithoutNames where the map has none, or where reading them failed.
    """

    def __init__(self, folder: Path, names: CityNames) -> None:
        self._ready = Event()
        self._gazetteer: Gazetteer | None = None
        Thread(target=self._read, args=(folder, names), name="names", daemon=True).start()

    def find(self, said: str, near: Position | None = None, limit: int = 8) -> list[FoundPlace]:
        return self._at_hand().find(said, near, limit)

    def reverse(self, position: Position) -> FoundPlace | None:
        return self._at_hand().reverse(position)

    def areas_at(self, position: Position) -> dict[str, str]:
        return self._at_hand().areas_at(position)

    def area_names(self) -> dict[str, list[str]]:
        return self._at_hand().area_names()

    def _at_hand(self) -> Gazetteer:
        self._ready.wait(PATIENCE_S)
        if self._gazetteer is None:
            raise MapWithoutNames
        return self._gazetteer

    def _read(self, folder: Path, names: CityNames) -> None:
        try:
            found = tables.load(folder)
            if found is not None:
                from routing.gazetteer.find import OfflineGazetteer

                self._gazetteer = OfflineGazetteer(found, names)
        except Exception:
            log.exception("The names of the map cannot be read; addresses cannot be searched.")
        finally:
            self._ready.set()
