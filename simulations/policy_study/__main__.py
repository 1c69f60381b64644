"""python -m simulations.policy_study --jemss DIR --out FILE
python -m simulations.policy_study --city-folder cities/hcmc --map MAP --out FILE
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from domain.policy_book import POLICIES
from simulations.policy_study import variants
from simulations.policy_study.play import Said, busy_share, compared
from simulations.policy_study.world import THEIR_RULES, World, an_experiment, edmonton, own_city

OTHERS = tuple(policy for policy in POLICIES if policy != "closest")
FLEETS = {
    "edmonton-1": (10, 12, 14, 16, 20, 24, 32, 48),
    "hcmc": (20, 30, 40, 55, 80, 111),
}
PROMISES_MIN = (6, 8, 10, 12, 15, 20)
LIMITS_MIN = (5, 10, 15, 20, 30, 120)


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="policy_study", description=__doc__)
    parser.add_argument("--jemss", type=Path, metavar="DIR", help="a city model of JEMSS")
    parser.add_argument("--city-folder", type=Path, metavar="DIR", help="else a city of ours")
    parser.add_argument("--map", type=Path, metavar="MAP", help="and the folder of its built map")
    parser.add_argument("--days", type=float, default=7.0, help="that are counted, after one to warm up")
    parser.add_argument("--replications", type=int, default=20)
    parser.add_argument("--parts", default=",".join(PARTS), help="some of them")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the figures, as JSON")
    return parser.parse_args(given)


def policies(world: World) -> Said:
    """Every way to choose, then every way to wait, on the city as it stands."""
    free = variants.any_distance(world)
    return compared(
        world,
        [
            ("closest", world.columns("closest")),
            *((policy, world.columns(policy)) for policy in (*OTHERS, THEIR_RULES)),
            ("closest, dmexclp move-up", free.columns("closest", "dmexclp")),
            ("closest, dmexclp move-up, at most 15 min", world.columns("closest", "dmexclp")),
            (
                "closest, proposals of the desk",
                variants.as_often_as_wanted(world).columns("closest", "mended"),
            ),
            ("dmexclp, dmexclp move-up", free.columns("dmexclp", "dmexclp")),
        ],
    )


def deployments(world: World) -> dict[str, Said]:
    """What move-up gains, by where the vans would stand without it."""
    found = {}
    stands = {
        "as the city has it": world,
        "by MEXCLP": variants.placed(world),
        "one a station and so on": variants.spread(world),
    }
    for name, its in stands.items():
        free = variants.any_distance(its)
        found[name] = compared(
            its,
            [
                ("home", its.columns("closest")),
                ("dmexclp", free.columns("closest", "dmexclp")),
                ("dmexclp, at most 15 min", its.columns("closest", "dmexclp")),
            ],
        )
    return found


def _ways(world: World) -> Said:
    free = variants.any_distance(world)
    return compared(
        world,
        [
            ("closest", world.columns("closest")),
            *((policy, world.columns(policy)) for policy in OTHERS),
            ("closest, dmexclp move-up", free.columns("closest", "dmexclp")),
        ],
    )


def fleets(world: World) -> dict[str, Said]:
    """The same calls with more and fewer vans, each fleet placed by MEXCLP for its own load."""
    found = {}
    for count in FLEETS.get(world.city.id, FLEETS["edmonton-1"]):
        its = variants.with_vans(world, count)
        its = variants.placed(variants.busy_for(its, min(0.9, busy_share(variants.placed(its)))))
        found[str(count)] = _ways(its)
    return found


def promises(world: World) -> dict[str, Said]:
    """Everybody promised the same time, short or long."""
    before_s = world.model.target_s["P1"] - world.rules.coverage.limit_s
    found = {}
    for minutes in PROMISES_MIN:
        its = variants.promised(world, 60 * minutes, 60.0 * minutes - before_s)
        found[str(minutes)] = _ways(variants.placed(its))
    return found


def stations(world: World) -> dict[str, Said]:
    """Some of the stations only, the best first by themselves, for those at home as for those that move."""
    order = variants.best_sites(world)
    found = {}
    for share in (0.25, 0.5, 0.75, 1.0):
        sites = order[: max(1, round(share * len(order)))]
        its = variants.placed(world, sites)
        moving = variants.at_sites(variants.any_distance(its).columns("closest", "dmexclp"), sites)
        found[str(len(sites))] = compared(
            its, [("closest", its.columns("closest")), ("closest, dmexclp move-up", moving)]
        )
    return found


def limits(world: World) -> dict[str, Said]:
    """How far who goes to wait may drive, without lights."""
    its = variants.placed(world)
    home = ("home", its.columns("closest"))
    found = {}
    for minutes in LIMITS_MIN:
        free = variants.any_distance(its, 60.0 * minutes)
        found[str(minutes)] = compared(its, [home, ("dmexclp", free.columns("closest", "dmexclp"))])
    return found


PARTS = {
    "policies": policies,
    "deployments": deployments,
    "fleets": fleets,
    "promises": promises,
    "stations": stations,
    "limits": limits,
}


def main(given: Sequence[str] | None = None) -> int:
    asked = arguments(given)
    if asked.jemss is not None:
        world = edmonton(asked.jemss, an_experiment("edmonton", asked.days, asked.replications))
    else:
        name = asked.city_folder.name
        world = own_city(asked.city_folder, asked.map, an_experiment(name, asked.days, asked.replications))
        world = variants.busy_for(world, busy_share(world))
    found = json.loads(asked.out.read_text()) if asked.out.is_file() else {}
    found["about"] = {
        "city": world.city.id,
        "units": len(world.city.units),
        "stations": len(world.city.stations),
        "busy_fraction": world.rules.coverage.busy_fraction,
        "days": asked.days,
        "replications": asked.replications,
        "cells": len(world.cells()[0]),
    }
    for part in asked.parts.split(","):
        begins = perf_counter()
        found[part] = PARTS[part](world)
        asked.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        print(f"{world.city.id}: {part} in {perf_counter() - begins:.0f} s", file=sys.stderr, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
