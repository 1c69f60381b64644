"""Who is nearest, and for how many places that changes while roads are closed or slow."""

from typing import NamedTuple

import numpy as np

from routing.arrays import Int64s
from simulations.lean.columns import Fleet, Ground


class Changed(NamedTuple):
    """places  : that anybody calls from
    otherwise : of these, how many have another nearest station with a unit than on ordinary roads
    cut_off   : how many no unit reaches
    """

    places: int
    otherwise: int
    cut_off: int


def nearest(ground: Ground, fleet: Fleet, places: Int64s) -> Int64s:
    """int64[places], the base whose units are there first, the first of equals; -1 where nobody comes."""
    best_s = np.full(len(places), np.inf)
    found = np.full(len(places), -1, np.int64)
    for kind, base in sorted(set(zip(fleet.kind.tolist(), fleet.base.tolist(), strict=True))):
        seconds = ground.to_scene_s[kind, ground.base_spot[base], places]
        sooner = seconds < best_s
        best_s[sooner], found[sooner] = seconds[sooner], base
    return found


def changed(ground: Ground, fleet: Fleet, first_places: int, state: int, places: int) -> Changed:
    """state : of the roads, 0 for the ordinary ones; places: of the model, which come first in each state"""
    numbers = np.arange(places)
    ordinary, then = (nearest(ground, fleet, numbers + first_places * each) for each in (0, state))
    reached = then >= 0
    return Changed(places, int((reached & (then != ordinary)).sum()), int((~reached & (ordinary >= 0)).sum()))
