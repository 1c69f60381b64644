"""The best that could have been done with the day's units, had every call been known beforehand.

The benchmark is the offline model of C.J. Jagtenberg, P.L. van den Berg and R.D. van der Mei, "Benchmarking
online dispatch algorithms for Emergency Medical Services", European Journal of Operational Research 258
(2017) 715-725: all incidents are known, each is served at once by one unit, and a unit that serves one is not
there for another. They measured closest-idle at 2.7 and DMEXCLP dispatching at 1.9 times the late arrivals of
the optimum.

    minimise    sum of c[u, j] x[u, j]       u sent to job j: seconds to the scene, or 1 where that is late
    subject to  sum over u of x[u, j] = 1    each job has one unit
                sum over j of x[u, j] <= 1   for each u and each moment, over the jobs that hold it then
                x[u, j] in {0, 1}

A unit is held from `at` until it has arrived and done what was really done there. The jobs that hold a unit
are intervals, so the moments at which one begins are enough. Solved exactly by HiGHS; where its time runs
out, the bound it has proved stands for the optimum, and `exact` is false.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix


@dataclass(frozen=True, slots=True)
class Job:
    """One arrival that was asked for.

    at        : when a unit was sent, seconds on any clock
    sent      : who was
    service_s : from the arrival until the unit was free again, as it was
    target_s  : an arrival after so many seconds or more is late
    arrivals  : callsign -> seconds from `at` to the scene, of all who might have gone; `sent` among them
    """

    job_id: str
    at: float
    sent: str
    service_s: float
    target_s: float
    arrivals: Mapping[str, float]

    @property
    def sent_s(self) -> float:
        return self.arrivals[self.sent]


@dataclass(frozen=True, slots=True)
class Optimum:
    """Of one objective: what was reached as sent, what would have been best.

    assigned : job id -> callsign; empty where no whole plan was found in time
    """

    as_sent: float
    best: float
    exact: bool
    assigned: Mapping[str, str]

    @property
    def regret(self) -> float:
        return max(0.0, self.as_sent - self.best)


def least_seconds(jobs: Sequence[Job], time_limit_s: float = 10.0) -> Optimum:
    """The least sum of seconds to the scenes."""
    return _solve(jobs, [job.sent_s for job in jobs], lambda job, seconds: seconds, time_limit_s)


def least_late(jobs: Sequence[Job], time_limit_s: float = 10.0) -> Optimum:
    """The least number of late arrivals."""
    late = [float(job.sent_s >= job.target_s) for job in jobs]
    return _solve(jobs, late, lambda job, seconds: float(seconds >= job.target_s), time_limit_s)


def _solve(
    jobs: Sequence[Job],
    as_sent: Sequence[float],
    cost_of: Callable[[Job, float], float],
    time_limit_s: float,
) -> Optimum:
    total = float(sum(as_sent))
    if not jobs:
        return Optimum(0.0, 0.0, True, {})
    pairs = [(j, callsign) for j, job in enumerate(jobs) for callsign in sorted(job.arrivals)]
    costs = np.array([cost_of(jobs[j], jobs[j].arrivals[callsign]) for j, callsign in pairs])
    answer = milp(
        costs,
        integrality=np.ones(len(pairs)),
        bounds=Bounds(0, 1),
        constraints=[_each_once(pairs, len(jobs)), *_never_twice(pairs, jobs)],
        options={"time_limit": time_limit_s},
    )
    if answer.status == 0 and answer.x is not None:
        chosen = {
            jobs[j].job_id: callsign for (j, callsign), x in zip(pairs, answer.x, strict=True) if x > 0.5
        }
        return Optimum(total, float(answer.fun), True, chosen)
    proved = answer.mip_dual_bound
    bound = 0.0 if proved is None or not np.isfinite(proved) else max(0.0, float(proved))
    return Optimum(total, min(total, bound), False, {})


def _each_once(pairs: Sequence[tuple[int, str]], jobs: int) -> LinearConstraint:
    rows = [j for j, _ in pairs]
    matrix = csr_matrix((np.ones(len(pairs)), (rows, range(len(pairs)))), shape=(jobs, len(pairs)))
    return LinearConstraint(matrix, 1, 1)


def _never_twice(pairs: Sequence[tuple[int, str]], jobs: Sequence[Job]) -> list[LinearConstraint]:
    """A row for each unit and each moment at which a job begins that finds others going on."""
    of_unit: dict[str, list[tuple[float, float, int]]] = {}
    ends = _ends_as_sent(jobs)
    for column, (j, callsign) in enumerate(pairs):
        job = jobs[j]
        over = job.at + job.arrivals[callsign] + job.service_s
        if callsign == job.sent:
            over = min(over, ends[j])  # what really happened is possible, whatever was told of it later
        of_unit.setdefault(callsign, []).append((job.at, over, column))
    rows: list[int] = []
    columns: list[int] = []
    count = 0
    for spans in of_unit.values():
        spans.sort()
        going: list[tuple[float, int]] = []
        for at, over, column in spans:
            going = [(ends_at, other) for ends_at, other in going if ends_at > at]
            going.append((over, column))
            if len(going) > 1:
                rows += [count] * len(going)
                columns += [other for _, other in going]
                count += 1
    if not count:
        return []
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(count, len(pairs)))
    return [LinearConstraint(matrix, -np.inf, 1)]


def _ends_as_sent(jobs: Sequence[Job]) -> list[float]:
    """When each unit was sent to its next job: it was free by then."""
    following: dict[str, float] = {}
    ends = [float("inf")] * len(jobs)
    for j in sorted(range(len(jobs)), key=lambda j: (jobs[j].at, jobs[j].job_id), reverse=True):
        ends[j] = following.get(jobs[j].sent, float("inf"))
        following[jobs[j].sent] = jobs[j].at
    return ends
