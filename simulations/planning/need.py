"""How many have to be on duty in each hour of the week, so that callers are answered in time.

Period by period, each hour as if it had gone on for ever with its own load (the stationary independent
period by period approach); where work takes long against the hour, the load of a moment is that of the calls
which came one mean service ago: L. V. Green, P. J. Kolesar and J. Soares, "Improving the SIPP approach for
staffing service systems that have cyclic demands", Operations Research 49 (2001) 549-564 (their Lag SIPP).
"""

from dataclasses import dataclass
from math import inf

import numpy as np

from routing.arrays import Float64s, Int64s
from simulations.analytic.erlang import erlang_b, waits_longer

MOST = 5_000


@dataclass(frozen=True, slots=True)
class Promise:
    """share : of the callers who shall be answered within so many seconds, 0 to 1 (both out)"""

    share: float
    within_s: float

    def __post_init__(self) -> None:
        if not 0 < self.share < 1 or not 0 <= self.within_s < inf:
            raise ValueError("A promise is for a share above 0 and below 1, within no less than no time.")


def staff_needed(rates: Float64s, service_s: float, promise: Promise) -> Int64s:
    """int64[hours], by Erlang's C; 0 where nobody calls.

    rates : float64[hours], calls an hour; the hours are a circle
    Raises ValueError.
    """
    _refuse(rates, service_s)
    lagged = lag(rates, service_s / 3600)
    return np.array([_least(rate / 3600, service_s, promise) for rate in lagged.tolist()], np.int64)


def units_needed(rates: Float64s, service_s: float, nobody: float) -> Int64s:
    """int64[hours], vehicles of which no more than this share of the calls finds none free, by Erlang's B;
    0 where nobody calls. Raises ValueError."""
    _refuse(rates, service_s)
    if not 0 < nobody < 1:
        raise ValueError("The share that finds nobody is above 0 and below 1.")
    found = []
    for rate in lag(rates, service_s / 3600).tolist():
        load, units = rate * service_s / 3600, 0
        while load > 0 and (units == 0 or erlang_b(units, load) > nobody):
            units += 1
            if units > MOST:
                raise ValueError(f"More than {MOST} would be needed.")
        found.append(units)
    return np.array(found, np.int64)


def lag(rates: Float64s, hours: float) -> Float64s:
    """float64[hours], the rate so many hours ago, between two hours in proportion; the hours are a circle."""
    at = np.arange(len(rates)) - hours
    whole = np.floor(at).astype(np.int64)
    part = at - whole
    found: Float64s = (1 - part) * rates[whole % len(rates)] + part * rates[(whole + 1) % len(rates)]
    return found


def _least(calls_per_s: float, service_s: float, promise: Promise) -> int:
    if calls_per_s == 0:
        return 0
    staff = int(calls_per_s * service_s) + 1
    while waits_longer(calls_per_s, service_s, staff, promise.within_s) > 1 - promise.share:
        staff += 1
        if staff > MOST:
            raise ValueError(f"More than {MOST} would be needed.")
    return staff


def _refuse(rates: Float64s, service_s: float) -> None:
    if len(rates) == 0 or not np.isfinite(rates).all() or (rates < 0).any():
        raise ValueError("Calls an hour are numbers not below nothing.")
    if not 0 < service_s < float("inf"):
        raise ValueError("Work takes longer than nothing.")
