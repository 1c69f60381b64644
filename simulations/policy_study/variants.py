"""The same city with something else: where its vans stand, how many there are, how far they may drive to
wait, and how soon somebody is promised."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from domain.city import UnitFacts
from domain.values import Priority, UnitKind
from simulations.chance import generator
from simulations.experiment.inputs import RivalColumns
from simulations.planning.mexclp import place_vehicles
from simulations.policy_study.world import World

NO_LIMIT_S = 7_200.0


def any_distance(world: World, longest_s: float = NO_LIMIT_S) -> World:
    """Who goes to wait may drive as far as it likes, as in the papers, or so far."""
    move_up = replace(world.rules.move_up, longest_s=longest_s)
    return replace(world, rules=replace(world.rules, move_up=move_up))


def as_often_as_wanted(world: World) -> World:
    """Crews of these models never change, so nobody would begin to count their moves anew."""
    move_up = replace(world.rules.move_up, most_moves=10**6)
    return replace(world, rules=replace(world.rules, move_up=move_up))


def busy_for(world: World, share: float) -> World:
    """What the rules take for the chance that a unit is busy."""
    coverage = replace(world.rules.coverage, busy_fraction=share)
    return replace(world, rules=replace(world.rules, coverage=coverage))


def with_vans(world: World, count: int) -> World:
    """So many vans, chosen or added by chance that stays the same: a smaller fleet is part of a larger."""
    units = sorted(world.city.units, key=lambda unit: unit.callsign)
    vans = [unit for unit in units if unit.kind == UnitKind.VAN]
    luck = generator(1, 0, "which vans")
    order = luck.permutation(len(vans)).tolist()
    chosen = [vans[number] for number in order[:count]]
    stations = [station.id for station in world.city.stations]
    more = luck.integers(0, len(stations), max(0, count - len(vans))).tolist()
    usual = vans[0]
    chosen += [
        UnitFacts(f"~{number}", usual.kind, usual.capabilities, stations[at], True)
        for number, at in enumerate(more)
    ]
    others = [unit for unit in units if unit.kind != UnitKind.VAN]
    return replace(world, city=replace(world.city, units=(*chosen, *others)))


def placed(world: World, sites: Sequence[int] | None = None) -> World:
    """The vans where MEXCLP has them (Daskin 1983): what DMEXCLP is compared with in the papers.

    sites : the stations that may be used, by number; all of them where nobody says
    """
    weight, reach = world.cells()
    vans = sorted(
        (unit for unit in world.city.units if unit.kind == UnitKind.VAN), key=lambda unit: unit.callsign
    )
    room = np.zeros(len(reach), np.int64)
    room[list(range(len(reach)) if sites is None else sites)] = len(vans)
    counts, _ = place_vehicles(weight, reach, len(vans), world.rules.coverage.busy_fraction, room=room)
    at = np.repeat(np.arange(len(counts)), counts)
    at = at[generator(1, 0, "who stands where").permutation(len(at))]
    stations = [station.id for station in world.city.stations]
    moved = tuple(
        replace(van, station=stations[number]) for van, number in zip(vans, at.tolist(), strict=True)
    )
    others = tuple(unit for unit in world.city.units if unit.kind != UnitKind.VAN)
    return replace(world, city=replace(world.city, units=moved + others))


def spread(world: World) -> World:
    """The vans shared out among the stations in their order, one each and then again."""
    stations = [station.id for station in world.city.stations]
    units = sorted(world.city.units, key=lambda unit: unit.callsign)
    vans = [unit for unit in units if unit.kind == UnitKind.VAN]
    others = [unit for unit in units if unit.kind != UnitKind.VAN]
    moved = [replace(van, station=stations[number % len(stations)]) for number, van in enumerate(vans)]
    return replace(world, city=replace(world.city, units=(*moved, *others)))


def best_sites(world: World) -> list[int]:
    """The stations, each the one that reaches most demand that those before it do not."""
    left, reach = world.cells()
    order: list[int] = []
    while len(order) < len(reach):
        gains = reach @ left
        gains[order] = -1.0
        order.append(int(np.argmax(gains)))
        left = left * ~reach[order[-1]]
    return order


def at_sites(moving: RivalColumns, sites: Sequence[int]) -> RivalColumns:
    """Whoever moves waits at these stations only."""
    said = moving.plan.move_up
    cells = np.full_like(said.post_cell, -1)
    cells[list(sites)] = said.post_cell[list(sites)]
    return moving._replace(plan=moving.plan._replace(move_up=said._replace(post_cell=cells)))


def promised(world: World, within_s: int, limit_s: float) -> World:
    """Everybody is late after the same time, and covered is who is reached within `limit_s` of driving."""
    response_s = dict.fromkeys(Priority, within_s)
    city = replace(world.city, targets=replace(world.city.targets, response_s=response_s))
    coverage = replace(world.rules.coverage, limit_s=limit_s)
    return replace(world, city=city, rules=replace(world.rules, coverage=coverage))
