"""`vigil bench dispatch`: one recommendation of a large city, with all that belongs to it."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from uuid import UUID, uuid4

import numpy as np

from api import collector
from api.bench.cover_bench import cover_rows
from api.bench.peopled import SEED
from api.bench.rows import Figure, figure, timed
from dispatch.advise import Advice, Choosing, Need, advise
from dispatch.application import memory_log
from dispatch.covering import choosing
from dispatch.desk import Desk
from dispatch.policies.fleet import UnitNow
from dispatch.policies.hospital_now import BedsNow, HospitalNow
from dispatch.rules_file import load_rules
from dispatch.still_picture import StillPicture
from domain.values import Needs, Position
from routing import map_file
from routing.areas.grid import RoadGrid
from routing.road_map import RoadMap
from routing.times import RoadTimes

UNITS, HOSPITALS, SCENES = 300, 60, 40
ASKED = 1_000
EVERY = 10  # the tenth unit is a motorbike


def bench_dispatch(source: Path, city: Path, say: Callable[[str], None]) -> list[Figure]:
    """In one process, on the streets of a map: 300 free units that stand, 60 hospitals with beds, the plan, a
    coverage cost for every unit, the explanation of all, and the letters that are answered and kept.

    city : the folder of the city whose rules.toml counts
    """
    say(f"Reading {source.name} ...")
    road_map = map_file.load(map_file.build(source, source.parent / "maps"))
    roads = RoadTimes(road_map)
    say("Working out the cells of the coverage ...")
    grid = RoadGrid(lambda: roads)
    grid.renew()
    desk = Desk(log=memory_log(), roads=roads, protocols={}, timezone=UTC, rules=load_rules(city))
    now = datetime.now(UTC)
    places = cycle(_places(road_map, SCENES))
    picture = StillPicture(_units(road_map, now), _hospitals(road_map, now))

    def weighed(policy: str) -> Choosing:
        return choosing(policy, picture.units_now(), grid, desk.rules, now)

    def need() -> Need:
        return Need(str(UUID(int=1)), next(places), Needs(), "P1", target_s=480.0)

    def advised(policy: str) -> Advice:
        return advise(need(), picture, desk, now, uuid4(), weighed(policy))

    def bare() -> Advice:
        return advise(need(), picture, desk, now, uuid4())

    say(f"Asking {ASKED} times ...")
    whole: dict[str, Callable[[], object]] = {
        "recommendation_300": lambda: advised("coverage_cost").written(desk),
        "recommendation_300_dmexclp": lambda: advised("dmexclp").written(desk),
        "recommendation_300_without_coverage": lambda: bare().written(desk),
        "coverage_of_300": lambda: weighed("coverage_cost"),
        "writing_300": _writing(advised("coverage_cost"), desk),
    }
    collector.settle()  # as a server does
    rows = []
    for name, work in whole.items():
        timed(work, 50)
        rows.append(figure(f"dispatch.{name}", timed(work, ASKED), None))
    units = _units(road_map, now)
    rows += cover_rows(roads, desk, units, _places(road_map, 5 * SCENES), now)
    return rows


def _writing(advice: Advice, desk: Desk) -> Callable[[], object]:
    return lambda: advice.written(desk)


def _places(road_map: RoadMap, count: int, seed: int = SEED) -> list[Position]:
    """Street corners by chance, always the same."""
    chosen = np.random.default_rng(seed).integers(len(road_map.streets.node_lat), size=count)
    lat, lon = road_map.streets.node_lat[chosen].tolist(), road_map.streets.node_lon[chosen].tolist()
    return [Position(*each) for each in zip(lat, lon, strict=True)]


def _units(road_map: RoadMap, now: datetime) -> list[UnitNow]:
    units = []
    for number, place in enumerate(_places(road_map, UNITS, SEED + 1)):
        motorbike = number % EVERY == 0
        kind, can = ("motorbike", ("BLS", "motorbike")) if motorbike else ("van", ("ALS", "BLS", "transport"))
        callsign = f"{'M' if motorbike else 'C'}{number}"
        units.append(UnitNow(f"unit-{number}", callsign, kind, can, "on_duty", None, place, now))
    return units


def _hospitals(road_map: RoadMap, now: datetime) -> list[HospitalNow]:
    beds = {"EmergencyDepartment": BedsNow(5, now)}
    return [
        HospitalNow(f"hospital-{i}", f"Bệnh viện {i}", place, ("general", "trauma"), beds, None, ())
        for i, place in enumerate(_places(road_map, HOSPITALS, SEED + 2))
    ]
