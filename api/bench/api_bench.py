"""`vigil bench api`: how long a dispatcher waits, over HTTP, with 140 units."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from api.bench.rows import Figure, figure, timed
from api.bench.server import running_server
from routing import map_file
from routing.kernels import CLOSED
from routing.metric import metric

UNITS = 140
SEED = 115


def bench_api(map_source: Path | None, cities: Path, city: str, say: Callable[[str], None]) -> list[Figure]:
    """Recommendation, the whole sending of a unit, and the bare HTTP round trip they stand on.

    Reference of the recommendation: the two road searches it needs at least (units to the scene, the scene
    to the hospitals) by scipy's compiled Dijkstra on the same arrays, with no HTTP, ranking or JSON.
    """
    with tempfile.TemporaryDirectory(prefix="vigil-bench-") as scratch:
        folder = Path(scratch)
        grown = _city_with(UNITS, cities / city, folder / "cities")
        say("Opening a server ...")
        with running_server(folder / "data", folder / "cities", grown, map_source) as client:
            say(f"Putting {UNITS} units on the road ...")
            scenes = _people_the_city(client)
            say("Asking for recommendations ...")
            taken = [(scene, found) for scene in scenes if (found := _incident(client, scene))][:30]
            scenes, incidents = [scene for scene, _ in taken], [found for _, found in taken]
            for incident in incidents[:3]:
                client.get(f"/incidents/{incident}/recommendation")
            asked = iter(incidents * 10)
            advice = timed(
                lambda: client.get(f"/incidents/{next(asked)}/recommendation"), len(incidents) * 10
            )
            bare = timed(lambda: client.get("/me"), 300)
            say("Sending units ...")
            sent = [_send(client, incident) for incident in incidents]
            version = client.get("/city").json()["map"]["version"]
        say("Timing the reference ...")
        reference = _two_searches(folder / "data" / "maps" / version, scenes)
    return [
        figure("api.recommendation_140", advice, ("scipy.dijkstra_two_searches", reference)),
        figure("api.send_unit", sent, ("bare_http", bare)),
        figure("api.bare_http", bare, None),
    ]


def _city_with(units: int, source: Path, cities: Path) -> str:
    """A copy of a city with exactly so many units, all ALS vans but the ones it has."""
    shutil.copytree(source, cities / source.name)
    fleet = cities / source.name / "fleet.toml"
    text = fleet.read_text(encoding="utf-8")
    entries = text.split("[[unit]]")
    station = entries[1].split('station = "')[1].split('"')[0]
    head, kept = entries[0], entries[1 : units + 1]
    more = [
        f'\ncallsign = "C{900 + place}"\nkind = "van"\ncapabilities = ["ALS", "BLS", "transport"]\n'
        f'station = "{station}"\nassumed = true\n\n'
        for place in range(units - len(kept))
    ]
    fleet.write_text("[[unit]]".join([head, *kept, *more]), encoding="utf-8")
    return source.name


def _people_the_city(client: httpx.Client) -> list[tuple[float, float]]:
    """All units on duty near stations, and sixty places where help may be needed."""
    chance = np.random.default_rng(SEED)
    city = client.get("/city").json()
    west, south, east, north = city["map"]["bounds"]
    spots = [
        (station["position"]["lat"], station["position"]["lon"])
        for station in city["stations"]
        if south < station["position"]["lat"] < north and west < station["position"]["lon"] < east
    ]
    units = client.get("/units").json()
    at = datetime.now(UTC).isoformat()
    pings: list[dict[str, Any]] = []
    for unit in units:
        client.post(f"/units/{unit['callsign']}/duty", json={"status": "on_duty"}).raise_for_status()
        lat, lon = spots[int(chance.integers(len(spots)))]
        shift = chance.uniform(-0.01, 0.01, 2)
        pings.append({"callsign": unit["callsign"], "at": at, "lat": lat + shift[0], "lon": lon + shift[1]})
    client.post("/pings", json=pings).raise_for_status()
    return [
        (lat + float(dlat), lon + float(dlon))
        for (lat, lon), dlat, dlon in zip(
            (spots[i % len(spots)] for i in range(60)),
            chance.uniform(-0.005, 0.005, 60),
            chance.uniform(-0.005, 0.005, 60),
            strict=True,
        )
    ]


def _incident(client: httpx.Client, scene: tuple[float, float]) -> str | None:
    """The id of an incident there, None where no street is near."""
    place = {"lat": scene[0], "lon": scene[1]}
    call = client.post("/calls", json={"phone": "0900000115", "complaint": "bench", "position": place})
    if call.status_code == 422:
        return None
    call.raise_for_status()
    order = {"call_id": call.json()["id"], "position": place, "priority": "P2"}
    opened = client.post("/incidents", json=order)
    opened.raise_for_status()
    return str(opened.json()["id"])


def _send(client: httpx.Client, incident: str) -> float:
    advice = client.get(f"/incidents/{incident}/recommendation").json()
    order = {
        "run_id": str(uuid4()),
        "unit_id": advice["units"][0]["unit_id"],
        "decision_id": advice["decision_id"],
    }
    took = timed(lambda: client.post(f"/incidents/{incident}/runs", json=order).raise_for_status(), 1)
    return took[0]


def _two_searches(folder: Path, scenes: list[tuple[float, float]]) -> list[float]:
    """Seconds of scipy's one-to-all on the van graph, there and back, a scene each."""
    road_map = map_file.load(folder)
    weights, index = metric(road_map, "van"), road_map.indexes
    size = road_map.streets.nodes
    ms = weights.arc_ms[index.out_arc]
    seconds = np.where(ms < CLOSED, ms / 1000.0, np.inf)
    graph = csr_matrix((seconds, index.out_node, index.out_first), shape=(size, size))
    backwards = csr_matrix(graph.T)
    chance = np.random.default_rng(SEED)
    nodes = chance.integers(graph.shape[0], size=len(scenes))

    def search(node: int) -> None:
        dijkstra(backwards, indices=node)
        dijkstra(graph, indices=node)

    search(0)
    return [timed(lambda node=int(node): search(node), 1)[0] for node in nodes]  # type: ignore[misc]
