"""The gazetteer of the letter town, and that of Ho Chi Minh City where its map is at hand."""

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from dispatch.city_file import load_city
from domain.places import FoundPlace
from domain.values import Position
from routing.gazetteer.build import made
from routing.gazetteer.city_names import CityNames, names_of_city
from routing.gazetteer.find import OfflineGazetteer
from routing.gazetteer.read_names import read_names
from routing.gazetteer.tables import Tables, load
from routing.geodesy import segment_metres
from tests.server import hcmc_ground
from tests.shared_data import ROOT
from tests.small_city import write_small_city

HCMC = ROOT / "cities" / "hcmc"


@cache
def letter_names() -> tuple[Tables, CityNames]:
    with TemporaryDirectory() as folder:
        source, cities = write_small_city(Path(folder))
        city = load_city(cities / "letters")
        return made(read_names(source)), names_of_city(city, cities / "letters")


@cache
def letter_gazetteer() -> OfflineGazetteer:
    return OfflineGazetteer(*letter_names())


@cache
def hcmc_tables() -> Tables:
    """As built for its server. Skips the test where the extract is not at hand."""
    maps = hcmc_ground().maps
    tables = load(maps / json.loads((maps / "hcmc.json").read_text(encoding="utf-8"))["folder"])
    assert tables is not None
    return tables


@cache
def hcmc_gazetteer() -> OfflineGazetteer:
    return OfflineGazetteer(hcmc_tables(), names_of_city(load_city(HCMC), HCMC))


def apart_m(one: Position, other: Position) -> float:
    lat_1, lon_1, lat_2, lon_2 = (np.array([x]) for x in (one.lat, one.lon, other.lat, other.lon))
    return float(segment_metres(lat_1, lon_1, lat_2, lon_2)[0])


def first(found: list[FoundPlace]) -> FoundPlace:
    assert found, "nothing was found"
    return found[0]
