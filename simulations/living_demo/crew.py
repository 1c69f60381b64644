"""The people aboard one unit: they answer, drive, care, hand over and go home, and tell of it."""

from collections.abc import Callable

from simulations.living_demo.accounts import CREWS
from simulations.living_demo.chance import Chance
from simulations.living_demo.client import Client
from simulations.living_demo.clock import Clock
from simulations.living_demo.driver import Drive, Fix, Place, drive_along, metres, moved, straight_drive
from simulations.living_demo.errors import Refusal
from simulations.living_demo.habits import Habits
from simulations.living_demo.picture import Picture, Row, place_of
from simulations.living_demo.places import words

CHUNK_REAL_S = 0.5
ARRIVED_M = 30.0
STANDING_NOISE_M = 3.0
DRIVING_NOISE_M = 2.0


class Crew:
    """Where the unit is, and the means to move it and to report. What it does stands in `run_of_duty`."""

    def __init__(
        self, unit: Row, station: Place, place: Place | None, client: Client, clock: Clock, picture: Picture,
        chance: Chance, habits: Habits,
    ) -> None:  # fmt: skip
        self.callsign, self.kind = str(unit["callsign"]), str(unit["kind"])
        self.station = station
        self.client, self.clock, self.picture, self.habits = client, clock, picture, habits
        self.luck = chance.of(f"crew {self.callsign}")
        self._noise = chance.of(f"receiver {self.callsign}")
        self._stands_at = place or station
        self._drive: Drive | None = None
        self._drive_began_s = 0.0
        self._next_ping_real_s = 0.0

    @property
    def row(self) -> Row | None:
        return self.picture.units.get(self.callsign)

    def place(self) -> Place:
        return self.fix().place

    def fix(self) -> Fix:
        if self._drive is None:
            return Fix(self._stands_at)
        return self._drive.at(self.clock.city_s() - self._drive_began_s)

    def due_ping(self) -> Row | None:
        """A ping if it is time for one: each second on the move, else now and then."""
        row, now_s = self.row, self.clock.real_s()
        if row is None or row["duty"] != "on_duty":
            return None
        fix = self.fix()
        driving = self._drive is not None
        if not driving and now_s < self._next_ping_real_s:
            return None
        self._next_ping_real_s = now_s + self._noise.between(*self.habits.standing_ping_real_s)
        sigma = DRIVING_NOISE_M if driving else STANDING_NOISE_M
        north, east = self._noise.noise(sigma), self._noise.noise(sigma)
        seen = moved(fix.place, north, east)
        ping: Row = {
            "callsign": self.callsign,
            "at": self.clock.now().isoformat(),
            **seen.as_json(),
            "speed_mps": round(fix.speed_mps, 1),
            # In a city that runs faster than life, a fix is blurred by the way driven meanwhile.
            "accuracy_m": round(2 * sigma + fix.speed_mps * max(0.0, self.clock.speed - 1), 1),
        }
        if fix.heading_deg is not None:
            ping["heading_deg"] = round(fix.heading_deg, 0)
        return ping

    async def pause(self, bounds: tuple[float, float], still: Callable[[], bool]) -> bool:
        """Spend some time within `bounds`; False as soon as `still` no longer holds."""
        end = self.clock.city_s() + self.luck.between(*bounds)
        while (left := end - self.clock.city_s()) > 0:
            if not still():
                return False
            await self.clock.sleep(min(left, CHUNK_REAL_S * self.clock.speed))
        return still()

    async def drive_to(
        self, goal: Place, profile: str, still: Callable[[], bool], yard: bool = False
    ) -> bool:
        """Follow the road to `goal`; False where `still` ended it on the way.

        yard : drive in, as at a station or a hospital, instead of stopping in the street
        """
        start = self.place()
        if metres(start, goal) < ARRIVED_M:
            self._stands_at, self._drive = start, None
            return still()
        drive = await self._way(start, goal, profile, yard)
        self._drive, self._drive_began_s = drive, self.clock.city_s()
        try:
            while (left := self._drive_began_s + drive.duration_s - self.clock.city_s()) > 0:
                if not still():
                    return False
                await self.clock.sleep(min(left, CHUNK_REAL_S * self.clock.speed))
            return still()
        finally:
            self._stands_at, self._drive = self.place(), None

    async def _way(self, start: Place, goal: Place, profile: str, yard: bool) -> Drive:
        question = {"from": words(start), "to": words(goal), "profile": profile}
        try:
            route = await self.client.get("/route", CREWS, **question)
        except Refusal:
            route = None
        if not route or not route["geometry"]:
            return straight_drive(start, goal)
        return drive_along(route, start, goal if yard else None)

    async def report(self, run_id: str, milestone: str, reason: str | None = None) -> None:
        """Raises Refusal where the run has moved on without us."""
        body: Row = {
            "milestone": milestone,
            "at": self.clock.now().isoformat(),
            "position": self.place().as_json(),
        }
        if reason is not None:
            body["reason"] = reason
        await self.client.post(f"/runs/{run_id}/milestones", body, CREWS)

    def scene_of(self, run: Row) -> Place | None:
        incident = self.picture.incidents.get(run["incident_id"])
        return place_of(incident) if incident else None

    def priority_of(self, run: Row) -> str:
        incident = self.picture.incidents.get(run["incident_id"])
        return str(incident["priority"]) if incident else "P3"
