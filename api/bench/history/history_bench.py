"""`vigil bench history`: start, rebuild and the past of logs of ten thousand to a million facts."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from api.bench.history.bulk_log import copy_log
from api.bench.history.emergencies import Emergencies
from api.bench.history.life import Life
from api.bench.history.measured import STARTS
from api.bench.history.surroundings import Surroundings
from api.bench.rows import Figure, figure, value
from dispatch.application import sqlite_log
from dispatch.city_file import load_city

SIZES = (10_000, 100_000, 1_000_000)
ROOT = Path(__file__).resolve().parents[3]


def bench_history(city: Path, sizes: Sequence[int], say: Callable[[str], None]) -> list[Figure]:
    """A made-up life of a city, cut after so many facts each; what is measured has a process of its own.

    The reference of each figure is the same thing done plainly, in the same run: see `measured`. Where it
    ends in `_cpu` only the seconds count in which a processor worked for it: on a machine that others use
    they say what a quiet one would take.
    """
    with tempfile.TemporaryDirectory(prefix="vigil-bench-") as scratch:
        say(f"Living {max(sizes):,} facts ...")
        make_up(city, max(sizes), Path(scratch) / str(max(sizes)), lambda facts: say(f"... {facts:,}"))
        return of_all(Path(scratch), sizes, say)


def of_all(folder: Path, sizes: Sequence[int], say: Callable[[str], None]) -> list[Figure]:
    """The figures of logs that begin alike. `folder` has the longest, by its number of facts."""
    rows: list[Figure] = []
    for size in sorted(sizes):
        if size != max(sizes):
            cut(folder / str(max(sizes)), folder / str(size), size)
        say(f"Measuring {size:,} facts ...")
        rows += [replace(row, events=size) for row in of_one(folder / str(size), size, say)]
    return rows


def make_up(city: Path, facts: int, folder: Path, progress: Callable[[int], None]) -> None:
    """A data folder whose log is a made-up life."""
    folder.mkdir(parents=True)
    with sqlite_log(str(folder / "events.sqlite")) as log:
        life = Life(log, load_city(city))
        Emergencies(life)
        Surroundings(life)
        life.live(facts, progress)


def cut(source: Path, target: Path, facts: int) -> None:
    """A data folder with the first so many facts of another."""
    target.mkdir()
    with (
        sqlite_log(str(source / "events.sqlite")) as long,
        sqlite_log(str(target / "events.sqlite")) as short,
    ):
        copy_log(long, short, facts)


def of_one(folder: Path, size: int, say: Callable[[str], None]) -> Iterator[Figure]:
    """The figures of one log. Plainly first: afterwards everything is made anew."""
    plain_fold = _measure("fold_plainly", folder, say)
    plain_start = _measure("start_plainly", folder, say)
    plain_past = _measure("past_plainly", folder, say)
    fold = _measure("fold", folder, say)
    start = _measure("start", folder, say)
    past = _measure("past", folder, say)
    firsts = [_measured_cold(f"first_past_{turn}", folder, say)["took"][0] for turn in range(STARTS)]
    kept = _measure("sizes", folder, say)

    for name, found, plain in (("start", start, plain_start), ("rebuild", fold, plain_fold)):
        yield figure(f"history.{name}", [found["seconds"]], ("plainly", [plain["seconds"]]))
        yield figure(f"history.{name}_cpu", [found["cpu_seconds"]], ("plainly", [plain["cpu_seconds"]]))
    a_second, plainly = size / fold["seconds"], size / plain_fold["seconds"]
    rate = value("history.rebuild_rate", size, "events/s", a_second, ("plainly", plainly))
    yield replace(rate, ratio=a_second / plainly)
    yield figure("history.at", past["took"], ("from_the_start", plain_past["took"]))
    yield figure("history.at_cpu", past["cpu_took"], ("from_the_start", plain_past["cpu_took"]))
    yield figure("history.at_first", firsts, ("from_the_start", plain_past["took"]))
    for name, found, plain in (
        ("history.memory", start["memory"], plain_start["memory"]),
        ("history.rebuild_peak", fold["peak"], plain_fold["peak"]),
    ):
        row = value(name, 1, "bytes", found, ("plainly", plain))
        yield replace(row, ratio=plain / found)
    yield value("history.rows_in_memory", 1, "rows", start["rows"], ("plainly", plain_start["rows"]))
    yield value("history.log_on_disk", 1, "bytes", _on_disk(folder, "events.sqlite"))
    yield value("history.views_on_disk", 1, "bytes", _on_disk(folder, "views.sqlite"))
    yield value("history.snapshots_on_disk", 1, "bytes", _on_disk(folder, "views.past.sqlite"))
    yield value("history.snapshots", 1, "snapshots", kept["snapshots"])


def _measure(what: str, folder: Path, say: Callable[[str], None]) -> dict[str, Any]:
    run = [sys.executable, "-m", "api.bench.history.measured", what, str(folder)]
    done = subprocess.run(run, check=False, capture_output=True, text=True, cwd=ROOT)
    if done.returncode != 0:
        raise RuntimeError(f"{what} broke down: {done.stderr[-500:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    say(f"... {what}: {found['seconds']:.2f} s")
    return found


def _measured_cold(what: str, folder: Path, say: Callable[[str], None]) -> dict[str, Any]:
    """While the machine's memory holds nothing of the folder's files."""
    for file in folder.glob("*.sqlite*"):
        with file.open("rb") as opened:
            os.fsync(opened.fileno())
            os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return _measure(what, folder, say)


def _on_disk(folder: Path, name: str) -> int:
    return sum(path.stat().st_size for path in folder.glob(f"{name}*"))
