"""The sites from which most of the demand is reached in time: the maximal covering location problem.

R. Church and C. ReVelle, "The maximal covering location problem", Papers of the Regional Science Association
32 (1974) 101-118. It takes a vehicle to be there whenever it is wanted; see mexclp.py for when it is not.
"""

import numpy as np
from scipy.sparse import csr_array, eye_array, hstack, vstack

from simulations.planning.program import least
from simulations.planning.question import Answer, Bools, Question, all_open


def covered(question: Question, open_sites: Bools, within_s: float) -> float:
    """The share of the demand that an open site reaches in time, 0 to 1."""
    reached = question.reach(within_s)[open_sites].any(axis=0)
    return float(question.weight[reached].sum() / question.weight.sum())


def most_covered(question: Question, within_s: float, limit_s: float = 120.0) -> Answer:
    """Raises NoAnswer."""
    reach = question.reach(within_s)
    sites, places = reach.shape
    share = question.weight / question.weight.sum()
    # A place is covered (at most once) when a site that reaches it is open: y_j - sum of x_i <= 0. Once the
    # sites are whole numbers, the places are by themselves.
    cover = hstack([csr_array(-reach.T.astype(float)), eye_array(places)])
    count = csr_array(np.concatenate([np.ones(sites), np.zeros(places)])[None, :])
    number = float(question.open.sum() + question.more)
    solved = least(
        cost=np.concatenate([np.zeros(sites), -share]),
        rows=csr_array(vstack([cover, count])),
        low=np.append(np.full(places, -np.inf), number),
        high=np.append(np.zeros(places), number),
        most=np.ones(sites + places),
        whole=np.arange(sites + places) < sites,
        at_least=np.concatenate([question.open.astype(float), np.zeros(places)]),
        limit_s=limit_s,
    )
    chosen = (solved.values[:sites] > 0.5) & ~question.open
    opened = tuple(np.flatnonzero(chosen).tolist())
    return Answer(opened, covered(question, all_open(question, opened), within_s), -solved.bound)
