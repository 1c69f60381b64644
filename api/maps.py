"""Which map Vigil opens: the one asked for, one built before, the city's extract, or the drawn town.

In that order, and each step says plainly what it does. A machine without internet loses seconds, not minutes.
"""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from api.centre import MapShown
from api.map_notes import MapNotes
from dispatch.city_file import BadCityFile, load_city
from dispatch.rules import Rules
from dispatch.rules_file import load_rules
from domain.city import City
from routing import map_file
from routing.clip import clip
from routing.errors import MapError
from routing.gazetteer import tables as gazetteer_tables
from routing.gazetteer.city_names import BadNames, CityNames, names_of_city
from routing.road_map import RoadMap

Say = Callable[[str], None]
Progress = Callable[[str, float], None]

HOME, TOWN = "hcmc", "demo"
"""The city Vigil is made for, and the drawn one that stands in where there is no map of it."""

CONNECT_S = 4.0
READ_S = 15.0


@dataclass(frozen=True, slots=True)
class Opened:
    city: City
    shown: MapShown
    roads: RoadMap
    rules: Rules = field(default_factory=Rules)
    names: CityNames = field(default_factory=CityNames)
    files: Path | None = None  # the folder the city was read from


def open_map(
    cities: Path,
    data: Path,
    wanted_city: str | None,
    map_source: Path | None,
    say: Say,
    progress: Progress,
    *,
    beside: bool = False,
) -> Opened:
    """Find or make a map and the city that goes with it.

    beside : for a command beside the desk, such as a planner's: what the desk opens next stays as it is

    Raises MapError or BadCityFile with a sentence.
    """
    maps = data / "maps"
    maps.mkdir(parents=True, exist_ok=True)
    notes = MapNotes(maps)
    if map_source is not None:
        say(f"Map: {map_source}")
        folder = prepare(map_source, maps, progress)
        roads = map_file.load(folder)
        city = _city_for(roads, cities, wanted_city)
    else:
        city, folder = _city_and_map(cities, notes, wanted_city, say, progress)
        roads = map_file.load(folder)
    if not beside:
        notes.opened(city.id, folder)
    rules = load_rules(cities / city.id, city.targets)
    _name_again(folder, maps, city.id, say, progress)
    names = _names(city, cities / city.id)
    return Opened(city, _shown(city, folder, roads), roads, rules, names, cities / city.id)


def _names(city: City, folder: Path) -> CityNames:
    """What the city files add to the names of the map. Raises BadCityFile."""
    try:
        return names_of_city(city, folder)
    except BadNames as fault:
        raise BadCityFile([str(fault)]) from None


def name_places(source: Path, folder: Path, progress: Progress) -> None:
    """Build the names of a map beside it, unless they are there. Raises MapError."""
    if not gazetteer_tables.is_there(folder):
        from routing.gazetteer.build import build

        build(source, folder, progress)


def _name_again(folder: Path, maps: Path, city_id: str, say: Say, progress: Progress) -> None:
    """A map that an older Vigil built has no names; they are read from its file where that is still here."""
    if gazetteer_tables.is_there(folder):
        return
    for source in (maps / f"{city_id}.osm.pbf", maps / f"{city_id}-town.osm.pbf"):
        if source.is_file():
            name_places(source, folder, progress)
            return
    say("This map has no names, so addresses cannot be searched: open it once more with --map FILE.")


def _city_and_map(
    cities: Path, notes: MapNotes, wanted: str | None, say: Say, progress: Progress
) -> tuple[City, Path]:
    """Without a file: what was opened last, else the city's extract, else the drawn town."""
    city = load_city(cities / (wanted or notes.last_city() or HOME))
    if (folder := notes.built(city.id)) is not None:
        return city, folder
    if (folder := _downloaded(city, notes.maps, say, progress)) is not None:
        notes.has(city.id, folder)
        return city, folder
    if city.map.kind == "extract":
        if wanted is not None or city.map.extract_url is None:
            raise MapError(f"No map of {city.id} is here and none could be downloaded: name one with --map.")
        say("No map could be had, so the demo town stands in (fictional streets, hospitals and stations).")
        city = load_city(cities / TOWN)
        if (folder := notes.built(city.id)) is not None:
            return city, folder
    folder = _drawn(city, notes.maps, say, progress)
    notes.has(city.id, folder)
    return city, folder


def prepare(source: Path, maps: Path, progress: Progress, name: str | None = None) -> Path:
    """Build roads, base map and names of an OSM file, or find all already built. Raises MapError."""
    folder = map_file.build(source, maps, name, lambda stage, share: progress(stage, 0.6 * share))
    _draw(source, folder / "basemap.pmtiles", lambda stage, share: progress(stage, 0.6 + 0.3 * share))
    name_places(source, folder, lambda stage, share: progress(stage, 0.9 + 0.1 * share))
    progress("map ready", 1.0)
    return folder


def _draw(source: Path, out: Path, progress: Progress) -> None:
    """Draw the base map, unless it is there as this Vigil draws it. Raises MapError."""
    # Drawing needs libraries that opening does not: a restart in the night should not wait for them.
    from api.basemap.archive import is_current
    from api.basemap.build import build_basemap

    if is_current(out):
        return
    build_basemap(source, out, lambda stage, share: progress(f"base map: {stage}", share))


def _city_for(road_map: RoadMap, cities: Path, wanted: str | None) -> City:
    """The city asked for, else the one whose centre lies on the map."""
    if wanted is not None:
        return load_city(cities / wanted)
    south, west, north, east = road_map.bounds
    for folder in sorted(cities.iterdir()):
        if (folder / "city.toml").is_file():
            city = load_city(folder)
            if south <= city.centre.lat <= north and west <= city.centre.lon <= east:
                return city
    raise MapError(
        f"No city in {cities.name}/ lies on the map {road_map.name}: "
        "describe yours in a folder of its own (cities/README.md tells how) and name it with --city."
    )


def _downloaded(city: City, maps: Path, say: Say, progress: Progress) -> Path | None:
    """The city's extract from the internet, clipped to the city; None where it cannot be had."""
    url = city.map.extract_url
    if url is None:
        return None
    say(f"No map of {city.name['en']} yet: asking {url} ...")
    whole, part = maps / f"{city.id}-download.osm.pbf", maps / f"{city.id}.osm.pbf"
    try:
        _fetch(url, whole, progress)
        bounds = city.map.bounds
        clip(whole, part, (bounds.south, bounds.west, bounds.north, bounds.east), progress)
        return prepare(part, maps, progress)
    except (httpx.HTTPError, OSError, MapError) as fault:
        say(f"That did not work ({type(fault).__name__}: {fault}).")
        return None
    finally:
        whole.unlink(missing_ok=True)


def _fetch(url: str, out: Path, progress: Progress) -> None:
    timeout = httpx.Timeout(READ_S, connect=CONNECT_S)
    with httpx.stream("GET", url, timeout=timeout, follow_redirects=True) as answer:
        answer.raise_for_status()
        size = int(answer.headers.get("content-length", 0))
        got = 0
        with out.open("wb") as file:
            for block in answer.iter_bytes(1 << 20):
                file.write(block)
                got += len(block)
                progress(f"downloading {got / 1e6:.0f} MB", got / size if size else 0.0)


def _drawn(city: City, maps: Path, say: Say, progress: Progress) -> Path:
    """The demo town, drawn by our own generator in a process of its own and read like any other map."""
    say(f"{city.name['en']}: its fictional streets, hospitals and stations are drawn, once.")
    out = maps / f"{city.id}-town.osm.pbf"
    progress("drawing the town", 0.0)
    order = [sys.executable, "-m", "simulations.town", "--seed", str(city.map.seed), "--out", str(out)]
    done = subprocess.run(order, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode != 0:
        raise MapError(f"The demo town could not be drawn: {done.stderr.strip().splitlines()[-1:]}")
    return prepare(out, maps, progress)


def _shown(city: City, folder: Path, road_map: RoadMap) -> MapShown:
    south, west, north, east = road_map.bounds
    return MapShown(
        version=road_map.version,
        name=road_map.name,
        kind=city.map.kind,
        bounds=(west, south, east, north),
        folder=folder,
    )
