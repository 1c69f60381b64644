"""Servers, and what comes of those who find none free: Erlang's formulas.

A. K. Erlang, "Solution of some problems in the theory of probabilities of significance in automatic telephone
exchanges", Post Office Electrical Engineers' Journal 10 (1917) 189-197; written as in Gross, Shortle,
Thompson and Harris, *Fundamentals of Queueing Theory*, 4th ed., sections 2.3 to 2.5. A load is in erlangs:
arrivals times mean service.
"""

from dataclasses import dataclass
from math import exp


def erlang_b(servers: int, load: float) -> float:
    """The share of calls that find every server busy and are lost (M/G/c/c). Raises ValueError."""
    _refuse(servers, load)
    blocked = 1.0
    for busy in range(1, servers + 1):  # upwards, so that nothing overflows
        blocked = load * blocked / (busy + load * blocked)
    return blocked


def erlang_c(servers: int, load: float) -> float:
    """The share of calls that have to wait where nobody gives up (M/M/c). Raises ValueError where the load
    is more than the servers can carry."""
    _refuse(servers, load)
    if load >= servers:
        raise ValueError(f"{servers} servers never catch up with {load:g} erlangs.")
    blocked = erlang_b(servers, load)
    return servers * blocked / (servers - load * (1 - blocked))


@dataclass(frozen=True, slots=True)
class Waiting:
    """Of M/M/c, in the long run. Shares are 0 to 1.

    waits   : share of calls that wait at all
    mean_s  : seconds a call waits, those that wait not at all among them
    queue   : how many wait, on average
    busy    : share of the servers' time that is work
    """

    waits: float
    mean_s: float
    queue: float
    busy: float


def waiting(calls_per_s: float, service_s: float, servers: int) -> Waiting:
    """Raises ValueError where the queue would grow for ever."""
    load = calls_per_s * service_s
    waits = erlang_c(servers, load)
    mean_s = waits * service_s / (servers - load)
    return Waiting(waits, mean_s, calls_per_s * mean_s, load / servers)


def waits_longer(calls_per_s: float, service_s: float, servers: int, than_s: float) -> float:
    """The share of calls that wait longer than so many seconds. Raises ValueError."""
    load = calls_per_s * service_s
    return erlang_c(servers, load) * exp(-(servers - load) * than_s / service_s)


def _refuse(servers: int, load: float) -> None:
    if servers < 1:
        raise ValueError("There has to be a server.")
    if load < 0:
        raise ValueError("A load is not less than nothing.")
