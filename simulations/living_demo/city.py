"""What stands still: stations, hospitals, the centre and the question cards."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from simulations.living_demo.client import Client
from simulations.living_demo.driver import Place


@dataclass(frozen=True, slots=True)
class City:
    """bounds : (west, south, east, north) of the map, degrees
    card   : the question card used: {id, version, questions}
    """

    name: str
    zone: ZoneInfo
    centre: Place
    bounds: tuple[float, float, float, float]
    stations: dict[str, Place]
    hospitals: dict[str, Place]
    card: dict[str, Any]

    def known_answers(self, answers: dict[str, str]) -> dict[str, str]:
        """Those the card has; another card than ours asks other questions."""
        known = {
            question["id"]: {answer["value"] for answer in question["answers"]}
            for question in self.card.get("questions", [])
        }
        return {question: said for question, said in answers.items() if said in known.get(question, set())}

    def holds(self, place: Place) -> bool:
        west, south, east, north = self.bounds
        return south <= place.lat <= north and west <= place.lon <= east


async def read_city(client: Client) -> City:
    facts = await client.get("/city")
    told = await client.get("/protocols")
    cards = told if isinstance(told, list) else told["protocols"]
    general = [card for card in cards if card["id"] == "general"]
    return City(
        name=str(facts["name"]["vi"]),
        zone=ZoneInfo(facts["timezone"]),
        centre=_place(facts["centre"]),
        bounds=tuple(float(edge) for edge in facts["map"]["bounds"]),  # type: ignore[arg-type]
        stations={station["id"]: _place(station) for station in facts["stations"]},
        hospitals={hospital["id"]: _place(hospital) for hospital in facts["hospitals"]},
        card=(general or cards or [{"id": "general", "version": 0, "questions": []}])[0],
    )


def _place(entry: dict[str, Any]) -> Place:
    """Facts carry lat and lon themselves or inside `position`."""
    point = entry.get("position") or entry
    return Place(float(point["lat"]), float(point["lon"]))
