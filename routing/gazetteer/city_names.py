"""What the city files add to the names of the map: wards of today, places people say, hospitals, stations.

`wards.toml` and `places.toml` of a city are optional; cities/README.md says what stands in them.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from domain.city import City
from domain.errors import BadPosition
from domain.places import PlaceKind
from domain.values import Position

WARDS, PLACES = "wards.toml", "places.toml"
WARD_FIELDS: Final = {"name", "aliases", "lat", "lon", "radius_m", "replaced"}
FORMER_FIELDS: Final = {"name", "aliases", "districts", "wards"}
PLACE_FIELDS: Final = {"name", "aliases", "lat", "lon", "kind", "source"}
STATION_WORDS: Final = "Trạm cấp cứu"


class BadNames(ValueError):
    """The message is a sentence that names file, entry and field."""


@dataclass(frozen=True, slots=True)
class Ward:
    """A ward of today. replaced: `district, ward` of those it took the place of, whole or in part."""

    name: str
    aliases: tuple[str, ...]
    position: Position
    radius_m: float
    replaced: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Former:
    """What several former districts, or wards of today, once were together: a city or a district that is no
    more."""

    name: str
    aliases: tuple[str, ...]
    districts: tuple[str, ...]
    wards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedPlace:
    names: tuple[str, ...]
    kind: PlaceKind
    position: Position


@dataclass(frozen=True, slots=True)
class CityNames:
    wards: tuple[Ward, ...] = ()
    former: tuple[Former, ...] = ()
    places: tuple[NamedPlace, ...] = ()
    centre: Position | None = None


def names_of_city(city: City, folder: Path | None = None) -> CityNames:
    """All names that the files of a city hold. Raises BadNames."""
    places = [
        *(
            NamedPlace((each.name, each.name_en, *each.aliases, each.code), "hospital", each.position)
            for each in city.hospitals
        ),
        *(
            NamedPlace((each.name, f"{STATION_WORDS} {each.id}"), "station", each.position)
            for each in city.stations
        ),
    ]
    wards, former = _wards(folder / WARDS) if folder else ((), ())
    if folder:
        places += _places(folder / PLACES)
    return CityNames(tuple(wards), tuple(former), tuple(places), city.centre)


def _wards(path: Path) -> tuple[Sequence[Ward], Sequence[Former]]:
    raw = _read(path, {"ward", "former"})
    wards = []
    for row in raw.get("ward", ()):
        _check(path, "ward", row, WARD_FIELDS, {"name", "lat", "lon", "radius_m"})
        replaced = []
        for pair in row.get("replaced", ()):
            district, comma, ward = pair.partition(", ")
            if not comma:
                raise BadNames(f"{path.name}: {row['name']!r} replaced {pair!r}; write 'district, ward'.")
            replaced.append((district, ward))
        aliases = tuple(row.get("aliases", ()))
        wards.append(Ward(row["name"], aliases, _spot(path, row), float(row["radius_m"]), tuple(replaced)))
    former = []
    for row in raw.get("former", ()):
        _check(path, "former", row, FORMER_FIELDS, {"name"})
        parts = (tuple(row.get(field, ())) for field in ("aliases", "districts", "wards"))
        former.append(Former(row["name"], *parts))
    return wards, former


def _places(path: Path) -> list[NamedPlace]:
    places = []
    for row in _read(path, {"place"}).get("place", ()):
        _check(path, "place", row, PLACE_FIELDS, {"name", "lat", "lon", "source"})
        kind: Literal["place", "crossing", "bridge"] = row.get("kind", "place")
        if kind not in ("place", "crossing", "bridge"):
            raise BadNames(f"{path.name}: {row['name']!r}: kind is place, crossing or bridge, not {kind!r}.")
        places.append(NamedPlace((row["name"], *row.get("aliases", ())), kind, _spot(path, row)))
    return places


def _read(path: Path, sections: set[str]) -> Mapping[str, Any]:
    if not path.is_file():
        return {}
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise BadNames(f"{path.name} is not TOML: {fault}.") from None
    for name, rows in raw.items():
        if name not in sections or not isinstance(rows, list):
            raise BadNames(f"{path.name}: there is no [[{name}]]; there are: {', '.join(sorted(sections))}.")
    return raw


def _check(path: Path, what: str, row: Mapping[str, Any], known: set[str], needed: set[str]) -> None:
    said = row.get("name", "without a name")
    if missing := sorted(needed - row.keys()):
        raise BadNames(f"{path.name}, [[{what}]] {said!r}: the field '{missing[0]}' is missing.")
    if strange := sorted(row.keys() - known):
        raise BadNames(f"{path.name}, [[{what}]] {said!r}: there is no field '{strange[0]}'.")
    for field in ("lat", "lon", "radius_m"):
        if field in row and (isinstance(row[field], bool) or not isinstance(row[field], int | float)):
            raise BadNames(f"{path.name}, [[{what}]] {said!r}, field '{field}': write a number.")


def _spot(path: Path, row: Mapping[str, Any]) -> Position:
    try:
        return Position(float(row["lat"]), float(row["lon"]))
    except BadPosition:
        raise BadNames(f"{path.name}: {row['name']!r} lies nowhere on earth.") from None
