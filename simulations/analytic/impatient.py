"""Callers who hang up: M/M/c+M, the "Erlang A" of call centres.

C. Palm, "Research on telephone traffic carried by full availability groups", Tele 1 (1957); as in
Mandelbaum and Zeltyn, "Service engineering in action: the Palm/Erlang-A queue", in *Advances in Services
Innovations* (2007). Patience is exponential. The chain of the number in the system is solved as it stands,
and cut off where the rest is nothing.
"""

from dataclasses import dataclass

NOTHING = 1e-16


@dataclass(frozen=True, slots=True)
class Impatient:
    """In the long run, shares 0 to 1.

    lost  : of calls that hang up before anybody answers
    waits : of calls that do not find a taker free
    mean_s: seconds a caller waits, whether answered or not
    busy  : of the takers' time that is work
    """

    lost: float
    waits: float
    mean_s: float
    busy: float


def impatient(
    calls_per_s: float, service_s: float, servers: int, patience_s: float, lines: int | None = None
) -> Impatient:
    """lines : so many calls can be on the line at once, those being served among them; who rings when all
    are taken hears the busy tone and is lost. None: as many as ring. Raises ValueError."""
    if servers < 1 or min(calls_per_s, service_s, patience_s) <= 0 or (lines is not None and lines < servers):
        raise ValueError("Rates and times are above nothing, and there is a line for every taker.")
    weights = [1.0]
    while lines is None or len(weights) <= lines:
        there = len(weights)  # calls in the system after the step up
        leaving = min(there, servers) / service_s + max(0, there - servers) / patience_s
        weights.append(weights[-1] * calls_per_s / leaving)
        if lines is None and there > servers and weights[-1] < NOTHING * max(weights):
            break
    whole = sum(weights)
    share = [weight / whole for weight in weights]
    queue = sum(max(0, there - servers) * each for there, each in enumerate(share))
    refused = share[-1] if lines is not None else 0.0
    lost = refused + queue / patience_s / calls_per_s
    served = sum(min(there, servers) * each for there, each in enumerate(share))
    return Impatient(lost=lost, waits=sum(share[servers:]), mean_s=queue / calls_per_s, busy=served / servers)
