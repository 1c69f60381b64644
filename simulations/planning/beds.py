"""How many beds a service wants, so that few who need one find none.

Who finds no bed goes elsewhere, so it is Erlang's B (M/G/c/c): the law of the stays does not matter, only
their mean. A test holds it against simulated patients whose stays have a heavy tail.
"""

from dataclasses import dataclass

from simulations.analytic.erlang import erlang_b
from simulations.analytic.unlimited import share_of_time

MOST = 20_000
DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class BedPlan:
    """beds  : the fewest that keep the promise
    turned_away : share of the patients who find none, 0 to 1
    occupied    : mean share of the beds that are taken
    wished      : how many would be taken at once, on average and in one hour of twenty, were there no end of
        beds
    beside      : for fewer and more beds, (beds, share turned away, share occupied)
    """

    beds: int
    turned_away: float
    occupied: float
    wished: tuple[float, int]
    beside: tuple[tuple[int, float, float], ...]


def plan_beds(patients_a_day: float, stay_s: float, turned_away: float) -> BedPlan:
    """The fewest beds of which no more than this share of the patients finds none. Raises ValueError."""
    if not 0 < patients_a_day < float("inf") or not 0 < stay_s < float("inf"):
        raise ValueError("Patients come, and stay longer than nothing.")
    if not 0 < turned_away < 1:
        raise ValueError("The share that is turned away is above 0 and below 1.")
    load = patients_a_day * stay_s / DAY_S
    beds, blocked = 0, 1.0
    while blocked > turned_away:
        beds += 1
        blocked = load * blocked / (beds + load * blocked)  # Erlang's recursion, one bed more
        if beds > MOST:
            raise ValueError(f"More than {MOST} beds would be needed.")
    # A few less and more, since a bed is an expensive thing to round up.
    around = [each for each in range(beds - 5, beds + 6) if each > 0]
    return BedPlan(
        beds,
        blocked,
        load * (1 - blocked) / beds,
        (load, _exceeded(load, 0.05)),
        tuple((each, lost := erlang_b(each, load), load * (1 - lost) / each) for each in around),
    )


def _exceeded(load: float, share: float) -> int:
    """The least number that is exceeded in no more than this share of the time (M/G/infinity)."""
    there, below = 0, share_of_time(0, load, 1.0)
    while below < 1 - share:
        there += 1
        below += share_of_time(there, load, 1.0)
    return there
