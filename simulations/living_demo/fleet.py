"""All crews: signed on once, watched over, and heard through one batch of pings a second."""

from simulations.living_demo.accounts import CREWS
from simulations.living_demo.chance import Chance
from simulations.living_demo.city import City
from simulations.living_demo.client import Client
from simulations.living_demo.clock import Clock
from simulations.living_demo.crew import Crew
from simulations.living_demo.driver import Place
from simulations.living_demo.errors import Refusal, Unreachable
from simulations.living_demo.habits import Habits
from simulations.living_demo.log import Say
from simulations.living_demo.picture import Picture, Row, moment, place_of

PING_REAL_S = 1.0
MOST_PINGS = 500
"""Of one batch."""
FRESH_S = 1800.0
"""An older position is not believed: the unit begins at its station."""


class Fleet:
    def __init__(
        self, client: Client, clock: Clock, picture: Picture, city: City, chance: Chance, habits: Habits,
        say: Say,
    ) -> None:  # fmt: skip
        self._client, self._clock, self._picture, self._say = client, clock, picture, say
        self.crews: dict[str, Crew] = {}
        for unit in sorted(picture.units.values(), key=lambda row: str(row["callsign"])):
            station = city.stations.get(unit["station_id"], city.centre)
            last = self._last_place(unit)
            crew = Crew(unit, station, last, client, clock, picture, chance, habits)
            self.crews[crew.callsign] = crew
        self.pinged = 0

    def where_is(self, callsign: str) -> Place | None:
        crew = self.crews.get(callsign)
        return crew.place() if crew else None

    async def sign_on(self) -> None:
        """Everyone who is off duty begins the shift. Who is out of service stays so."""
        off = [crew for crew in self.crews.values() if crew.row and crew.row["duty"] == "off_duty"]
        for crew in off:
            try:
                body = {"status": "on_duty", "at": self._clock.now().isoformat()}
                await self._client.post(f"/units/{crew.callsign}/duty", body, CREWS)
            except Refusal as refusal:
                self._say(f"{crew.callsign} not signed on: {refusal}")
        if off:
            self._say(f"{len(off)} units signed on")

    async def ping(self) -> None:
        """One second's pings in one request. A batch that gets lost is not sent again: the next is better."""
        due = [ping for crew in self.crews.values() if (ping := crew.due_ping())]
        began = self._clock.real_s()
        for k in range(0, len(due), MOST_PINGS):
            try:
                await self._client.order("POST", "/pings", due[k : k + MOST_PINGS], CREWS, tries=1)
                self.pinged += len(due[k : k + MOST_PINGS])
            except Unreachable:
                pass
        spent = self._clock.real_s() - began
        await self._clock.sleep(max(0.05, PING_REAL_S - spent) * self._clock.speed)

    def _last_place(self, unit: Row) -> Place | None:
        position = unit.get("position")
        if not position or (self._clock.now() - moment(position["at"])).total_seconds() > FRESH_S:
            return None
        return place_of(unit)
