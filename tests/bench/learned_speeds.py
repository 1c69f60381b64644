"""Does learning from the fleet's tracks make promises better? Asked of a made-up city, whose truth is known.

    python -m tests.bench.learned_speeds --map var/maps/NAME --plot docs/pictures/learned-speeds.svg

Four weeks of runs are driven and learned from, the fifth is held out: other days, other runs, the same truth.
"""

import argparse
import json
import tracemalloc
from pathlib import Path
from time import perf_counter

import numpy as np

from routing import map_file
from routing.hierarchy.engine import HierarchyEngine
from routing.learning.evidence import Evidence
from routing.learning.judged import HeldOut
from routing.learning.learn import learn
from routing.matching.track import Matcher
from routing.metric import metric
from routing.profiles import PROFILES
from routing.speeds import CLASSES
from tests.bench.error_plot import plot
from tests.bench.hidden_truth import drive, hidden_truth, places_to_drive, share_by_class

DAY_S, WEEK_S = 86_400.0, 7 * 86_400.0
CALLS = np.array([2, 1.5, 1.2, 1, 1, 1.3, 2, 3.2, 4, 4.4, 4.5, 4.4, 4.2, 4.1, 4.1, 4.2, 4.4, 4.6, 4.6, 4.4, 4,
                  3.6, 3, 2.5])  # how many by the hour  # fmt: skip


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--map", type=Path, required=True)
    asked.add_argument("--runs", type=int, default=500, help="a day")
    asked.add_argument("--weeks", type=int, default=5, help="the last is held out")
    asked.add_argument("--profile", default="van")
    asked.add_argument("--noise", type=float, default=8.0, help="metres")
    asked.add_argument("--seed", type=int, default=115)
    asked.add_argument("--json", type=Path)
    asked.add_argument("--plot", type=Path)
    given = asked.parse_args()
    result = ask(given.map, given.runs, given.weeks, given.profile, given.noise, given.seed)
    text = json.dumps(result, indent=1)
    print(text)
    if given.json:
        given.json.write_text(text + "\n", encoding="utf-8")
    if given.plot:
        plot(result, given.plot)


def ask(folder: Path, runs: int, weeks: int, profile: str, noise_m: float, seed: int) -> dict:
    road_map = map_file.load(folder)
    generator = np.random.default_rng([seed, 1])
    truth = hidden_truth(road_map, generator, (profile,))
    free = metric(road_map, profile)
    matcher, evidence, held_out = (
        Matcher(road_map, PROFILES.index(profile)),
        Evidence(road_map, free),
        HeldOut(),
    )
    fixes, matching_s, broken, true_s = 0, 0.0, 0, []
    for day in range(7 * weeks):
        origins, ends = (places_to_drive(road_map, profile, runs, generator) for _ in range(2))
        hours = generator.choice(24, runs, p=CALLS / CALLS.sum()) + generator.random(runs)
        for i in range(runs):
            every_s = float(generator.choice([5.0, 10.0, 15.0, 30.0]))
            begin_s = day * DAY_S + hours[i] * 3600
            run = drive(truth, profile, begin_s, origins.only(i), ends.only(i), generator, every_s=every_s,
                        noise_m=noise_m, stand_s=float(generator.integers(0, 120)))  # fmt: skip
            if run is None or run.duration_s < 120:
                continue
            begin = perf_counter()
            driven = matcher(run.track)
            matching_s += perf_counter() - begin
            fixes += len(run.track)
            if day < 7 * (weeks - 1):
                evidence.add(driven, 0.0)
            elif len(driven.depart_s) == 1:
                places = driven.places
                first, last = np.flatnonzero(places.edge >= 0)[[0, -1]]
                slot = int(driven.depart_s[0] % WEEK_S // 3600)
                held_out.add(slot, *((int(places.edge[k]), float(places.along_m[k])) for k in (first, last)),
                             float(driven.arrive_s[0] - driven.depart_s[0]))  # fmt: skip
                true_s.append(run.duration_s)
            else:
                broken += 1
    begin = perf_counter()
    visits = evidence.visits()
    learned = learn(road_map, visits)
    learning_s = perf_counter() - begin
    tracemalloc.start()
    learn(road_map, visits)
    learning_mb = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    engine = HierarchyEngine(road_map)
    before, after = (held_out.promised(road_map, engine, free, week) for week in (None, learned.week))
    report = held_out.report(before, after)
    best = held_out.promised_by(engine, lambda slot: truth.at(profile, slot))
    knowing = held_out.report(before, best)["after"]
    held_out.took_s = true_s
    return {
        "synthetic": "a made-up truth; no real tracks were used", "map": road_map.name, "profile": profile,
        "seed": seed, "noise_m": noise_m, "runs_learned_from": evidence.runs, "visits": len(visits),
        "left_out": evidence.left_out, "fixes": fixes, "matching_s": round(matching_s, 1),
        "fixes_per_second": round(fixes / matching_s), "learning_s": round(learning_s, 2),
        "visits_mb": round(22 * len(visits) / 1e6, 1), "learning_peak_mb": round(learning_mb, 1),
        "table_mb": round(learned.week.arc_share.nbytes / 1e6, 1),
        "week": learned.week.name, "figures": learned.figures, "broken_runs_held_out": broken,
        "held_out": report, "who_knew_the_truth": knowing,
        "against_the_true_duration": held_out.report(before, after)["after"],
        "factors": factors(learned.week.share, profile),
    }  # fmt: skip


def factors(share: np.ndarray, profile: str) -> dict:
    """Learned and true shares of the free speed by hour of a working day, for the classes that matter."""
    blue = profile in ("van", "motorbike")
    chosen = [CLASSES.index(name) for name in ("primary", "secondary", "residential")]
    return {
        CLASSES[c]: {
            "learned": [
                round(float(np.mean([share[24 * d + h, c] for d in range(5)])), 4) for h in range(24)
            ],
            "true": [round(float(share_by_class(h, blue)[c]), 4) for h in range(24)],
        }
        for c in chosen
    }


if __name__ == "__main__":
    main()
