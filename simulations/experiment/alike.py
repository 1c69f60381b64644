"""Days like a recorded one: how planners get more than one day out of one day's calls.

Each call of the day comes back a chance number of times, one on the average, within half an hour of when
it rang, at its place and with its durations: a Poisson process whose rate is the day itself, smoothed (a
smoothed bootstrap; Silverman and Young, Biometrika 74, 1987). What the day did not have, an unheard-of place
or a worse hour, does not come either: for that a city model is needed.
"""

from dataclasses import replace

import numpy as np

from simulations.chance import generator
from simulations.day import Day

DAY_S = 86_400.0
SPREAD_S = 1_800.0


def alike(day: Day, ends_s: float, seed: int, replication: int) -> Day:
    """From the day's beginning for so many seconds; after its last midnight the day, or the row of days,
    begins again."""
    luck = {source: generator(seed, replication, source) for source in ("calls", "which", "when")}
    whole_s = DAY_S * day.days
    rounds = int(np.ceil(ends_s / whole_s))
    count = int(luck["calls"].poisson(len(day.calls) * rounds))
    which = luck["which"].integers(0, len(day.calls), count)
    in_round = luck["when"].integers(0, rounds, count)
    shift_s = luck["when"].uniform(-SPREAD_S, SPREAD_S, count)
    rang_s = np.array([call.at_s for call in day.calls])[which] + shift_s
    at_s = np.round(in_round * whole_s + np.mod(rang_s, whole_s), 1)
    order = np.argsort(at_s, kind="stable")
    order = order[at_s[order] < ends_s]
    calls = tuple(replace(day.calls[which[number]], at_s=float(at_s[number])) for number in order)
    source = f"days like {day.source}, seed {seed}, {replication}"
    return replace(day, source=source, calls=calls)
