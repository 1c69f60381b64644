"""python -m simulations.full --day day.json --city cities/demo --map MAP --out FOLDER

Plays a recorded or drawn day through the live handlers. The folder then holds its log, as a live desk writes
it: `vigil replay --data FOLDER --at MOMENT` shows any instant. Stopped in the middle it is called again with
the same words, and goes on. Several days are played at once, each into a folder of its own name in FOLDER.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from dispatch.city_file import BadCityFile
from domain.policy_book import POLICIES
from routing.errors import MapError
from simulations.full.days import Asked, play_days
from simulations.full.kept import FACTS_BETWEEN
from simulations.rival import MOVE_UPS


def main(given: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="simulations.full", description=__doc__)
    parser.add_argument("--day", type=Path, required=True, nargs="+", metavar="FILE", help="the calls")
    parser.add_argument("--city", type=Path, required=True, metavar="DIR", help="the city's folder")
    parser.add_argument("--map", type=Path, required=True, metavar="MAP", help="a built map, or an OSM file")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the logs are kept")
    parser.add_argument("--policy", choices=POLICIES, default="closest")
    parser.add_argument("--move-up", choices=MOVE_UPS, default="home")
    parser.add_argument("--put-away-every", type=int, default=FACTS_BETWEEN, metavar="FACTS")
    parser.add_argument("--jobs", type=int, metavar="N", help="so many days at once; else one a core")
    asked = parser.parse_args(given)
    same = Asked(asked.map, asked.city, asked.policy, asked.move_up, asked.put_away_every)
    try:
        prints = play_days(same, asked.day, asked.out, asked.jobs)
    except (BadCityFile, MapError, OSError, ValueError) as fault:
        print(fault, file=sys.stderr)
        return 1
    for day, its_print in zip(asked.day, prints, strict=True):
        print(its_print if len(prints) == 1 else f"{its_print} {day.stem}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
