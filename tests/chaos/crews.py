"""Crews whose devices go on telling where they are under fire; what is lost, the next report makes good."""

import threading
from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx

from tests.chaos.world import World
from tests.desk_work import now
from tests.small_city import callsigns, letter_town

EVERY_S = 1.0
STEP_M = 8.0
STREET_M = 500.0


@dataclass
class Crews:
    """One batch a second, each unit going up and down a street of its own. `told` counts what was heard."""

    world: World
    closing: threading.Event
    told: int = 0

    def work(self) -> None:
        with self.world.server.client("dispatcher") as client:
            for turn in count():
                if self.closing.wait(EVERY_S):
                    return
                try:
                    answer = client.post("/pings", json=_reports(turn))
                except httpx.TransportError:
                    continue
                self.told += len(callsigns()) if answer.is_success else 0


def _reports(turn: int) -> list[dict[str, Any]]:
    """Of all units at this moment."""
    town, at = letter_town(), now().isoformat()
    reports = []
    for number, callsign in enumerate(callsigns()):
        along = (turn + 11 * number) * STEP_M % (2 * STREET_M)
        place = town.at("ABCDEFGH"[number % 8], north_m=-min(along, 2 * STREET_M - along))
        reports.append(
            {
                "callsign": callsign,
                "at": at,
                "lat": place.lat,
                "lon": place.lon,
                "speed_mps": STEP_M / EVERY_S,
                "accuracy_m": 6.0,
            }
        )
    return reports
