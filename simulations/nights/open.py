"""Open a service: the drawn town, a city with its map, a city model in a folder, or one of JEMSS."""

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from dispatch.city_file import load_city
from dispatch.rules import Rules
from routing import map_file
from routing.areas.grid import RoadGrid
from routing.times import RoadTimes
from simulations.city_model.as_city import rules_of
from simulations.city_model.as_rival import ground_of_model
from simulations.city_model.grid import PlacesGrid
from simulations.city_model.write import MODEL
from simulations.experiment.prepare import Wards
from simulations.experiment.wards import wards_of
from simulations.ground.build import CityGround
from simulations.jemss.model import read_jemss
from simulations.nights.service import Service, no_wards
from simulations.scenario.kept_ground import kept_or_made
from simulations.scenario.models import Standing, standing_on
from simulations.town import draw_town

ROOT: Final = Path(__file__).resolve().parents[2]
CITIES: Final = ROOT / "cities"
MAPS: Final = Path(os.environ.get("VIGIL_MAPS", ROOT / "var" / "maps"))
"""Where `vigil up` keeps its maps too, unless the environment names another folder."""


def open_town(maps: Path | str = MAPS) -> Service:
    """The town that exists nowhere, with its 40 crews. Map and road times are made once.

    maps : the folder where both are kept
    """
    folder = Path(maps)
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "demo-town.osm.pbf"
    if not source.is_file():
        with TemporaryDirectory(dir=folder, prefix=".town-") as aside:
            drawn = Path(aside) / source.name
            draw_town(int(load_city(CITIES / "demo").map.seed or 0), drawn)
            drawn.replace(source)
    return open_city("demo", source, maps)


def open_city(city: Path | str, map_source: Path | str, maps: Path | str = MAPS) -> Service:
    """A city of `cities/`, by its name or folder, on its map: an OSM file, or the folder of a built map.

    Raises BadCityFile, BadModel, MapError with sentences.
    """
    named = CITIES / city
    return _on_roads(named if named.is_dir() else Path(city), Path(map_source), Path(maps))


def open_model(folder: Path | str, map_source: Path | str, maps: Path | str = MAPS) -> Service:
    """A city model in a folder of tables (`vigil model import`), on a map. Raises BadModel, MapError."""
    return _on_roads(Path(folder), Path(map_source), Path(maps))


def open_jemss(folder: Path | str) -> Service:
    """A city model of JEMSS.jl, on the road times that came with it. Raises BadJemss."""
    imported = read_jemss(Path(folder))
    model, roads = imported.model, imported.roads
    return Service(model, rules_of(model), imported.ground(), lambda: PlacesGrid(model, roads))


def _on_roads(folder: Path, source: Path, maps: Path) -> Service:
    built = source if map_file.is_built(source) else map_file.build(source, maps)
    standing = standing_on(folder, built)
    model = standing.model
    spots = [
        *(place.position for place in model.places),
        *(hospital.position for hospital in model.hospitals),
        *(station.position for station in model.stations),
    ]
    kinds = list(dict.fromkeys(unit.kind for unit in model.units))
    ground = kept_or_made(
        built,
        standing.roads,
        ("nights", spots, kinds),
        lambda: ground_of_model(model, standing.roads),
        kinds,
    )
    if not (folder / MODEL).is_file():  # a city: its wards are on its map
        city = load_city(folder)
        return service_on(standing, ground, lambda places: wards_of(places, city, folder, built))
    return service_on(standing, ground)


def service_on(standing: Standing, ground: CityGround, wards: Wards = no_wards) -> Service:
    """A service on roads of the live engine."""
    rules = rules_of(standing.model, standing.rules)
    return Service(standing.model, rules, ground, _cells(standing.roads, rules), wards, standing)


def _cells(roads: RoadTimes, rules: Rules) -> Callable[[], RoadGrid]:
    """As the live desk has them."""

    def make() -> RoadGrid:
        grid = RoadGrid(roads.still)
        grid.renew(rules.coverage.shrink_calls)
        return grid

    return make
