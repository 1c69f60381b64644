"""How many vehicles should stand where, when each of them may be busy: the maximum expected covering problem.

M. S. Daskin, "A maximum expected covering location model: formulation, properties and heuristic solution",
Transportation Science 17 (1983) 48-70. Every vehicle is busy for the same share q of its time, independently
of the others; a place that k vehicles reach in time is covered with 1 - q^k.
"""

import numpy as np
from scipy.sparse import csr_array, hstack, kron, vstack

from routing.arrays import Float64s, Int64s
from simulations.planning.program import least
from simulations.planning.question import Bools


def expected_cover(weight: Float64s, reach: Bools, vehicles: Int64s, busy: float) -> float:
    """The share of the demand that somebody free reaches in time, 0 to 1.

    reach    : bool[sites, places]
    vehicles : int64[sites], how many stand at each
    """
    near = vehicles @ reach
    return float(weight @ (1 - busy**near) / weight.sum())


def place_vehicles(
    weight: Float64s,
    reach: Bools,
    count: int,
    busy: float,
    *,
    room: Int64s | None = None,
    standing: Int64s | None = None,
    limit_s: float = 120.0,
) -> tuple[Int64s, float]:
    """Of so many vehicles, how many stand at each site, and a bound that no other choice exceeds.

    room     : int64[sites], the most that fit; as many as there are vehicles where it is not said
    standing : int64[sites], those that stay where they are; among `count`
    Raises ValueError, and NoAnswer where they do not fit.
    """
    if not 0 <= busy < 1:
        raise ValueError("The share of time a vehicle is busy is at least 0 and less than 1.")
    sites, places = reach.shape
    fits = np.full(sites, count) if room is None else room
    stays = np.zeros(sites, np.int64) if standing is None else standing
    # The k-th vehicle that reaches a place adds (1 - q) q^(k-1). The gain falls with k, so the first ones are
    # filled first by themselves, and beyond what changes the twelfth digit nobody is counted.
    levels = count if busy > 0 else 1
    levels = min(levels, count, int(np.ceil(np.log(1e-12) / np.log(busy))) if busy > 0 else 1)
    gain = (1 - busy) * busy ** np.arange(levels)
    share = weight / weight.sum()
    levelled = kron(csr_array(np.eye(places)), csr_array(np.ones((1, levels))))
    cover = hstack([csr_array(-reach.T.astype(float)), levelled])
    number = csr_array(np.concatenate([np.ones(sites), np.zeros(places * levels)])[None, :])
    solved = least(
        cost=np.concatenate([np.zeros(sites), -np.kron(share, gain)]),
        rows=csr_array(vstack([cover, number])),
        low=np.append(np.full(places, -np.inf), count),
        high=np.append(np.zeros(places), count),
        most=np.concatenate([fits.astype(float), np.ones(places * levels)]),
        whole=np.arange(sites + places * levels) < sites,
        at_least=np.concatenate([stays.astype(float), np.zeros(places * levels)]),
        limit_s=limit_s,
    )
    found: Int64s = np.rint(solved.values[:sites]).astype(np.int64)
    return found, -solved.bound
