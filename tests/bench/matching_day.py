"""How fast a day of a fleet is matched: every unit sends a fix every ten seconds, standing or driving.

python -m tests.bench.matching_day --map var/maps/NAME
"""

import argparse
import json
import tracemalloc
from pathlib import Path
from time import perf_counter

import numpy as np

from routing import map_file
from routing.matching.follow import Follower
from routing.matching.track import VERDICTS, Matcher, Track
from routing.profiles import PROFILES
from routing.snapper import Snapper
from tests.bench.hidden_truth import drive, hidden_truth, places_to_drive, receive

DAY_S, EVERY_S = 86_400.0, 10.0


def day_of(truth, road_map, generator, runs: int, noise_m: float) -> Track:
    """A unit that drives `runs` times and stands where it came to, its receiver still erring."""
    begins = np.sort(generator.uniform(0, DAY_S - 3_600, runs))
    parts, free_at = [], 0.0
    places = places_to_drive(road_map, "van", runs + 1, generator)
    for i, begin in enumerate(begins):
        begin = max(begin, free_at)
        run = drive(truth, "van", begin, places.only(i), places.only(i + 1), generator,
                    every_s=EVERY_S, noise_m=noise_m)  # fmt: skip
        if run is None:
            continue
        at = np.arange(free_at, begin, EVERY_S)
        if len(at) > 1:
            stand = receive(at, *(np.full(len(at), where[0]) for where in (run.track.lat, run.track.lon)),
                            noise_m, generator)  # fmt: skip
            parts.append(Track(stand.at_s, stand.lat, stand.lon, np.zeros(len(at)), np.full(len(at), np.nan),
                               stand.accuracy_m))  # fmt: skip
        parts.append(run.track)
        free_at = begin + run.duration_s + EVERY_S
    names = ("at_s", "lat", "lon", "speed_mps", "heading_deg", "accuracy_m")
    return Track(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--map", type=Path, required=True)
    asked.add_argument("--units", type=int, default=140)
    asked.add_argument("--runs", type=int, default=8, help="of a unit in the day")
    asked.add_argument("--noise", type=float, default=8.0)
    given = asked.parse_args()
    road_map = map_file.load(given.map)
    generator = np.random.default_rng([115, 2])
    truth = hidden_truth(road_map, generator, ("van",))
    match = Matcher(road_map, PROFILES.index("van"))
    days = [day_of(truth, road_map, generator, given.runs, given.noise) for _ in range(given.units)]
    match(days[0])
    tracemalloc.start()
    match(max(days, key=len))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    verdicts, spent = np.zeros(len(VERDICTS), np.int64), []
    for track in days:
        begin = perf_counter()
        driven = match(track)
        spent.append(perf_counter() - begin)
        verdicts += np.bincount(driven.verdict, minlength=len(VERDICTS))
    fixes = sum(len(track) for track in days)
    print(json.dumps({
        "map": road_map.name, "units": given.units, "fixes": fixes, "seconds": round(sum(spent), 2),
        "fixes_per_second": round(fixes / sum(spent)), "peak_mb_a_track": round(peak / 1e6, 1),
        "verdicts": dict(zip(VERDICTS, verdicts.tolist(), strict=True)),
        "one_fix_us": one_fix(road_map, days[0]),
    }, indent=1))  # fmt: skip


def one_fix(road_map, track: Track) -> dict[str, float]:
    """Microseconds for one fix at a time, the best of five rounds: plainly, with heading, with the last fix."""
    van = PROFILES.index("van")
    snap, follow = Snapper(road_map, van), Follower(road_map, van)
    rows = [
        (float(track.lat[i]), float(track.lon[i]), float(track.heading_deg[i]), float(track.speed_mps[i]), 8.0)
        for i in range(len(track)) if track.speed_mps[i] > 2 and np.isfinite(track.heading_deg[i])
    ]  # fmt: skip
    last = [follow(*row) for row in rows]
    rounds = {
        "nearest": lambda: [snap(row[0], row[1]) for row in rows],
        "heading": lambda: [follow(*row) for row in rows],
        "heading_and_last_fix": lambda: [follow(*row, before) for row, before in zip(rows[1:], last, strict=False)],
    }  # fmt: skip
    return {
        name: round(min(_timed(each) for _ in range(5)) / len(rows) * 1e6, 2) for name, each in rounds.items()
    }


def _timed(work) -> float:
    begin = perf_counter()
    work()
    return perf_counter() - begin


if __name__ == "__main__":
    main()
