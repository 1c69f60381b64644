"""A recommendation as a dispatcher's screen asks for it: of a server, over HTTP, with 300 units and the
hospitals of a city, each unit at a cost for the coverage it leaves behind."""

import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

import httpx
import numpy as np

from api.bench.line import Line
from api.bench.peopled import SEED, Place, city_with, people, ping, stand
from api.bench.rows import Figure, figure, timed
from api.bench.server import running_server

UNITS, INCIDENTS = 300, 30
ASKED, MOVED = 1_000, 60
ROUND = 250  # questions, after which a fleet that stands says again where it is
STEP = 1e-4  # degrees a second: 11 m
READY_S = 60.0


def served_rows(source: Path, city: Path, say: Callable[[str], None]) -> list[Figure]:
    """Seconds from the question to the last letter of the answer: of a fleet that stands, and of one that was
    all moved since the last question, a second ago."""
    with tempfile.TemporaryDirectory(prefix="vigil-bench-") as scratch:
        folder = Path(scratch)
        grown = city_with(UNITS, city, folder / "cities")
        say("Opening a server ...")
        with running_server(folder / "data", folder / "cities", grown, source) as client:
            line = Line(client.base_url.host, client.base_url.port or 80, _token(client))
            with line:
                peopled = people(line, INCIDENTS)
                _price_coverage(client)
                questions = cycle(
                    [
                        line.request("GET", f"/api/v1/incidents/{name}/recommendation")
                        for name in peopled.incidents
                    ]
                )

                def ask() -> bytes:
                    return line.send(next(questions))

                _wait_for_coverage(line, next(iter(peopled.incidents)))
                timed(ask, 2 * INCIDENTS)
                standing: list[float] = []
                for _ in range(0, ASKED, ROUND):
                    stand(line, peopled.fleet)
                    standing += timed(ask, ROUND)
                moving = _moving(line, peopled.fleet, ask)
    return [
        figure(f"dispatch.served_{UNITS}", standing, None),
        figure(f"dispatch.served_{UNITS}_all_moved", moving, None),
    ]


def _moving(line: Line, fleet: Mapping[str, Place], ask: Callable[[], bytes]) -> list[float]:
    """One question a second; before each, every unit is some metres further on."""
    places, chance = dict(fleet), np.random.default_rng(SEED)
    samples = []
    for _ in range(MOVED):
        sleep(1.0)
        by = chance.uniform(-STEP, STEP, (len(places), 2)).tolist()
        for callsign, (north, east) in zip(places, by, strict=True):
            lat, lon = places[callsign]
            places[callsign] = lat + north, lon + east
        at = datetime.now(UTC).isoformat()
        line.ask("POST", "/api/v1/pings", [ping(callsign, place, at) for callsign, place in places.items()])
        samples += timed(ask, 1)
    return samples


def _token(client: httpx.Client) -> str:
    return str(client.headers["authorization"].split()[1])


def _price_coverage(client: httpx.Client) -> None:
    """A supervisor lets every priority go by the cost of coverage."""
    signed = client.post("/login", json={"username": "supervisor", "password": "demo"}).json()
    order = {**dict.fromkeys(("P1", "P2", "P3", "P4"), "coverage_cost"), "reason": "bench"}
    answer = client.put("/policy", json=order, headers={"authorization": f"Bearer {signed['token']}"})
    answer.raise_for_status()


def _wait_for_coverage(line: Line, incident: str) -> None:
    """The cells are worked out beside the desk, after its start. Raises RuntimeError if they never come."""
    until = perf_counter() + READY_S
    while perf_counter() < until:
        answer: dict[str, Any] = line.ask("GET", f"/api/v1/incidents/{incident}/recommendation")
        if all(row["coverage"] is not None for row in answer["units"]) and answer["units"]:
            return
        sleep(0.5)
    raise RuntimeError("No recommendation told the coverage.")
