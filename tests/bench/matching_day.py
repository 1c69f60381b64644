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
        "streets_right": streets_right(truth, road_map, match),
        "metres_right": {
            f"every {every_s:.0f} s, {noise_m:.0f} m": metres_right(truth, road_map, match, every_s, noise_m)
            for every_s, noise_m in ((5, 0.01), (10, 6), (10, 10), (10, 20), (30, 8))
        },
    }, indent=1))  # fmt: skip


def metres_right(truth, road_map, match, every_s: float, noise_m: float, runs: int = 100) -> float:
    """The share of the metres driven that were matched to the arc they were driven on."""
    generator = np.random.default_rng([115, 3])
    origins, ends = (places_to_drive(road_map, "van", runs, generator) for _ in range(2))
    right = whole = 0.0
    for i in range(runs):
        run = drive(truth, "van", 9 * 3_600.0, origins.only(i), ends.only(i), generator,
                    every_s=every_s, noise_m=noise_m)  # fmt: skip
        if run is not None:
            driven = match(run.track)
            metres = (driven.end - driven.begin) * road_map.streets.edge_m[driven.arc >> 1]
            right += float(metres[np.isin(driven.arc, run.path.arcs)].sum())
            whole += run.path.mm / 1000
    return round(right / whole, 4)


def streets_right(truth, road_map, match, runs: int = 100) -> dict[str, float]:
    """The share of fixes put on the very street they were sent from, 8 m of noise, every ten seconds: by
    nearness, by heading, by heading and the last fix, and afterwards by the whole track."""
    generator, van = np.random.default_rng([115, 4]), PROFILES.index("van")
    snap, follow = Snapper(road_map, van), Follower(road_map, van)
    origins, ends = (places_to_drive(road_map, "van", runs, generator) for _ in range(2))
    right, fixes = dict.fromkeys(("nearest", "heading", "heading_and_last_fix", "whole_track"), 0), 0
    for i in range(runs):
        run = drive(truth, "van", 9 * 3_600.0, origins.only(i), ends.only(i), generator, noise_m=8.0)
        if run is None:
            continue
        leg = np.searchsorted(run.enter_s, run.track.at_s - 9 * 3_600.0, side="right") - 1
        true = np.array(run.path.arcs)[np.clip(leg, 0, len(run.path.arcs) - 1)] >> 1
        driven, last = match(run.track), None
        fixes += len(true)
        for k, edge in enumerate(true.tolist()):
            heading, speed = (float(values[k]) for values in (run.track.heading_deg, run.track.speed_mps))
            where = float(run.track.lat[k]), float(run.track.lon[k])
            told = (*where, heading if heading == heading else None, speed, 8.0)
            last = follow(*told, last)
            right["nearest"] += snap(*told[:2])[0] == edge
            right["heading"] += follow(*told).edge == edge
            right["heading_and_last_fix"] += last.edge == edge
            right["whole_track"] += int(driven.places.edge[k]) == edge
    return {name: round(count / fixes, 4) for name, count in right.items()}


def one_fix(road_map, track: Track) -> dict[str, float]:
    """Microseconds for one fix: plainly, with heading, with the last fix. Of every fifty the best of seven
    rounds counts, since others work on the machine too."""
    van = PROFILES.index("van")
    snap, follow = Snapper(road_map, van), Follower(road_map, van)
    told = track.lat, track.lon, track.heading_deg, track.speed_mps
    rows = [
        (lat, lon, heading, speed, 8.0)
        for lat, lon, heading, speed in zip(*(values.tolist() for values in told), strict=True)
        if speed > 2 and heading == heading
    ]
    last = [follow(*row) for row in rows]
    asked = {
        "nearest": (snap, [row[:2] for row in rows]),
        "heading": (follow, rows),
        "heading_and_last_fix": (
            follow,
            [(*row, before) for row, before in zip(rows[1:], last, strict=False)],
        ),
    }
    return {name: round(_microseconds(*each), 2) for name, each in asked.items()}


def _microseconds(work, rows: list) -> float:
    best = 0.0
    for first in range(0, len(rows), 50):
        rounds = []
        for _ in range(7):
            begin = perf_counter()
            for row in rows[first : first + 50]:
                work(*row)
            rounds.append(perf_counter() - begin)
        best += min(rounds)
    return best / len(rows) * 1e6


if __name__ == "__main__":
    main()
