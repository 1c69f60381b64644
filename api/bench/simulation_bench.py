"""`vigil bench simulation`: calls a second of both paths of a simulated night, beside a bare heap loop."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

from api.bench.rows import Figure

ROOT = Path(__file__).resolve().parents[2]


def bench_simulation(source: Path, city: Path, stop: Callable[[str], NoReturn]) -> list[Figure]:
    """On the streets of a map. The simulations are another room, with a door of their own.

    city : the folder of the city whose stations, hospitals and rules count
    """
    with TemporaryDirectory() as folder:
        out = Path(folder) / "figures.json"
        words = ["--city", str(city.resolve()), "--map", str(source.resolve()), "--out", str(out)]
        done = subprocess.run([sys.executable, "-m", "simulations.bench", *words], cwd=ROOT, check=False)
        if done.returncode != 0:
            stop("The simulation could not be measured; what it said stands above.")
        return [Figure(**row) for row in json.loads(out.read_text(encoding="utf-8"))]
