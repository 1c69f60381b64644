"""Which map a city has, and whose desk was opened last, so that the next start needs no word."""

import json
from dataclasses import dataclass
from pathlib import Path

from routing import map_file

LAST = "last-opened.txt"


@dataclass(frozen=True, slots=True)
class MapNotes:
    """maps : the folder that holds them"""

    maps: Path

    def last_city(self) -> str | None:
        """Whose desk was opened last from here."""
        marker = self.maps / LAST
        return marker.read_text(encoding="utf-8").strip() if marker.is_file() else None

    def built(self, city_id: str) -> Path | None:
        """The city's map, if it is whole and of this Vigil."""
        note = self._of(city_id)
        if not note.is_file():
            return None
        folder = self.maps / str(json.loads(note.read_text(encoding="utf-8"))["folder"])
        whole = map_file.is_current(folder) and (folder / "basemap.pmtiles").is_file()
        return folder if whole else None

    def has(self, city_id: str, folder: Path) -> None:
        """From now on the city is opened on this map."""
        note = self._of(city_id)
        aside = note.with_name(note.name + ".new")
        aside.write_text(json.dumps({"folder": folder.name}), encoding="utf-8")
        aside.replace(note)

    def opened(self, city_id: str, folder: Path) -> None:
        """The next start without a word opens this city on this map."""
        (self.maps / LAST).write_text(city_id, encoding="utf-8")
        self.has(city_id, folder)

    def _of(self, city_id: str) -> Path:
        return self.maps / f"{city_id}.json"
