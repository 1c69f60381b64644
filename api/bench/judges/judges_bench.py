"""`vigil bench judges`: our times and our speed beside those of OSRM and Valhalla, for the same places.

Ours are free-flow times of a van that drives normally, kerb to kerb; theirs come from their car profiles as
they are. None of the three is the truth. That two independent judges would send the same unit as we is a sign
that no rule of ours is badly wrong; where the two differ between themselves, so may we.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np

from api.bench.judges.believable import Agreement, agreement, mean_of, quotients
from api.bench.judges.pace import pace
from api.bench.judges.panel import Panel
from api.bench.judges.places import along_streets, of_city, straight_m
from api.bench.rows import Figure, value
from domain.values import Position
from routing import map_file
from routing.arrays import Float64s
from routing.road_map import RoadMap
from routing.times import RoadTimes
from routing.warm import warm_up

SEED = 115
CALLS = 400
STATIONS = 60
PROFILE = "van_normal"
Say = Callable[[str], None]


def bench_judges(
    sources: Sequence[Path], python: Path, city: Path | None, keep: Path, say: Say
) -> list[Figure]:
    """Every judge that `python` has, on every map. `city` gives the first map its stations and hospitals;
    elsewhere stations stand anywhere. What judges build of a map stays in `keep`: contracting takes minutes.
    """
    warm_up()
    rows: list[Figure] = []
    for place, source in enumerate(sources):
        folder = keep / source.name.split(".")[0]
        folder.mkdir(parents=True, exist_ok=True)
        with Panel(python, folder / "judges.log") as panel, tempfile.TemporaryDirectory() as scratch:
            for judge, version in panel.judges.items():
                say(f"Seating {judge} {version} on {source.name} ...")
                panel.seat(judge, source, folder)
            say(f"Building {source.name} ...")
            road_map = map_file.load(map_file.build(source, Path(scratch)))
            found = list(_on_one_map(road_map, panel, city if place == 0 else None, say))
        rows += [replace(row, map=road_map.name, nodes=road_map.streets.nodes) for row in found]
    return rows


def _on_one_map(road_map: RoadMap, panel: Panel, city: Path | None, say: Say) -> Iterator[Figure]:
    chance = np.random.default_rng(SEED)
    calls = along_streets(road_map, CALLS, chance)
    stations = of_city(road_map, city) if city else along_streets(road_map, STATIONS, chance)
    say(f"Asking for {len(calls)} calls and {len(stations)} stations ...")
    straight = straight_m(stations, calls)
    times = {judge: panel.table(judge, stations, calls)[0] for judge in panel.judges}
    yield from believable(our_times(road_map, stations, calls), times, straight)
    yield from pace(road_map, panel, chance, say)


def our_times(road_map: RoadMap, stations: list[Position], calls: list[Position]) -> Float64s:
    """Seconds, float64[stations, calls], nan where there is no way."""
    table = RoadTimes(road_map).table(stations, calls, PROFILE, "free_flow")
    return np.array([[travel.duration_s if travel else np.nan for travel in row] for row in table])


def believable(ours: Float64s, theirs: dict[str, Float64s], straight: Float64s) -> Iterator[Figure]:
    """How often each judge would send the same station, beside how often the judges agree, and the straight
    line does; and the quotients of times by distance, whose spread is that of the middle eight tenths."""
    among: Agreement | None = None
    for one, other in combinations(theirs, 2):
        among = mean_of(agreement(theirs[one], theirs[other]), agreement(theirs[other], theirs[one]))
        yield from _rows(f"{one}_and_{other}", among, None)
    for judge, times in theirs.items():
        yield from _rows(f"ours_by_{judge}", agreement(ours, times), among)
        yield from _rows(f"straight_line_by_{judge}", agreement(straight, times), among)
    if len(theirs) > 1:
        mean = mean_of(*(agreement(ours, times) for times in list(theirs.values())[:2]))
        yield from _rows("ours_by_both", mean, among)
    compared = [("ours", ours, judge, times) for judge, times in theirs.items()]
    compared += [(one, theirs[one], other, theirs[other]) for one, other in combinations(theirs, 2)]
    for name, mine, judge, times in compared:
        for band in quotients(mine, times, straight):
            title = f"times.{name}_over_{judge}_{band.from_m / 1000:.0f}_to_{band.to_m / 1000:.0f}_km"
            low, p10, p50, p90, high = np.quantile(band.quotient, (0.0, 0.1, 0.5, 0.9, 0.99)).tolist()
            row = Figure(title, len(band.quotient), "x", low, p50, high, None, None, None)
            yield replace(row, spread=(p90 - p10) / p50)


def _rows(name: str, found: Agreement, among: Agreement | None) -> Iterator[Figure]:
    """`among` is what the judges find of each other."""
    whose = "judges_of_each_other"
    same = (whose, among.same) if among else None
    yield value(f"nearest_station.{name}", found.calls, "share", found.same, same)
    yield value(
        f"regret.{name}", found.calls, "s", found.regret_s, (whose, among.regret_s) if among else None
    )
    yield value(
        f"rank_correlation.{name}", found.calls, "", found.rank, (whose, among.rank) if among else None
    )
