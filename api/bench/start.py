"""What a process that has just started needs until it answers: seconds, and bytes of memory.

Run as a program, `python -m api.bench.start FOLDER`, it opens a built map and prints what that took as JSON.
"""

import json
import subprocess
import sys
from pathlib import Path
from time import perf_counter

from api.bench.rows import Figure, figure, value

STARTS = 5


def of_new_processes(folder: Path) -> list[Figure]:
    """Start some processes, one after the other, on a built map whose kernels are in the cache."""
    took, seen = [], {}
    for _ in range(STARTS):
        began = perf_counter()
        run = [sys.executable, "-m", "api.bench.start", str(folder)]
        done = subprocess.run(run, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2])
        took.append(perf_counter() - began)
        seen = json.loads(done.stdout)
    rows = [figure("routing.start", took, None)]
    if seen["bytes_after"]:
        four, before = seen["bytes_after"] - seen["bytes_before"], seen["bytes_before"]
        rows += [
            value("routing.memory_4_metrics", 1, "bytes", four),
            value("routing.memory_interpreter", 1, "bytes", before),
        ]
    return rows


def resident_bytes() -> int:
    """How much memory this process holds, files that it has mapped included; 0 where nobody can tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    import resource

    return pages * resource.getpagesize()


def _main(folder: Path) -> None:
    """The four profiles under blue light and without, each asked from 50 units, once from place to place."""
    import numpy as np

    from routing import map_file
    from routing.hierarchy.engine import HierarchyEngine
    from routing.metric import metric
    from routing.profiles import PROFILES
    from routing.snapping import Places

    before = resident_bytes()
    road_map = map_file.load(folder)
    engine = HierarchyEngine(road_map)
    metrics = [metric(road_map, profile) for profile in PROFILES]
    edge = np.linspace(0, road_map.streets.edges - 1, 50).astype(np.int32)
    places = Places(edge, road_map.streets.edge_m[edge] / 2, np.zeros(len(edge)))
    for weights in metrics:
        engine.prepare(weights)
        engine.to_place(weights, places, places.only(0))
        engine.path(weights, places.only(0), places.only(49))
    json.dump({"bytes_before": before, "bytes_after": resident_bytes()}, sys.stdout)


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
