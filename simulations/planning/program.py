"""An integer program, solved by HiGHS through scipy.

Q. Huangfu and J. A. J. Hall, "Parallelizing the dual revised simplex method", Mathematical Programming
Computation 10 (2018) 119-142. One thread and no time limit but the caller's, so the same question has the
same answer.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from routing.arrays import Float64s
from simulations.planning.question import Bools

INFEASIBLE = 2


class NoAnswer(ValueError):
    """A sentence for the planner."""


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """values : float64[variables]; bound : no choice costs less than that"""

    values: Float64s
    bound: float


def least(
    cost: Float64s,
    rows: csr_array,
    low: Float64s,
    high: Float64s,
    most: Float64s,
    whole: Bools,
    *,
    at_least: Float64s | None = None,
    limit_s: float = 120.0,
) -> Solved:
    """The values that cost least with low <= rows @ values <= high and at_least <= values <= most.

    whole : which values are whole numbers
    Raises NoAnswer where there are none, or none was found in so many seconds.
    """
    found = milp(
        c=cost,
        constraints=LinearConstraint(rows, low, high),
        bounds=Bounds(np.zeros(len(cost)) if at_least is None else at_least, most),
        integrality=whole.astype(np.uint8),
        options={"time_limit": limit_s, "mip_rel_gap": 1e-7},
    )
    if found.status == INFEASIBLE:
        raise NoAnswer("Nothing meets what was asked.")
    if found.x is None:
        raise NoAnswer(f"No answer was found within {limit_s:g} s.")
    values: Float64s = found.x
    return Solved(values, float(found.mip_dual_bound))
