"""Draw the whole town: water first, then roads from wide to narrow, then rules and names."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from simulations.town.alleys import grow_alleys
from simulations.town.arterials import draw_arterials, draw_quays
from simulations.town.chance import stream
from simulations.town.crossings import join
from simulations.town.curves import Line
from simulations.town.frame import CENTRE
from simulations.town.ground import Ground, survey
from simulations.town.names import name_streets, street_names, ward_names
from simulations.town.network import drop_islands, open_dead_ends, redraw, split_shared, trim
from simulations.town.roads import Road
from simulations.town.sheet import CELL_M, places
from simulations.town.streets import MANNERS, lay_streets
from simulations.town.traffic import Ban, forbid_turns, lights, pair_one_ways
from simulations.town.water import Stream, draw_streams

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Town:
    """The drawn town, in metres.

    roads  : each a chain of nodes; wide ones first
    places : where the nodes are, float64[n, 2]; not every node is used
    wards  : name and place of each ward
    """

    streams: list[Stream]
    ground: Ground
    roads: list[Road]
    places: Line
    lights: set[int]
    bans: list[Ban]
    wards: list[tuple[str, tuple[float, float]]]


def plan_town(seed: int, progress: Progress = lambda step: None) -> Town:
    """The town of this seed, always the same."""
    progress("water and roads")
    streams = draw_streams(stream(seed, "water"))
    arterials = draw_arterials(stream(seed, "arterials"))
    ground = survey(seed, streams, arterials)
    names = street_names(stream(seed, "names"))
    roads = arterials + draw_quays(streams, np.minimum(ground.river, ground.canal), ground.busy, names)
    for manner in MANNERS:
        progress(f"{manner.kind} streets")
        roads += lay_streets(roads, manner, ground, stream(seed, manner.kind))
    roads = _hang_together(roads, streams)[0]
    name_streets(roads, stream(seed, "who is called what"), names)
    progress("alleys")
    roads += grow_alleys(roads, ground, stream(seed, "alleys"))
    roads, nodes = _hang_together(roads, streams)
    progress("rules of the road")
    pair_one_ways(roads, nodes, stream(seed, "one-way"))
    open_dead_ends(roads, _heart(roads))
    lit = lights(roads)
    bans = forbid_turns(roads, nodes, lit, stream(seed, "turns"))
    return Town(streams, ground, roads, nodes, lit, bans, _wards(seed, ground))


def _hang_together(roads: list[Road], streams: list[Stream]) -> tuple[list[Road], Line]:
    nodes = join(roads, [each.shore() for each in streams])
    trim(roads, nodes)
    roads = drop_islands(split_shared(roads), _heart(roads))
    redraw(roads, nodes)
    return roads, nodes


def _heart(roads: list[Road]) -> int:
    """A node of the market roundabout, from where all of the town can be reached."""
    return next(road for road in roads if road.keep).nodes[0]


def _wards(seed: int, ground: Ground, count: int = 18) -> list[tuple[str, tuple[float, float]]]:
    """Places far from one another and in the dense parts, each with a name."""
    xs, ys = places()
    chance = stream(seed, "wards")
    weight = np.where((ground.river > 60) & (ground.busy > 0.22), ground.busy, 0.0)
    far = (xs - CENTRE[0]) ** 2 + (ys - CENTRE[1]) ** 2 + 1e4
    spots = [CENTRE]
    while len(spots) < count:
        row, column = np.unravel_index(int(np.argmax(np.round(far * weight, 3))), far.shape)
        x, y = float(column * CELL_M), float(row * CELL_M)
        spots.append((x, y))
        far = np.minimum(far, (xs - x) ** 2 + (ys - y) ** 2)
    return list(zip(ward_names(chance, count), spots, strict=True))
