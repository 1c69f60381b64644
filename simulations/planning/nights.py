"""The same nights for every placing of the vehicles, and how late their crews come."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from routing.arrays import Float64s, Int32s
from simulations.city_model.draw import draw
from simulations.city_model.model import PRIORITIES, CityModel
from simulations.city_model.on_duty import takers_on_duty
from simulations.lean.columns import Bools, Fleet, Ground, Incidents
from simulations.lean.plan import Plan
from simulations.lean.run import simulate
from simulations.lean.takers import answer

HOURS, WARM_UP_H = 30.0, 6.0


@dataclass(frozen=True, slots=True)
class Told:
    """One figure a night. late : share that came after its target, or never; mean_s : from the ring to the
    scene, of those reached; homeward_km : driven without a patient or a call"""

    late: Float64s
    mean_s: Float64s
    homeward_km: Float64s


@dataclass(frozen=True, slots=True, eq=False)
class Nights:
    """incidents : a night each, its first hours not counted; target_s : float64[priorities]
    plan : shifts and pace of travel, for fleets of so many units; none where nothing changes by the hour
    """

    incidents: tuple[Incidents, ...]
    ground: Ground
    hospital_of: Int32s
    target_s: Float64s
    plan: Plan | None = None

    def under(self, fleet: Fleet) -> Told:
        rows = [self._night(incidents, fleet) for incidents in self.incidents]
        late, mean_s, km = np.array(rows).T
        return Told(late, mean_s, km)

    def late_at(self, fleet: Fleet) -> tuple[Float64s, Float64s]:
        """Over all nights: late calls of each place, float64[places], and runs of each unit,
        float64[units]."""
        places, units = len(self.ground.place_spot), len(fleet.kind)
        late, runs = np.zeros(places), np.zeros(units)
        for incidents in self.incidents:
            served = simulate(incidents, fleet, self.ground, self.hospital_of, self.plan).served
            took_s = served.on_scene_s - incidents.rang_s
            is_late = (took_s > self.target_s[incidents.priority]) & self._counts(incidents)
            late += np.bincount(incidents.place[is_late], minlength=places)
            runs += np.bincount(served.unit[served.unit >= 0], minlength=units)
        return late, runs

    def busy(self, fleet: Fleet, whose: Bools) -> float:
        """The share of their time that these units are on runs, 0 to 1."""
        worked_s = 0.0
        for incidents in self.incidents:
            served = simulate(incidents, fleet, self.ground, self.hospital_of, self.plan).served
            there = served.unit >= 0
            mine = there & whose[np.where(there, served.unit, 0)]
            worked_s += float((served.clear_s - served.sent_s)[mine].sum())
        return worked_s / (len(self.incidents) * HOURS * 3600 * int(whose.sum()))

    def _night(self, incidents: Incidents, fleet: Fleet) -> tuple[float, float, float]:
        outcome = simulate(incidents, fleet, self.ground, self.hospital_of, self.plan)
        took_s = outcome.served.on_scene_s - incidents.rang_s
        counts = self._counts(incidents)
        late = (took_s > self.target_s[incidents.priority])[counts]
        reached = took_s[counts & np.isfinite(took_s)]
        return float(late.mean()), float(reached.mean()), float(outcome.home_m.sum() / 1000)

    def _counts(self, incidents: Incidents) -> Bools:
        found: Bools = incidents.rang_s >= WARM_UP_H * 3600
        return found


def nights_of(
    model: CityModel, begins: datetime, ground: Ground, hospital_of: Int32s, seed: int, count: int
) -> Nights:
    """The same seed gives the same nights, whatever stands where; calls that nobody answers are left out, as
    no station would have helped them. Raises ValueError where one is empty."""
    takers = takers_on_duty(model, begins, HOURS)
    drawn = []
    for number in range(count):
        night = draw(model, begins, HOURS, seed, number)
        its = night.calls
        answered = answer(its.rang_s, its.talk_s, its.patience_s, takers)
        drawn.append(night.incidents(answered)[0])
    if any((incidents.rang_s < WARM_UP_H * 3600).all() for incidents in drawn):
        raise ValueError("So few calls come that a night may have none; nothing could be told of it.")
    target_s = np.array([float(model.target_s[priority]) for priority in PRIORITIES])
    return Nights(tuple(drawn), ground, hospital_of, target_s)
