"""The slow, obvious twins of the planning models: every choice is tried."""

from itertools import combinations, product

import numpy as np

from simulations.planning.question import Question


def best_sites(question: Question, worth) -> float:
    """The best worth of any choice of sites; worth(open_sites) -> float, more is better."""
    closed = np.flatnonzero(~question.open)
    best = -np.inf
    for extra in combinations(closed.tolist(), question.more):
        trial = question.open.copy()
        trial[list(extra)] = True
        best = max(best, worth(trial))
    return best


def share_in_time(question: Question, open_sites, within_s: float) -> float:
    total = 0.0
    for place, weight in enumerate(question.weight.tolist()):
        if any(
            question.seconds[site, place] <= within_s for site in range(len(open_sites)) if open_sites[site]
        ):
            total += weight
    return total / question.weight.sum()


def mean_way_s(question: Question, open_sites) -> float:
    total = 0.0
    for place, weight in enumerate(question.weight.tolist()):
        total += weight * min(
            question.seconds[site, place] for site in range(len(open_sites)) if open_sites[site]
        )
    return total / question.weight.sum()


def best_vehicles(weight, reach, count: int, busy: float, room) -> float:
    """By enumeration of who is busy: a place is covered where one of its vehicles is free."""
    best = 0.0
    sites = len(reach)
    for vehicles in product(*(range(int(most) + 1) for most in room)):
        if sum(vehicles) != count:
            continue
        home = [site for site in range(sites) for _ in range(vehicles[site])]
        expected = 0.0
        for free in product((False, True), repeat=count):
            chance = np.prod([1 - busy if each else busy for each in free])
            for place in range(len(weight)):
                if any(is_free and reach[site][place] for is_free, site in zip(free, home, strict=True)):
                    expected += chance * weight[place]
        best = max(best, expected / sum(weight))
    return best
