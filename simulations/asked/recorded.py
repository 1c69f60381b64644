"""Days of the service's own log once more: the very calls, or days like them, under other rules or crews.

The log is read here, in a process that gives way to the desk, and only the part of it that tells of those
days. Planners know places to about 100 metres, and these calls are no exception.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from dispatch.application import DispatchLog, postgres_log
from dispatch.city_file import load_city
from dispatch.faults import OperationalError
from domain.city import City
from domain.values import Position
from routing import map_file
from routing.times import RoadTimes
from simulations.asked.order import LOG_ADDRESS, Order
from simulations.asked.progress import Teller
from simulations.day import Day
from simulations.experiment.experiment import Experiment
from simulations.experiment.inputs import INPUTS, Inputs, read_inputs
from simulations.experiment.prepare import prepare
from simulations.experiment.run import run
from simulations.policy_day.from_log import NoSuchDay, day_of, facts_of_days, open_log

COARSE: Final = 3
"""Decimals of a degree: about 100 m, as planners are told where something is."""
PLACES: Final = 3_000
"""Of so many different places the road times are worked out in a minute or two and some hundred MB."""


def play_recorded(
    folder: Path, order: Order, teller: Teller, surroundings: Mapping[str, str] = os.environ
) -> Inputs:
    """Make ready unless that is done, and play what is left. Raises NoSuchDay, BadCityFile, BadExperiment,
    MapError, OSError."""
    if not (folder / INPUTS).is_dir():
        _make_ready(folder, order, teller, surroundings)
    teller.stage("replications")
    run(folder, 1, teller.done)
    return read_inputs(folder)


def _make_ready(folder: Path, order: Order, teller: Teller, surroundings: Mapping[str, str]) -> None:
    city_folder, map_folder = Path(order.city_folder), Path(order.map_folder)
    city = load_city(city_folder)
    teller.stage("log")
    log = _own_log(order, surroundings)
    try:
        day = days_in(log, order, city)
    finally:
        log.close()
    teller.stage("map")
    roads = RoadTimes(map_file.load(map_folder))
    day = as_planners_see_it(day, roads, order.experiment)
    teller.stage("road times")

    def tell(stage: str, share: float) -> None:
        teller.stage("road times" if stage == "road times" else "rules")

    prepare(order.experiment, day, city_folder, roads, map_folder, folder, tell)


def _own_log(order: Order, surroundings: Mapping[str, str]) -> DispatchLog:
    if address := surroundings.get(LOG_ADDRESS):
        try:
            return postgres_log(address, most=2)
        except OperationalError as fault:
            raise OSError(f"The database of the log does not answer: {fault}") from None
    assert order.data_folder is not None, "its source is a log"
    return open_log(Path(order.data_folder))


def days_in(log: DispatchLog, order: Order, city: City) -> Day:
    """Raises NoSuchDay."""
    assert order.day is not None, "its source is a log"
    first = date.fromisoformat(order.day)
    last = date.fromisoformat(order.until or order.day)
    zone = ZoneInfo(city.timezone)
    begins, ends = (datetime.combine(each, time(), zone) for each in (first, last + timedelta(days=1)))
    return day_of(facts_of_days(log, begins, ends), city.id, city.timezone, first, last)


def as_planners_see_it(day: Day, roads: RoadTimes, asked: Experiment) -> Day:
    """Places to about 100 m; without calls from beyond the map, and what rang after the hours that are asked
    for. Raises NoSuchDay where nothing is left, or more than can be played."""
    calls = [call for call in day.calls if asked.days == "alike" or call.at_s < asked.ends_s]
    if not calls:
        raise NoSuchDay(
            f"{day.source[0].upper()}{day.source[1:]} tells of no incident in the hours that are asked for.",
            "Nhật ký không có ca nào trong những giờ đó.",
        )
    where = {call: _coarse(Position(call.lat, call.lon), roads) for call in set(calls)}
    there = [replace(call, lat=at.lat, lon=at.lon) for call in calls if (at := where[call]) is not None]
    beyond = len(calls) - len(there)
    if not there:
        raise NoSuchDay(
            f"None of the {len(calls)} incidents of {day.source} is on this map.",
            f"Không ca nào trong {len(calls)} ca của những ngày đó nằm trên bản đồ này.",
        )
    places = len({(call.lat, call.lon) for call in there})
    if places > PLACES:
        raise NoSuchDay(
            f"{day.source} tells of {len(there)} incidents at {places} places; at most {PLACES} places are "
            "simulated at once. Take fewer days.",
            f"Những ngày đó có {len(there)} ca ở {places} nơi; mỗi lần mô phỏng nhiều nhất {PLACES} nơi. Hãy "
            "chọn ít ngày hơn.",
        )
    left_out = f", without {beyond} beyond the map" if beyond else ""
    return replace(day, source=f"{day.source}, places to about 100 m{left_out}", calls=tuple(there))


def _coarse(exact: Position, roads: RoadTimes) -> Position | None:
    """The nearest corner of the coarse grid that is on the map; None for what lies beyond it."""
    step = 10.0**-COARSE
    corners = [
        Position(
            round((exact.lat // step + north) * step, COARSE),
            round((exact.lon // step + east) * step, COARSE),
        )
        for north in (0, 1)
        for east in (0, 1)
    ]
    near = sorted(corners, key=lambda at: (at.lat - exact.lat) ** 2 + (at.lon - exact.lon) ** 2)
    return next((at for at in near if roads.covers(at)), None)
