"""Puts the city together and lets it live until told to stop."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from simulations.living_demo.callers import Callers, Lines
from simulations.living_demo.chance import Chance
from simulations.living_demo.city import City, read_city
from simulations.living_demo.client import Client
from simulations.living_demo.clock import Clock
from simulations.living_demo.conversation import CallDesk
from simulations.living_demo.dispatcher import Dispatcher
from simulations.living_demo.diversions import Diversions
from simulations.living_demo.doors import Doors
from simulations.living_demo.errors import Refusal, Unreachable
from simulations.living_demo.feed import Feed
from simulations.living_demo.fleet import Fleet
from simulations.living_demo.habits import Habits
from simulations.living_demo.hospitals import Hospital
from simulations.living_demo.log import Say, say
from simulations.living_demo.notebook import Notebook
from simulations.living_demo.picture import Picture
from simulations.living_demo.places import Places
from simulations.living_demo.run_of_duty import RunOfDuty
from simulations.living_demo.sending import Sending
from simulations.living_demo.watch import until_the_end

DESKS = 12
REQUESTS_PER_S = 20.0
FIGURES_REAL_S = 60.0
TROUBLE_REAL_S = 2.0


def run(
    url: str,
    password: str | None = "demo",
    token: str | None = None,
    speed: float = 1.0,
    seed: int = 115,
    stop: threading.Event | None = None,
    parent_pid: int | None = None,
    habits: Habits | None = None,
) -> None:
    """Live in the city at `url` until `stop` is set, the parent dies or the server is gone for 30 s."""
    clock = Clock(speed)
    client = Client(url, password, token, REQUESTS_PER_S * min(3.0, max(1.0, speed)))
    life = Life(client, clock, Chance(seed), habits or Habits(), say)
    asyncio.run(life.live(stop or threading.Event(), parent_pid))


class Life:
    def __init__(self, client: Client, clock: Clock, chance: Chance, habits: Habits, say: Say) -> None:
        self.client, self.clock, self.chance, self.habits, self.say = client, clock, chance, habits, say
        self.picture = Picture()
        self.feed = Feed(client, self.picture, clock, say)
        self.fleet: Fleet | None = None

    async def live(self, stop: threading.Event, parent_pid: int | None = None) -> None:
        """Everything at once, until the watch says it is over."""
        self.say(f"looking for Vigil at {self.client.url}")
        living = asyncio.create_task(self._everything())
        try:
            why = await _first(until_the_end(self.client, stop, parent_pid), living)
            self.say(f"the demo ends: {why}")
        finally:
            living.cancel()
            await asyncio.gather(living, return_exceptions=True)
            await self.client.close()

    async def _everything(self) -> None:
        city = await read_city(self.client)
        async with asyncio.TaskGroup() as group:
            group.create_task(self.feed.follow())
            await self.feed.loaded.wait()
            self.say(
                f"{city.name}: {len(self.picture.units)} units, {len(self.picture.hospitals)} hospitals, "
                f"speed {self.clock.speed:g}, seed {self.chance.seed}"
            )
            for loop in await self._loops(city):
                group.create_task(loop)

    async def _loops(self, city: City) -> list[Coroutine[Any, Any, None]]:
        common = (self.client, self.clock, self.picture)
        fleet = Fleet(*common, city, self.chance, self.habits, self.say)
        self.fleet = fleet
        await fleet.sign_on()
        notebook = Notebook()
        places = Places(city, self.client, self.chance.of("places"))
        desk = CallDesk(self.client, self.clock, city, places, notebook, self.chance, self.say)
        await desk.settle_left_over(self.picture)
        sending = Sending(self.client, self.picture, fleet.where_is, self.chance, self.habits, self.say)
        dispatcher = Dispatcher(*common, sending, notebook, self.chance, self.habits, self.say)
        diversions = Diversions(*common, self.chance, self.habits, self.say)
        doors = Doors(*common, self.chance, self.habits, self.say)
        loops = [
            self._ring(desk),
            self._steadily("doors", doors.work),
            self._steadily("pings", fleet.ping),
            self._steadily("dispatcher", dispatcher.work),
            self._steadily("diversions", diversions.work),
            self._figures(),
        ]
        for crew in fleet.crews.values():
            duty = RunOfDuty(crew, city.hospitals, notebook, self.say)
            loops.append(self._steadily(crew.callsign, duty.work))
        for hospital_id in sorted(self.picture.hospitals):
            hospital = Hospital(hospital_id, *common, self.chance, self.habits, self.say)
            loops.append(self._steadily(hospital_id, hospital.work))
        return loops

    async def _ring(self, desk: CallDesk) -> None:
        callers = Callers(self.chance, self.clock, self.picture, self.habits)
        async with asyncio.TaskGroup() as talks:
            lines = Lines(DESKS, talks)

            async def next_call() -> None:
                caller = await callers.wait()
                await lines.take(self._once("call", desk.talk(caller)))

            await self._steadily("callers", next_call)

    async def _steadily(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """The same work for ever. What goes wrong is told, and after a moment it goes on."""
        while True:
            await self._once(name, work(), TROUBLE_REAL_S)

    async def _once(self, name: str, work: Awaitable[None], pause_real_s: float = 0.0) -> None:
        try:
            await work
        except (Refusal, Unreachable) as fault:
            self.say(f"{name}: {fault}")
            await asyncio.sleep(pause_real_s)
        except Exception as fault:  # a fault of the demo must not end the demo
            self.say(f"{name}: {type(fault).__name__}: {fault}")
            await asyncio.sleep(pause_real_s)

    async def _figures(self) -> None:
        """A line each minute: how much is going on and what it costs."""
        while True:
            asked, spent, began = self.client.requests, time.process_time(), time.monotonic()
            await asyncio.sleep(FIGURES_REAL_S)
            real_s = time.monotonic() - began
            open_incidents = list(self.picture.incidents.values())
            waiting = sum(1 for row in open_incidents if row["status"] == "waiting")
            self.say(
                f"{len(open_incidents)} incidents open, {waiting} waiting, {len(self.picture.runs)} runs; "
                f"{(self.client.requests - asked) / real_s:.1f} requests/s, "
                f"{100 * (time.process_time() - spent) / real_s:.1f}% CPU, {self.client.refusals} refusals"
            )


async def _first(watch: Coroutine[Any, Any, str], living: asyncio.Task[None]) -> str:
    """Why it is over: what the watch says, or that the city could not begin or go on."""
    watching = asyncio.create_task(watch)
    try:
        await asyncio.wait({watching, living}, return_when=asyncio.FIRST_COMPLETED)
        if watching.done():
            return watching.result()
        living.result()
        return "nothing left to do"
    finally:
        watching.cancel()
