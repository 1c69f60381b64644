"""A drawn morning in the letter town, for tests that play it; as a program, what both paths make of it.

python -m tests.integration.simulations.night FOLDER SEED
"""

import sys
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from dispatch.application import DispatchLog
from dispatch.city_file import load_city
from dispatch.rules import Rules
from dispatch.rules_file import load_rules
from domain.city import City
from routing.times import RoadTimes
from simulations.day import Day
from simulations.full.fingerprint import fingerprint
from simulations.full.play import Played, play
from simulations.ground.build import CityGround
from simulations.ground.of_day import ground_of
from simulations.lean.of_day import fleet_of, hospital_of, incidents_of
from simulations.lean.run import Outcome, simulate
from simulations.policy_day.draw_day import draw_day
from tests.small_city import letter_town, write_small_city
from tests.tight_city import tighten

MIDNIGHT = datetime(2026, 3, 3, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
PRIORITIES = "P1", "P2", "P3", "P4"


@dataclass(frozen=True)
class Night:
    day: Day
    city: City
    rules: Rules
    roads: RoadTimes
    ground: CityGround

    def full(self, policy: str = "closest", log: DispatchLog | None = None) -> Played:
        chosen = dict.fromkeys(PRIORITIES, policy)
        return play(self.day, self.city, self.rules, self.roads, self.ground, chosen, log)

    def lean(self) -> Outcome:
        incidents, _ = incidents_of(self.day, self.ground)
        fleet, _ = fleet_of(self.city, self.rules.send, self.ground)
        hospitals = hospital_of(self.city, self.rules, self.ground, self.day.begins)
        return simulate(incidents, fleet, self.ground.columns, hospitals)


def roads_in(folder: Path) -> RoadTimes:
    return RoadTimes(letter_town().road_map(folder))


def a_night(folder: Path, roads: RoadTimes, seed: int = 8, calls: float = 900, hours: int = 2) -> Night:
    """From seven in the morning, with fewer crews than are needed."""
    write_small_city(folder)
    files = folder / "cities" / "letters"
    tighten(files)
    city = load_city(files)
    day = draw_day(roads, "letters", MIDNIGHT, calls=calls, seed=seed)
    few = tuple(call for call in day.calls if 7 * 3600 <= call.at_s < (7 + hours) * 3600)
    day = replace(day, calls=few)
    return Night(day, city, load_rules(files, city.targets), roads, ground_of(day, city, roads))


def prints(night: Night) -> list[str]:
    """One number for all facts of the full path, one for all that the lean path wrote."""
    log = night.full().log
    assert log is not None
    lean = sha256(b"".join(column.tobytes() for column in night.lean().served))
    return [fingerprint(log), lean.hexdigest()]


if __name__ == "__main__":
    here = Path(sys.argv[1])
    print(*prints(a_night(here, roads_in(here), int(sys.argv[2]))))
