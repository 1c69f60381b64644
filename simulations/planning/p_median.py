"""The sites from which the way is shortest on average: the p-median.

S. L. Hakimi, "Optimum locations of switching centers and the absolute centers and medians of a graph",
Operations Research 12 (1964) 450-459; as an integer program C. ReVelle and R. Swain, "Central facilities
location", Geographical Analysis 2 (1970) 30-42.
"""

import numpy as np
from scipy.sparse import csr_array

from routing.arrays import Float64s, Int64s
from simulations.planning.program import NoAnswer, least
from simulations.planning.question import Answer, Bools, Question, all_open


def mean_s(question: Question, open_sites: Bools) -> float:
    """Seconds from the nearest open site, by demand; places that no open site has a way to do not count."""
    nearest = question.seconds[open_sites].min(axis=0)
    wanted = (question.weight > 0) & np.isfinite(nearest)
    weight = question.weight[wanted]
    return float(weight @ nearest[wanted] / weight.sum()) if wanted.any() else float("inf")


def shortest_ways(question: Question, limit_s: float = 120.0) -> Answer:
    """Raises NoAnswer where some place cannot be reached from any site."""
    sites, places = question.seconds.shape
    share = question.weight / question.weight.sum()
    if not np.isfinite(question.seconds[:, share > 0].min(axis=0)).all():
        raise NoAnswer("Some places have no way to any site; leave them out first.")
    place, site, seconds = _worth_asking(question)
    ways = len(place)
    first = np.arange(ways)
    # Each place is served once, and only from an open site.
    rows = np.concatenate([place, places + first, places + first, np.full(sites, places + ways)])
    columns = np.concatenate([sites + first, sites + first, site, np.arange(sites)])
    entries = np.concatenate([np.ones(2 * ways), -np.ones(ways), np.ones(sites)])
    served = np.isin(np.arange(places), place).astype(float)
    number = float(question.open.sum() + question.more)
    solved = least(
        cost=np.concatenate([np.zeros(sites), share[place] * seconds]),
        rows=csr_array((entries, (rows, columns)), shape=(places + ways + 1, sites + ways)),
        low=np.concatenate([served, np.full(ways, -np.inf), [number]]),
        high=np.concatenate([served, np.zeros(ways), [number]]),
        most=np.ones(sites + ways),
        whole=np.arange(sites + ways) < sites,
        at_least=np.concatenate([question.open.astype(float), np.zeros(ways)]),
        limit_s=limit_s,
    )
    chosen = (solved.values[:sites] > 0.5) & ~question.open
    opened = tuple(np.flatnonzero(chosen).tolist())
    return Answer(opened, mean_s(question, all_open(question, opened)), solved.bound)


def _worth_asking(question: Question) -> tuple[Int64s, Int64s, Float64s]:
    """Place, site and seconds of each way that could be the shortest: none is longer than that from the
    nearest site that is open already, so most of a city's table never goes into the program."""
    found_place, found_site = [], []
    stands = np.full(len(question.weight), np.inf)
    if question.open.any():
        stands = question.seconds[question.open].min(axis=0)
    for place in np.flatnonzero(question.weight > 0).tolist():
        ways = question.seconds[:, place]
        near = np.isfinite(ways) & (ways < stands[place])
        near &= ~question.open
        if np.isfinite(stands[place]):
            near[int(np.argmin(np.where(question.open, ways, np.inf)))] = True
        sites = np.flatnonzero(near)
        found_place.append(np.full(len(sites), place))
        found_site.append(sites)
    places, sites = np.concatenate(found_place), np.concatenate(found_site)
    return places, sites, question.seconds[sites, places]
