"""Where people ring from: near stations, hospitals and the centre, always beside a street."""

from dataclasses import dataclass
from math import cos, pi, sin

from simulations.living_demo.chance import Luck
from simulations.living_demo.city import City
from simulations.living_demo.client import Client
from simulations.living_demo.driver import Place, metres, moved
from simulations.living_demo.errors import Refusal

ATTEMPTS = 25
CASTS = 40
"""Throws at the map before a candidate counts as an attempt; they ask nobody."""
FAR_FROM_STREET_M = 120.0
NEIGHBOURHOOD_M = 1600.0
"""Mean distance of the dwellings around a station or a hospital; assumed. Less in a small town."""


@dataclass(frozen=True, slots=True)
class Spot:
    place: Place
    address: str


class Places:
    def __init__(self, city: City, client: Client, luck: Luck) -> None:
        self._city, self._client, self._luck = city, client, luck
        self._anchors = [*city.stations.values(), *city.hospitals.values(), city.centre, city.centre]
        west, south, east, north = city.bounds
        self._spread_m = min(NEIGHBOURHOOD_M, metres(Place(south, west), Place(north, east)) / 6)

    async def draw(self) -> Spot | None:
        """A place by a street that ambulances reach, None where luck finds none in 25 questions."""
        for _ in range(ATTEMPTS):
            place = self._candidate()
            if place is None:
                continue
            spot = await self._by_a_street(place)
            if spot is not None:
                return spot
        return None

    def near(self, place: Place, within_m: float = 60.0) -> Place:
        """Where a second caller sees the same thing from."""
        return moved(place, self._luck.between(-within_m, within_m), self._luck.between(-within_m, within_m))

    def _candidate(self) -> Place | None:
        for _ in range(CASTS):
            anchor = self._luck.pick(self._anchors)
            away, turn = self._luck.gap(self._spread_m), self._luck.between(0.0, 2 * pi)
            place = moved(anchor, away * cos(turn), away * sin(turn))
            if self._city.holds(place):
                return place
        return None

    async def _by_a_street(self, place: Place) -> Spot | None:
        """The road to the place tells both whether it can be reached and what the street is called."""
        station = min(self._city.stations.values(), key=lambda each: metres(each, place), default=None)
        start = station or self._city.centre
        try:
            route = await self._client.get(
                "/route", **{"from": words(start), "to": words(place), "profile": "van"}
            )
        except Refusal:
            return None
        if not route or not route["geometry"]:
            return None
        lat, lon = route["geometry"][-1]
        door = Place(float(lat), float(lon))
        if metres(door, place) > FAR_FROM_STREET_M:
            return None
        return Spot(place, self._address(route["steps"]))

    def _address(self, steps: list[dict[str, object]]) -> str:
        streets = [str(step["name"]) for step in steps if step.get("name")]
        if not streets:
            return "trong hẻm, không rõ tên đường"
        street = streets[-1]
        match int(self._luck.between(0, 4)):
            case 0:
                return f"gần {street}"
            case 1:
                return f"hẻm {int(self._luck.between(5, 400))} {street}"
            case 2 if len(streets) > 1 and streets[-2] != street:
                return f"gần ngã tư {street} - {streets[-2]}"
        return f"{int(self._luck.between(1, 600))} {street}"


def words(place: Place) -> str:
    return f"{place.lat:.6f},{place.lon:.6f}"
