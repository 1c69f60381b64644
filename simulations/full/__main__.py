"""python -m simulations.full --day day.json --city cities/demo --map MAP --out FOLDER

Plays a recorded or drawn day through the live handlers. The folder then holds its log, as a live desk writes
it: `vigil replay --data FOLDER --at MOMENT` shows any instant. Stopped in the middle it is called again with
the same words, and goes on.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from dispatch.city_file import BadCityFile, load_city
from dispatch.rules_file import load_rules
from domain.policy_book import POLICIES
from routing.errors import MapError
from simulations.day import read_day
from simulations.full.fingerprint import fingerprint
from simulations.full.kept import FACTS_BETWEEN, play_kept
from simulations.ground.of_day import ground_of
from simulations.policy_day.roads import roads_of
from simulations.rival import MOVE_UPS, Rival, everywhere


def main(given: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="simulations.full", description=__doc__)
    parser.add_argument("--day", type=Path, required=True, metavar="FILE", help="the calls")
    parser.add_argument("--city", type=Path, required=True, metavar="DIR", help="the city's folder")
    parser.add_argument("--map", type=Path, required=True, metavar="MAP", help="a built map, or an OSM file")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the log is kept")
    parser.add_argument("--policy", choices=POLICIES, default="closest")
    parser.add_argument("--move-up", choices=MOVE_UPS, default="home")
    parser.add_argument("--put-away-every", type=int, default=FACTS_BETWEEN, metavar="FACTS")
    asked = parser.parse_args(given)
    try:
        roads, day, city = roads_of(asked.map), read_day(asked.day), load_city(asked.city)
        rival = Rival(asked.policy, everywhere(asked.policy), asked.move_up)

        def say(rung: int, facts: int) -> None:
            print(f"{rung} of {len(day.calls)} calls, {facts} facts", file=sys.stderr, flush=True)

        played = play_kept(
            asked.out,
            day,
            city,
            load_rules(asked.city, city.targets),
            roads,
            ground_of(day, city, roads),
            rival,
            facts_between=asked.put_away_every,
            say=say,
        )
    except (BadCityFile, MapError, OSError, ValueError) as fault:
        print(fault, file=sys.stderr)
        return 1
    assert played.log is not None
    print(fingerprint(played.log))
    return 0


if __name__ == "__main__":
    sys.exit(main())
