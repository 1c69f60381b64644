"""People ring: a Poisson process that follows the hours of the day."""

import asyncio
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from simulations.living_demo.chance import Chance, Luck
from simulations.living_demo.clock import Clock
from simulations.living_demo.complaints import (
    AGAIN,
    EMERGENCIES,
    FAMILY,
    GIVEN,
    NUISANCES,
    PHONE_PREFIX,
    Nuisance,
    Story,
)
from simulations.living_demo.habits import HOURS, Habits
from simulations.living_demo.picture import Picture, Row

OPENING_S = 15.0
"""Mean gap between the first calls, so that whoever opens the console at once finds somebody ringing."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Rings with one of three: an emergency, a nuisance, or `again`, news of an incident known already."""

    phone: str
    name: str | None
    emergency: Story | None = None
    nuisance: Nuisance | None = None
    again: Row | None = None
    again_words: str = ""
    knows_where: bool = True
    patients: int = 1


class Callers:
    def __init__(self, chance: Chance, clock: Clock, picture: Picture, habits: Habits) -> None:
        self._clock, self._picture, self._habits = clock, picture, habits
        self._arrivals = chance.of("arrivals")
        self._kinds = chance.of("kinds of calls")
        self._people = chance.of("people")
        self._opening = habits.opening_calls if len(picture.incidents) < habits.opening_calls else 0
        self._rung = 0
        self._lately: deque[str] = deque(maxlen=12)  # complaints, so that neighbours in the queue differ

    def gap_s(self) -> float:
        """City seconds to the next call at this hour, for this fleet."""
        if self._rung < self._opening:
            return self._arrivals.gap(OPENING_S)
        fleet = sum(1 for unit in self._picture.units.values() if unit["duty"] == "on_duty")
        size = min(1.0, max(0.1, fleet / self._habits.usual_fleet))
        return self._arrivals.gap(self._habits.call_every_s / (size * HOURS[self._clock.city_now().hour]))

    async def wait(self) -> Caller:
        """Until the telephone rings."""
        await self._clock.sleep(self.gap_s())
        opening = self._rung < self._opening
        self._rung += 1
        return self.caller(certain=opening)

    def caller(self, certain: bool = False) -> Caller:
        """Who rings now, and what for."""
        roll = 0.0 if certain else self._kinds.between(0.0, 1.0)
        if roll < self._habits.emergencies and not self.full():
            story = self._story()
            patients = 1 + int(self._kinds.between(0, story.people))
            unknown = self._kinds.happens(self._habits.no_position)
            return Caller(
                self._phone(), self._name(0.7), emergency=story, knows_where=not unknown, patients=patients
            )
        if roll < self._habits.emergencies + self._habits.duplicates and (known := self._fresh_incidents()):
            words = self._kinds.pick(AGAIN)
            return Caller(self._phone(), self._name(0.3), again=self._kinds.pick(known), again_words=words)
        weights = [each.weight for each in NUISANCES]
        return Caller(self._phone(), self._name(0.2), nuisance=self._kinds.pick(NUISANCES, weights))

    def full(self) -> bool:
        """Whether the fleet has its hands full: the demo shows a service at work, not its collapse."""
        most = max(2.0, self._habits.busiest * self._picture.vans_on_duty())
        return len(self._picture.incidents) >= most

    def _story(self) -> Story:
        fresh = [story for story in EMERGENCIES if story.complaint not in self._lately]
        story = self._kinds.pick(fresh, [each.weight for each in fresh])
        self._lately.append(story.complaint)
        return story

    def _fresh_incidents(self) -> list[Row]:
        waiting = ("waiting", "assigned", "en_route")
        return sorted(
            (row for row in self._picture.incidents.values() if row["status"] in waiting),
            key=lambda row: str(row["id"]),
        )

    def _phone(self) -> str:
        return f"{PHONE_PREFIX}{int(self._people.between(0, 1000)):03d}"

    def _name(self, share: float) -> str | None:
        return full_name(self._people) if self._people.happens(share) else None


def full_name(luck: Luck) -> str:
    return f"{luck.pick(FAMILY)} {luck.pick(GIVEN)}"


class Lines:
    """The desks of the call takers: so many conversations at once, the next caller waits.

    talks : ends the conversations with the city; one that outlived it would ask a closed client
    """

    def __init__(self, number: int, talks: asyncio.TaskGroup) -> None:
        self._free = asyncio.Semaphore(number)
        self._talks = talks

    async def take(self, conversation: Coroutine[Any, Any, None]) -> None:
        await self._free.acquire()
        self._talks.create_task(conversation).add_done_callback(lambda _: self._free.release())
