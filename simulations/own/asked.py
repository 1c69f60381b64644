"""What a policy of one's own is told at a decision: no more than a desk knows at that moment.

How long a crew will still be busy, and what rings next, is drawn already and told to nobody.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import NamedTuple

import numpy as np

from domain.values import Position
from routing.arrays import Float64s, Int32s
from simulations.lean.clock import pace_at
from simulations.lean.columns import Bools
from simulations.lean.of_day import PRIORITIES
from simulations.own.step import DOING, FREE, Run, asked_about, freed


class Candidate(NamedTuple):
    """A free unit that has a way to the incident.

    seconds : turnout and drive, from now
    able    : whether it can do what the incident needs; who cannot is better than nobody
    kind    : of vehicle
    unit    : its number, in the order of the callsigns
    """

    seconds: float
    callsign: str
    able: bool
    kind: str
    unit: int


class Post(NamedTuple):
    """Where a free unit may wait.

    seconds : the drive there without blue light, from now
    home    : whether it is its own station
    post    : its number among the posts
    """

    seconds: float
    name: str
    home: bool
    post: int


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What does not change from night to night. All by number: units in the order of their callsigns.

    positions : of the spots of the ground
    demand    : float64[places], which share of the calls of a week each place has
    target_s  : how soon somebody should be there, by priority
    """

    begins: datetime
    callsigns: Sequence[str]
    kinds: Sequence[str]
    posts: Sequence[str]
    positions: Sequence[Position]
    demand: Float64s
    target_s: Sequence[float]


@dataclass(frozen=True, eq=False)
class Picture:
    """The fleet at this moment. It holds until the answer is given; copy what you want to keep."""

    run: Run
    known: Known

    @property
    def now_s(self) -> float:
        """Since the simulation began."""
        return float(self.run.state.now_s[0])

    @property
    def clock(self) -> datetime:
        return self.known.begins + timedelta(seconds=self.now_s)

    @property
    def waiting(self) -> int:
        """How many incidents wait for a unit; the one that is asked about is one of them if it waited."""
        return int(self.run.state.sizes[1])

    @property
    def doing(self) -> Int32s:
        """int32[units], by their numbers in `DOING`."""
        return self.run.seen.doing

    @property
    def free_units(self) -> Bools:
        """bool[units]"""
        found: Bools = self.run.seen.doing == FREE
        return found

    def where(self, unit: int) -> Position:
        """Where it was seen last; of a unit on a run the scene or the hospital."""
        return self.known.positions[int(self.run.seen.spot[unit])]

    def words(self, unit: int) -> str:
        """What it is doing, such as "on scene"."""
        return DOING[int(self.run.seen.doing[unit])]

    def reach_s(self, unit: int) -> Float64s:
        """float64[places], turnout and drive from where it was seen last to every place that calls come from,
        inf where there is no way. `known.demand` says how often they come from there."""
        fleet, ground, pace = self.run.fleet, self.run.ground, pace_at(self.now_s, self.run.plan.pace)
        row = ground.to_scene_s[fleet.kind[unit], self.run.seen.spot[unit]]
        found: Float64s = row * pace + fleet.turnout_s[unit]
        return found


@dataclass(frozen=True, eq=False)
class Asked(Picture):
    """Whom to send to an incident. Answer with one of `free`, its callsign, or None: then the incident waits,
    and is asked about again when a unit is free or comes on duty."""

    @property
    def incident(self) -> int:
        """Its number, in the order in which they are opened."""
        return asked_about(self.run)

    @property
    def priority(self) -> str:
        return PRIORITIES[int(self.run.incidents.priority[self.incident])]

    @property
    def rang_s(self) -> float:
        return float(self.run.incidents.rang_s[self.incident])

    @property
    def left_s(self) -> float:
        """Until somebody should be there, from now; below zero where it is too late already."""
        target_s = self.known.target_s[int(self.run.incidents.priority[self.incident])]
        return target_s - (self.now_s - self.rang_s)

    @property
    def position(self) -> Position:
        spot = self.run.ground.place_spot[self.run.incidents.place[self.incident]]
        return self.known.positions[int(spot)]

    @property
    def seconds(self) -> Float64s:
        """float64[units], turnout and drive, inf for who is not free or has no way."""
        return self.run.seen.arrival_s

    @property
    def able(self) -> Bools:
        """bool[units], who can do what is needed."""
        found: Bools = self.run.fleet.able[:, self.run.incidents.need[self.incident]]
        return found

    @cached_property
    def free(self) -> list[Candidate]:
        """The soonest first; equal ones by callsign."""
        seconds, able, known = self.seconds, self.able, self.known
        there = np.flatnonzero(np.isfinite(seconds)).tolist()
        return sorted(
            Candidate(float(seconds[unit]), known.callsigns[unit], bool(able[unit]), known.kinds[unit], unit)
            for unit in there
        )


@dataclass(frozen=True, eq=False)
class Freed(Picture):
    """Where a unit goes that became free and that nobody needs. Answer with one of `posts`, its name, or None
    for home."""

    @property
    def unit(self) -> int:
        return freed(self.run)

    @property
    def callsign(self) -> str:
        return self.known.callsigns[self.unit]

    @cached_property
    def posts(self) -> list[Post]:
        """To which there is a way, the nearest first."""
        run, unit = self.run, self.unit
        kind, home = int(run.fleet.kind[unit]), int(run.fleet.base[unit])
        row = run.ground.leaves[run.seen.spot[unit]]
        if row < 0:
            return []
        seconds = run.ground.home_s[kind, row] * pace_at(self.now_s, run.plan.pace)
        there = np.flatnonzero(np.isfinite(seconds)).tolist()
        return sorted(
            Post(float(seconds[post]), self.known.posts[post], post == home, post) for post in there
        )


Whom = Callable[[Asked], Candidate | str | None]
Where = Callable[[Freed], Post | str | None]
