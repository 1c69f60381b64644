"""The judges' side of the pipe: run by another Python, one with `osrm-bindings` and `pyvalhalla`.

Stands alone: the standard library and the judges, nothing of Vigil. Reads one JSON question a line, answers
one JSON object a line. Places are [lat, lon] in degrees, times are seconds, null where a judge finds no way.
"""

import json
import os
import shutil
import subprocess
import sys
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter
from typing import Any

Place = list[float]
MANY = 10_000_000


class Osrm:
    """OSRM with its own car profile and a contraction hierarchy."""

    packages = ("osrm-bindings",)

    def __init__(self, source: Path, folder: Path) -> None:
        self._osrm = import_module("osrm")
        base = folder / "osrm" / "map.osrm"
        if not (folder / "osrm" / "whole").is_file():
            self._build(source, base)
        self._engine = self._osrm.OSRM(
            algorithm="CH",
            storage_config=str(base),
            max_locations_distance_table=MANY,
            use_shared_memory=False,
        )

    def _build(self, source: Path, base: Path) -> None:
        shutil.rmtree(base.parent, ignore_errors=True)
        base.parent.mkdir(parents=True)
        package = Path(str(self._osrm.__file__)).parent
        profile = package / "share" / "profiles" / "car.lua"
        local = base.parent / source.name
        local.symlink_to(source)
        _run(package / "bin" / "osrm-extract", "-p", profile, "-o", base, local)
        _run(package / "bin" / "osrm-contract", base)
        (base.parent / "whole").touch()

    def table(
        self, origins: list[Place], destinations: list[Place]
    ) -> tuple[list[list[float | None]], float]:
        """Seconds of every pair; and how long the call took, from the question made to the answer unread."""
        places = [(lon, lat) for lat, lon in origins + destinations]
        question = self._osrm.TableParameters(
            coordinates=places,
            sources=list(range(len(origins))),
            destinations=list(range(len(origins), len(places))),
            annotations=["duration"],
            generate_hints=False,
        )
        began = perf_counter()
        answer = self._engine.Table(question)
        took = perf_counter() - began
        return [[None if time is None else float(time) for time in row] for row in answer["durations"]], took

    def route(self, origin: Place, destination: Place) -> tuple[float | None, float]:
        """Seconds of one way, its whole geometry asked for; and how long the call took."""
        question = self._osrm.RouteParameters(
            coordinates=[(lon, lat) for lat, lon in (origin, destination)], overview="full", steps=True
        )
        began = perf_counter()
        answer = self._engine.Route(question)
        took = perf_counter() - began
        return float(answer["routes"][0]["duration"]), took


class Valhalla:
    """Valhalla with its `auto` costing as it comes, without traffic."""

    packages = ("pyvalhalla",)

    def __init__(self, source: Path, folder: Path) -> None:
        self._valhalla = import_module("valhalla")
        settings = folder / "valhalla" / "valhalla.json"
        if not settings.is_file():
            self._build(source, settings)
        self._actor = self._valhalla.Actor(settings)

    def _build(self, source: Path, settings: Path) -> None:
        shutil.rmtree(settings.parent, ignore_errors=True)
        (settings.parent / "tiles").mkdir(parents=True)
        choices = import_module("valhalla.config").get_config(
            tile_extract="", tile_dir=str(settings.parent / "tiles"), verbose=False
        )
        choices["service_limits"]["auto"].update(
            max_locations=20_000, max_matrix_location_pairs=MANY, max_matrix_distance=5_000_000.0
        )
        choices["mjolnir"]["concurrency"] = 2
        aside = settings.with_name("building.json")
        aside.write_text(json.dumps(choices), encoding="utf-8")
        package = Path(str(self._valhalla.__file__)).parent
        _run(package / "bin" / "valhalla_build_tiles", "-c", aside, source)
        aside.rename(settings)

    def table(
        self, origins: list[Place], destinations: list[Place]
    ) -> tuple[list[list[float | None]], float]:
        question = json.dumps(
            {
                "sources": [{"lat": lat, "lon": lon} for lat, lon in origins],
                "targets": [{"lat": lat, "lon": lon} for lat, lon in destinations],
                "costing": "auto",
                "verbose": False,
            }
        )
        began = perf_counter()
        answer = self._actor.matrix(question)
        took = perf_counter() - began
        return json.loads(answer)["sources_to_targets"]["durations"], took

    def route(self, origin: Place, destination: Place) -> tuple[float | None, float]:
        question = json.dumps(
            {"locations": [{"lat": lat, "lon": lon} for lat, lon in (origin, destination)], "costing": "auto"}
        )
        began = perf_counter()
        answer = self._actor.route(question)
        took = perf_counter() - began
        return float(json.loads(answer)["trip"]["summary"]["time"]), took


JUDGES: dict[str, tuple[str, type[Osrm] | type[Valhalla]]] = {
    "osrm_ch": ("osrm", Osrm),
    "valhalla": ("valhalla", Valhalla),
}


def _run(program: Path, *arguments: object) -> None:
    """Run a program that comes with a wheel; what it says goes to our error output."""
    done = subprocess.run([program, *map(str, arguments)], stdout=sys.stderr, stderr=sys.stderr, check=False)
    if done.returncode:
        raise RuntimeError(f"{program.name} ended with {done.returncode}")


def _answer(question: dict[str, Any], seated: dict[str, Osrm | Valhalla]) -> dict[str, Any]:
    judge = str(question.get("judge"))
    match question["do"]:
        case "who":
            present = {name: kind for name, (module, kind) in JUDGES.items() if find_spec(module)}
            return {"judges": {name: version(kind.packages[0]) for name, kind in present.items()}}
        case "seat":
            began = perf_counter()
            seated[judge] = JUDGES[judge][1](Path(question["source"]), Path(question["folder"]))
            return {"took": perf_counter() - began}
        case "table":
            rows, took = seated[judge].table(question["origins"], question["destinations"])
            return {"seconds": rows, "took": took}
        case "route":
            seconds, took = seated[judge].route(question["origin"], question["destination"])
            return {"seconds": seconds, "took": took}
        case unknown:
            raise ValueError(f"there is no question {unknown!r}")


def main() -> None:
    # the judges' own words must not get among the answers: they go where errors go
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    seated: dict[str, Osrm | Valhalla] = {}
    for line in sys.stdin:
        try:
            answer = _answer(json.loads(line), seated)
        except Exception as fault:  # whatever a judge throws is an answer too
            answer = {"fault": f"{type(fault).__name__}: {fault}"}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
