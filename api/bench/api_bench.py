"""`vigil bench api`: how long a dispatcher waits, over HTTP, with 140 units."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any
from uuid import uuid4

from api.bench.advice_parts import advice_parts, two_searches
from api.bench.line import Line
from api.bench.peopled import Peopled, city_with, people, stand
from api.bench.rows import Figure, figure, timed
from api.bench.server import running_server
from routing import map_file

UNITS = 140
INCIDENTS = 30
ASKED = 2_000
SENT = 200
CONSOLES = 8
ROUND = 250  # questions, after which a fleet that stands says again where it is


def bench_api(map_source: Path | None, cities: Path, city: str, say: Callable[[str], None]) -> list[Figure]:
    """Recommendation, the whole sending of a unit, and the bare HTTP round trip they stand on.

    Asked over one kept-open connection by a client that costs some tens of microseconds a request. Reference
    of the recommendation: the two road searches it needs at least (units to the scene, the scene to the
    hospitals) by scipy's compiled Dijkstra on the same arrays, with no HTTP, ranking or JSON.
    """
    with tempfile.TemporaryDirectory(prefix="vigil-bench-") as scratch:
        folder = Path(scratch)
        grown = city_with(UNITS, cities / city, folder / "cities")
        say("Opening a server ...")
        with (
            running_server(folder / "data", folder / "cities", grown, map_source) as client,
            the_line(client) as line,
        ):
            say(f"Putting {UNITS} units on the road ...")
            peopled = people(line, INCIDENTS)
            advice, moving, bare, sent = _over_http(line, peopled, say)
            version = line.ask("GET", "/api/v1/city")["map"]["version"]
        say("Timing the parts and the reference ...")
        road_map = map_file.load(folder / "data" / "maps" / version)
        reference = ("scipy.dijkstra_two_searches", two_searches(road_map, INCIDENTS))
        parts = advice_parts(road_map, list(peopled.fleet.values()), list(peopled.incidents.values()))
    return [
        figure("api.recommendation_140", advice, reference),
        figure("api.recommendation_140_moving", moving, reference),
        *parts,
        figure("api.send_unit", sent, ("bare_http", bare)),
        figure("api.bare_http", bare, None),
    ]


def _over_http(
    line: Line, peopled: Peopled, say: Callable[[str], None]
) -> tuple[list[float], list[float], list[float], list[float]]:
    """Seconds of recommendations on a fleet that stands and one that moves, of bare requests, of orders."""
    question = line.request("GET", "/api/v1/me")
    timed(lambda: line.send(question), 50)
    bare = timed(lambda: line.send(question), ASKED)
    say(f"Asking for {ASKED} recommendations ...")
    questions = cycle(
        [line.request("GET", f"/api/v1/incidents/{name}/recommendation") for name in peopled.incidents]
    )
    timed(lambda: line.send(next(questions)), 2 * INCIDENTS)
    advice = []
    for _ in range(0, ASKED, ROUND):
        stand(line, peopled.fleet)
        advice += timed(lambda: line.send(next(questions)), ROUND)
    say(f"Asking again while {UNITS} units report each second and {CONSOLES} consoles listen ...")
    with _busy_city(line, peopled, say):
        timed(lambda: line.send(next(questions)), ROUND)
        moving = timed(lambda: line.send(next(questions)), ASKED)
    say(f"Sending {SENT} units ...")
    stand(line, peopled.fleet)
    sent = [_send(line, incident) for _, incident in zip(range(SENT), cycle(peopled.incidents), strict=False)]
    return advice, moving, bare, sent


def _send(line: Line, incident: str) -> float:
    """Seconds of sending the unit advised. Afterwards it is free again; that is not counted."""
    advice = line.ask("GET", f"/api/v1/incidents/{incident}/recommendation")
    order = {
        "run_id": str(uuid4()),
        "unit_id": advice["units"][0]["unit_id"],
        "decision_id": advice["decision_id"],
    }
    request = line.request("POST", f"/api/v1/incidents/{incident}/runs", order)
    (took,) = timed(lambda: line.send(request), 1)
    end = {"milestone": "stood_down", "reason": "bench"}
    line.ask("POST", f"/api/v1/runs/{order['run_id']}/milestones", end)
    return took


@contextmanager
def _busy_city(line: Line, peopled: Peopled, say: Callable[[str], None]) -> Iterator[None]:
    """Pings and consoles for as long as the context lasts; says how much there really was."""
    order = [sys.executable, "-m", "api.bench.busy_city"]
    city = subprocess.Popen(order, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    start: dict[str, Any] = {**line.whereabouts(), "fleet": peopled.fleet, "consoles": CONSOLES}
    try:
        assert city.stdin is not None
        city.stdin.write(json.dumps(start) + "\n")
        city.stdin.flush()
        yield
        told, _ = city.communicate(timeout=20)
        if city.returncode != 0 or not told:
            raise RuntimeError("The busy city broke down.")
        happened = json.loads(told)
        say(
            f"... {happened['pings_a_second']:.0f} pings and {happened['frames_a_second']:.0f} frames "
            f"a second, slowest ping {1000 * happened['longest_ping_s']:.0f} ms"
        )
    finally:
        city.kill()
        city.wait()


def the_line(client: Any) -> Line:
    """The same server and session by a cheaper client."""
    return Line(client.base_url.host, client.base_url.port, client.headers["authorization"].split()[1])
