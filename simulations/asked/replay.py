"""Where everybody was in one replication, so that a page can draw any moment of it.

What is kept of a run is when it was sent, when it came and how far it drove; where it set out is the spot
from which the road to the scene is just so long. Roads are not kept: everybody moves straight from one place
to the next, in the time the road took. Where a unit waits between two runs is known by where the second
began; after its last run it is drawn going home.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np

from routing.arrays import Int64s
from simulations.asked.results import begins_counted
from simulations.experiment.inputs import Inputs, RivalColumns
from simulations.experiment.replicate import Replication
from simulations.lean.clock import pace_at
from simulations.lean.of_day import PRIORITIES

NEARLY_S: Final = 0.11
"""Drives are reckoned to a tenth of a second."""


class Leg(NamedTuple):
    """incident : its number, -1 for none. Seconds are since the simulation began."""

    from_s: float
    to_s: float
    status: str
    start: int
    end: int
    incident: int = -1


class Began(NamedTuple):
    """What a unit does from the begin of the simulation until it is free, and where that is."""

    legs: tuple[Leg, ...]
    free_s: float
    free_at: int


class Carried(NamedTuple):
    """What a simulation that carries on the live state found there.

    began     : of each unit
    numbers   : of each incident of the replication, as the live desk would know it
    under_way : those that somebody served at that moment, as the answer has them
    """

    began: Sequence[Began]
    numbers: Sequence[int]
    under_way: Sequence[dict[str, Any]]


def replay_of(
    number: int,
    replication: int,
    done: Replication,
    rival: RivalColumns,
    inputs: Inputs,
    carried: Carried | None = None,
) -> dict[str, Any]:
    """As the answer has it; seconds are since the first moment that is counted.

    carried : of the live state, where not everybody is free and at home
    """
    asked, words = inputs.experiment, inputs.words
    name = asked.rivals[number].name
    where = [(round(each.lat, 6), round(each.lon, 6)) for each in inputs.ground.positions]
    units, kinds = words.units[name], inputs.ground.kinds
    begins = begins_counted(inputs)
    return {
        "rival": name,
        "replication": replication,
        "begins": begins.isoformat(),
        "ends_s": asked.ends_s - asked.warm_up_s,
        "targets_s": dict(zip(PRIORITIES, words.targets_s, strict=True)),
        "units": [
            _unit(
                callsign,
                kinds[rival.fleet.kind[unit]],
                _on_duty(unit, done, rival, inputs, carried),
                inputs,
                where,
            )
            for unit, callsign in enumerate(units)
        ],
        "incidents": _incidents(name, done, inputs, where, carried),
        "under_way": [] if carried is None else list(carried.under_way),
        "stations": _places(words.stations, inputs.ground.columns.base_spot.tolist(), where),
        "hospitals": _places(words.hospitals, inputs.ground.columns.hospital_spot.tolist(), where),
    }


def _places(names: Any, spots: list[int], where: list[tuple[float, float]]) -> list[dict[str, Any]]:
    return [
        {"name": name, "lat": where[spot][0], "lon": where[spot][1]}
        for name, spot in zip(names, spots, strict=True)
    ]


def _legs(
    unit: int, done: Replication, rival: RivalColumns, inputs: Inputs, carried: Carried | None
) -> Iterator[Leg]:
    """From the begin of the simulation to its end, without a gap."""
    ground, served = inputs.ground.columns, done.served
    its = np.flatnonzero(served.unit == unit)
    its = its[np.argsort(served.sent_s[its], kind="stable")]
    home = int(ground.base_spot[rival.fleet.base[unit]])
    here, free_s = home, 0.0
    if carried is not None:
        began = carried.began[unit]
        here, free_s = began.free_at, began.free_s
        yield from began.legs
    for run in its.tolist():
        sent_s = float(served.sent_s[run])
        start = _set_out(run, unit, here, home, done, rival, inputs)
        yield from _between(unit, here, start, free_s, sent_s, rival, inputs)
        place = int(ground.place_spot[done.incidents.place[run]])
        wheels_s = sent_s + float(rival.fleet.turnout_s[unit])
        on_scene_s, left_s = float(served.on_scene_s[run]), float(served.left_s[run])
        free_s = float(served.clear_s[run])
        number = run if carried is None else carried.numbers[run]
        yield Leg(sent_s, wheels_s, "turnout", start, start, number)
        yield Leg(wheels_s, on_scene_s, "to_scene", start, place, number)
        yield Leg(on_scene_s, left_s, "on_scene", place, place, number)
        here = place
        if served.hospital[run] >= 0:
            here = int(ground.hospital_spot[served.hospital[run]])
            door_s = float(served.at_hospital_s[run])
            yield Leg(left_s, door_s, "to_hospital", place, here, number)
            yield Leg(door_s, free_s, "at_hospital", here, here, number)
    yield from _between(unit, here, home, free_s, inputs.experiment.ends_s, rival, inputs)


def _on_duty(
    unit: int, done: Replication, rival: RivalColumns, inputs: Inputs, carried: Carried | None
) -> Iterator[Leg]:
    """The same; who stands outside their shift is off duty."""
    shifts = rival.plan.shifts
    if shifts.on_s.shape[1] == 0:
        yield from _legs(unit, done, rival, inputs, carried)
        return
    turns = [each for pair in zip(shifts.on_s[unit], shifts.off_s[unit], strict=True) for each in pair]
    for leg in _legs(unit, done, rival, inputs, carried):
        if leg.status != "free":
            yield leg
            continue
        inner = [float(each) for each in turns if leg.from_s < each < leg.to_s]
        for from_s, to_s in pairwise((leg.from_s, *inner, leg.to_s)):
            there = np.searchsorted(turns, from_s, "right") % 2 == 1
            yield leg._replace(from_s=from_s, to_s=to_s, status="free" if there else "off_duty")


def _set_out(
    run: int, unit: int, here: int, home: int, done: Replication, rival: RivalColumns, inputs: Inputs
) -> int:
    """The spot from which the drive to the scene was as long as it was; of several the likeliest: where the
    unit was last, its home, another station, any."""
    ground = inputs.ground.columns
    kind, place = rival.fleet.kind[unit], done.incidents.place[run]
    sent_s = float(done.served.sent_s[run])
    drive_s = float(done.served.on_scene_s[run]) - sent_s - float(rival.fleet.turnout_s[unit])
    as_far = ground.to_scene_m[kind, :, place] == done.served.scene_m[run]
    as_long = (
        np.abs(ground.to_scene_s[kind, :, place] * pace_at(sent_s, rival.plan.pace) - drive_s) < NEARLY_S
    )
    fits: Int64s = np.flatnonzero(as_far & as_long)
    for likely in (home, here, *ground.base_spot.tolist()):
        if likely in fits:
            return int(likely)
    if len(fits) == 0:
        return here
    first, last = inputs.ground.positions[here], inputs.ground.positions[home]
    middle = (first.lat + last.lat) / 2, (first.lon + last.lon) / 2
    positions = inputs.ground.positions
    spots: list[int] = fits.tolist()
    return min(
        spots,
        key=lambda spot: (positions[spot].lat - middle[0]) ** 2 + (positions[spot].lon - middle[1]) ** 2,
    )


def _between(
    unit: int, here: int, there: int, from_s: float, to_s: float, rival: RivalColumns, inputs: Inputs
) -> Iterator[Leg]:
    """From one run to the next: on the way home or to a post, and there."""
    ground = inputs.ground.columns
    arrive_s, row = from_s, int(ground.leaves[here])
    if here != there:
        base = np.flatnonzero(ground.base_spot == there)
        arrive_s = to_s
        if len(base) and row >= 0:
            home_s = float(ground.home_s[rival.fleet.kind[unit], row, base[0]])
            arrive_s = min(to_s, from_s + home_s)
        yield Leg(from_s, arrive_s, "homeward", here, there)
    yield Leg(arrive_s, to_s, "free", there, there)


def _unit(
    callsign: str, kind: str, legs: Iterator[Leg], inputs: Inputs, where: list[tuple[float, float]]
) -> dict[str, Any]:
    asked = inputs.experiment
    rows, incidents = [], []
    for leg in legs:
        from_s, to_s = max(leg.from_s, asked.warm_up_s), min(leg.to_s, asked.ends_s)
        if to_s <= from_s:
            continue
        start, end = (_on_the_way(leg, at_s, where) for at_s in (from_s, to_s))
        rows.append((_told(from_s, inputs), _told(to_s, inputs), leg.status, *start, *end))
        incidents.append(None if leg.incident < 0 else leg.incident)
    return {"callsign": callsign, "kind": kind, "legs": rows, "incidents": incidents}


def _on_the_way(leg: Leg, at_s: float, where: list[tuple[float, float]]) -> tuple[float, float]:
    first, last = where[leg.start], where[leg.end]
    share = min(1.0, (at_s - leg.from_s) / (leg.to_s - leg.from_s)) if leg.to_s < np.inf else 0.0
    lat, lon = (one + share * (other - one) for one, other in zip(first, last, strict=True))
    return round(lat, 6), round(lon, 6)


def _incidents(
    name: str,
    done: Replication,
    inputs: Inputs,
    where: list[tuple[float, float]],
    carried: Carried | None,
) -> list[dict[str, Any]]:
    """All that are open at some moment that is counted; who rang before it may be late, too."""
    asked, words, ground = inputs.experiment, inputs.words, inputs.ground.columns
    incidents, served = done.incidents, done.served
    late = np.round(served.on_scene_s - incidents.rang_s, 3) > np.array(words.targets_s)[incidents.priority]
    there = np.flatnonzero((served.clear_s > asked.warm_up_s) & (incidents.rang_s < asked.ends_s))
    found = []
    for number in there.tolist():
        lat, lon = where[int(ground.place_spot[incidents.place[number]])]
        unit, hospital = int(served.unit[number]), int(served.hospital[number])
        moments = {
            name: _told(float(getattr(of, name)[number]), inputs)
            for of, names in (
                (incidents, ("rang_s", "opened_s")),
                (served, ("sent_s", "on_scene_s", "left_s", "at_hospital_s", "clear_s")),
            )
            for name in names
        }
        found.append(
            {
                "number": number if carried is None else carried.numbers[number],
                "priority": PRIORITIES[incidents.priority[number]],
                "lat": lat,
                "lon": lon,
                **moments,
                "late": bool(late[number]),
                "unit": words.units[name][unit] if unit >= 0 else None,
                "hospital": words.hospitals[hospital] if hospital >= 0 else None,
            }
        )
    return found


def _told(at_s: float, inputs: Inputs) -> float | None:
    return round(at_s - inputs.experiment.warm_up_s, 1) if np.isfinite(at_s) else None
