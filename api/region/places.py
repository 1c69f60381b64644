"""What people call a centre, and by which clock it lives: from the city file that bears its id."""

import logging
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

log = logging.getLogger("vigil.region")

CITIES: Final = Path(__file__).parents[2] / "cities"


@dataclass(frozen=True, slots=True)
class Place:
    """name : by language"""

    name: Mapping[str, str]
    zone: ZoneInfo


def places_in(cities: Path) -> dict[str, Place]:
    """By id. A file that cannot be used is passed over: the page shows the id then."""
    found = {}
    for path in sorted(cities.glob("*/city.toml")):
        try:
            said = tomllib.loads(path.read_text(encoding="utf-8"))
            found[str(said["id"])] = Place(dict(said["name"]), ZoneInfo(said["timezone"]))
        except (OSError, ValueError, KeyError, TypeError) as fault:
            log.warning("%s gives its centre no name: %r", path, fault)
    return found


def name_of(centre: str, language: str, places: Mapping[str, Place]) -> str:
    """Its city's name, else the name it goes by in Kafka."""
    return places[centre].name.get(language, centre) if centre in places else centre


def zone_of(centres: Iterable[str], places: Mapping[str, Place]) -> ZoneInfo | None:
    """The one in which all centres live whose city is known; None: no such, the machine's own holds."""
    zones = {places[name].zone for name in centres if name in places}
    return zones.pop() if len(zones) == 1 else None
