"""Draw the calls of a night out of a city model.

Calls of a kind ring as a Poisson process whose rate changes with the hour of the week: drawn at the highest
rate and thinned (Lewis and Shedler, Naval Research Logistics Quarterly 26, 1979). Each kind has generators of
its own for each source of chance. So a longer night begins with the shorter one, and who changes one kind, or
the time at the scene, leaves all else as it is.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from routing.arrays import Float64s, Int32s, Int64s
from simulations.chance import generator
from simulations.city_model.durations import constant
from simulations.city_model.model import NO_INCIDENT, PRIORITIES, CallKind, CityModel, Times
from simulations.city_model.week import clock, hours_of
from simulations.day import CallOfDay, Day
from simulations.lean.columns import Bools, Incidents
from simulations.lean.takers import Answered

NONE = -1
_AT_ONCE = constant(0.0)
_NOTHING_TO_DO = Times(*[_AT_ONCE] * 5)


class Calls(NamedTuple):
    """All that ring, in that order; each array [calls].

    kind     : among the kinds of the model
    place    : among its places
    priority : 0 for P1 ... 3 for P4, NONE for one that needs nobody
    talk_s, patience_s : how long it keeps a taker, and how long the caller would wait for one
    stay_s   : how long the patient will have the bed
    """

    rang_s: Float64s
    kind: Int32s
    place: Int32s
    priority: Int32s
    decide_s: Float64s
    scene_s: Float64s
    transports: Bools
    handover_s: Float64s
    clear_s: Float64s
    stay_s: Float64s
    talk_s: Float64s
    patience_s: Float64s


@dataclass(frozen=True, slots=True, eq=False)
class Night:
    """What a model drew. hours : how long callers ring"""

    model: CityModel
    begins: datetime
    hours: float
    seed: int
    replication: int
    calls: Calls

    def incidents(self, answered: Answered | None = None) -> tuple[Incidents, Int64s]:
        """In the order in which they are opened, and the number of each one's call.

        answered : when a taker took each of the calls, and which were lost; at once and none where it is not
            told
        """
        calls = self.calls
        starts_s = calls.rang_s if answered is None else answered.at_s
        taken = calls.priority != NONE
        if answered is not None:
            taken &= answered.fate == 0
        numbers = np.flatnonzero(taken)
        # Told as the full path reckons it, so that both open an incident at the very same moment.
        decide_s = np.round(starts_s - calls.rang_s + calls.decide_s, 1)
        opened_s = calls.rang_s + decide_s
        numbers = numbers[np.argsort(opened_s[numbers], kind="stable")]
        priority = calls.priority[numbers]
        incidents = Incidents(
            rang_s=calls.rang_s[numbers],
            opened_s=opened_s[numbers],
            place=calls.place[numbers],
            priority=priority,
            need=priority,
            scene_s=calls.scene_s[numbers],
            transports=calls.transports[numbers],
            handover_s=calls.handover_s[numbers],
            clear_s=calls.clear_s[numbers],
        )
        return incidents, numbers

    def day(self, answered: Answered | None = None) -> Day:
        """The same incidents, in the order in which they rang, for the full path."""
        incidents, numbers = self.incidents(answered)
        places = [place.position for place in self.model.places]
        decide_s = np.round(incidents.opened_s - incidents.rang_s, 1)
        found = [
            CallOfDay(
                at_s=float(incidents.rang_s[i]),
                lat=places[incidents.place[i]].lat,
                lon=places[incidents.place[i]].lon,
                priority=PRIORITIES[incidents.priority[i]],
                patients=1,
                decide_s=float(decide_s[i]),
                scene_s=float(incidents.scene_s[i]),
                transports=bool(incidents.transports[i]),
                handover_s=float(incidents.handover_s[i]),
                clear_s=float(incidents.clear_s[i]),
            )
            for i in np.argsort(numbers, kind="stable").tolist()
        ]
        source = f"drawn from the model {self.model.id}, seed {self.seed}, replication {self.replication}"
        return Day(self.model.id, self.begins, source, tuple(found))


def draw(model: CityModel, begins: datetime, hours: float, seed: int, replication: int = 0) -> Night:
    """The calls of so many hours. The same five always give the same night.

    begins : with any zone; the hours of the week are those of the model's clocks
    """
    begins = begins.astimezone(ZoneInfo(model.timezone))
    by_kind = [
        _calls(model, number, kind, begins, hours, seed, replication)
        for number, kind in enumerate(model.kinds)
    ]
    together = [np.concatenate(columns) for columns in zip(*by_kind, strict=True)]
    order = np.argsort(together[0], kind="stable")
    return Night(model, begins, hours, seed, replication, Calls(*(column[order] for column in together)))


def _calls(
    model: CityModel,
    number: int,
    kind: CallKind,
    begins: datetime,
    hours: float,
    seed: int,
    replication: int,
) -> Calls:
    def chance(source: str) -> np.random.Generator:
        return generator(seed, replication, f"{source} of {kind.id}")

    rang_s, hour = _ring(np.array(kind.rates), begins, hours, chance("arrivals"), chance("thinning"))
    count = len(rang_s)
    served = kind.priority != NO_INCIDENT
    times = model.times[kind.priority] if served else _NOTHING_TO_DO
    talks = model.call_taking
    return Calls(
        rang_s=rang_s,
        kind=np.full(count, number, np.int32),
        place=_places(model, hour, chance("places").random(count)),
        priority=np.full(count, PRIORITIES.index(kind.priority) if served else NONE, np.int32),
        decide_s=times.decide.of(chance("decide").random(count)),
        scene_s=times.scene.of(chance("scene").random(count)),
        transports=chance("transported").random(count) < model.transported.get(kind.priority, 0.0),
        handover_s=times.handover.of(chance("handover").random(count)),
        clear_s=times.clear.of(chance("clear").random(count)),
        stay_s=times.stay.of(chance("stay").random(count)),
        talk_s=talks.talk[kind.priority].of(chance("talk").random(count)),
        patience_s=talks.patience.of(chance("patience").random(count)),
    )


def _ring(
    rates: Float64s,
    begins: datetime,
    hours: float,
    arrivals: np.random.Generator,
    thinning: np.random.Generator,
) -> tuple[Float64s, Int64s]:
    """When they ring, to a tenth of a second, and the hour of the week of each."""
    highest = float(rates.max())
    ends_s = hours * 3600.0
    if highest <= 0:
        return np.empty(0), np.empty(0, np.int64)
    expected = highest * hours
    at_s, so_far_s = [], 0.0
    while so_far_s < ends_s:
        some = so_far_s + np.cumsum(arrivals.exponential(3600.0 / highest, int(expected * 1.1) + 32))
        at_s.append(some)
        so_far_s = float(some[-1])
    candidates = np.concatenate(at_s)
    candidates = candidates[candidates < ends_s]
    starts_s, week_hour = clock(begins, hours)
    hour = week_hour[np.searchsorted(starts_s, candidates, "right") - 1]
    kept = thinning.random(len(candidates)) * highest < rates[hour]
    return np.round(candidates[kept], 1), hour[kept]


def _places(model: CityModel, hour: Int64s, uniform: Float64s) -> Int32s:
    """By the weights of the period each hour is in."""
    found = np.zeros(len(hour), np.int32)
    for number, period in enumerate(model.periods):
        inside = np.isin(hour, hours_of(period.spells))
        so_far = np.cumsum([place.weights[number] for place in model.places])
        at = np.searchsorted(so_far, uniform[inside] * so_far[-1], "right")
        found[inside] = np.minimum(at, len(so_far) - 1)
    return found
