"""The live state of the moment in which it was asked for, carried on: rivals meet the same futures.

Live was read once and is written down as values; from there on it goes on without us. Who serves somebody at
that moment is drawn where that run leaves it. Road times are those between the cells of the desk's coverage,
which know no distances: kilometres are not told.
"""

import pickle
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import numpy as np

from dispatch.rules import Rules
from domain.city import City
from routing.arrays import Float64s
from simulations.asked.order import LIVE, Order
from simulations.asked.progress import Teller
from simulations.asked.replay import Carried
from simulations.asked.under_way import carried_on
from simulations.experiment.experiment import Rival
from simulations.experiment.inputs import INPUTS, NOBODY_ANSWERS, Inputs, RivalColumns, Words, rival_file
from simulations.experiment.keep import keep
from simulations.experiment.replicate import NO_CALLS, Replication, file_of, write_replication
from simulations.fork.cell_ground import KINDS, CellGround
from simulations.fork.futures import Futures, draw
from simulations.fork.look_ahead import play
from simulations.fork.now import Now
from simulations.fork.start import Start, start
from simulations.ground.build import CityGround
from simulations.lean.columns import Incidents, Served
from simulations.lean.of_day import PRIORITIES
from simulations.lean.plan_of import HOW
from simulations.rival import everywhere

UNTOLD: Final = ("lost_needing", "km")


class Taken(NamedTuple):
    """What is read of live. weights : the share of the expected demand in each cell"""

    now: Now
    city: City
    rules: Rules
    ground: CellGround
    weights: Sequence[float]


class Played(NamedTuple):
    """values : by rival and figure, one a replication
    carried : of rival and replication, what was found of the live state
    """

    inputs: Inputs
    values: dict[str, dict[str, list[float]]]
    carried: Callable[[int, int], Carried]


def keep_now(taken: Taken) -> bytes:
    packed = BytesIO()
    pickler = pickle.Pickler(packed, protocol=5)
    pickler.dispatch_table = {MappingProxyType: _of_proxy}
    pickler.dump(tuple(taken))
    return packed.getvalue()


def _of_proxy(told: MappingProxyType[Any, Any]) -> tuple[Any, tuple[dict[Any, Any]]]:
    """Facts of a city are shown and not handed out; Python packs no such view by itself."""
    return _shown, (dict(told),)


def _shown(told: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(told)


class OtherVersion(ValueError):
    """The moment was kept by a Vigil of other sources than this process has."""

    en = "Vigil was updated since this moment was kept, so it cannot be read any more. Ask again."
    vi = "Vigil đã được cập nhật sau khi giữ lại thời điểm này nên không đọc được nữa. Hãy yêu cầu lại."


def read_now(packed: bytes) -> Taken:
    """Raises OtherVersion."""
    try:
        return Taken(*pickle.loads(packed))
    except (pickle.UnpicklingError, EOFError, AttributeError, ImportError, TypeError) as fault:
        print(repr(fault), file=sys.stderr)
        raise OtherVersion(OtherVersion.en) from None


def play_now(folder: Path, order: Order, teller: Teller) -> Played:
    """Seconds of work, so that it is done anew after an end from outside."""
    asked = order.experiment
    taken = read_now((folder / LIVE).read_bytes())
    (folder / INPUTS).mkdir(exist_ok=True)
    teller.stage("rules")
    futures = [
        draw(start_of(taken, rival), asked.replications, asked.hours, asked.seed) for rival in asked.rivals
    ]
    values: dict[str, dict[str, list[float]]] = {rival.name: {} for rival in asked.rivals}
    for number, (rival, its) in enumerate(zip(asked.rivals, futures, strict=True)):
        begin = its.begin
        # Of beds only those who come within the hours are known, which is no figure to show.
        plan = begin.plan._replace(beds=begin.plan.beds._replace(held=False))
        columns = RivalColumns(begin.fleet, begin.hospital_of, plan, NOBODY_ANSWERS)
        keep(folder / INPUTS / rival_file(number), columns)
        for replication, incidents in enumerate(its.incidents):
            served = play(its, replication, incidents)
            driven = np.zeros(len(begin.units))
            done = Replication(incidents, served, driven, np.zeros(0), NO_CALLS)
            write_replication(file_of(folder, number, replication), done)
            for figure, value in figures_of_future(incidents, served, begin).items():
                values[rival.name].setdefault(figure, []).append(value)
    teller.done(asked.replications, asked.replications)
    return Played(
        _inputs(order, taken, futures), values, lambda number, each: carried_on(futures[number], each)
    )


def start_of(taken: Taken, rival: Rival) -> Start:
    """The desk with the policies and the move-ups of the rival; "rules" are those in force at that moment."""
    now = taken.now
    if rival.policy != "rules":
        now = replace(now, policies=everywhere(rival.policy))
    now = replace(now, moved_up=replace(now.moved_up, mends=rival.move_up != "home"))
    begin = start(now, taken.city, taken.rules, taken.ground, taken.weights)
    moves = begin.plan.move_up._replace(how=HOW[rival.move_up])
    return replace(begin, plan=begin.plan._replace(move_up=moves))


def figures_of_future(incidents: Incidents, served: Served, begin: Start) -> dict[str, float]:
    """Of those who wait at that moment and those who ring within the hours."""
    response_s = np.round(served.on_scene_s - incidents.rang_s, 3)
    late = response_s > begin.target_s[incidents.priority]
    came_s = np.sort(response_s[np.isfinite(response_s)])
    return {
        "incidents": float(len(late)),
        "late": _share(late),
        **{f"late_{name}": _share(late[incidents.priority == i]) for i, name in enumerate(PRIORITIES)},
        "mean_s": float(came_s.mean()) if len(came_s) else np.nan,
        "median_s": _rank(came_s, 0.5),
        "p90_s": _rank(came_s, 0.9),
        "waited": _share(served.sent_s > np.maximum(incidents.opened_s, 0.0)),
        "unserved": _share(~np.isfinite(response_s)),
        **dict.fromkeys(UNTOLD, np.nan),
    }


def _share(which: np.ndarray) -> float:
    return float(np.mean(which)) if len(which) else np.nan


def _rank(ordered: Float64s, share: float) -> float:
    """Nearest rank."""
    return float(ordered[max(0, int(np.ceil(share * len(ordered))) - 1)]) if len(ordered) else np.nan


def _inputs(order: Order, taken: Taken, futures: Sequence[Futures]) -> Inputs:
    """As the rows and the replay want them."""
    city, ground = taken.city, taken.ground
    kinds = (*KINDS, *KINDS)  # those out of sight have numbers of their own
    names = tuple(station.name for station in city.stations)
    bases = len(ground.columns.base_spot)
    posts = tuple(post.name for post in city.posts)
    words = Words(
        city=dict(city.name),
        begins=taken.now.at.isoformat(),
        kinds=kinds,
        units={
            rival.name: tuple(unit.callsign for unit in its.begin.units)
            for rival, its in zip(order.experiment.rivals, futures, strict=True)
        },
        stations=(*names, *posts, *("",) * bases)[:bases],
        hospitals=tuple(hospital.name for hospital in city.hospitals),
        beds=(0,) * len(city.hospitals),
        targets_s=tuple(float(each) for each in futures[0].begin.target_s.tolist()),
        wards=(),
        place_ward=(-1,) * len(ground.places),
        map_version=ground.version,
        traffic_version="",
        source=f"the live state, as of place {taken.now.seq} of the log",
    )
    columns = CityGround(ground.columns, tuple(ground.places), kinds, ground.version, "")
    return Inputs(order.experiment, None, None, columns, words)
