"""Simulations that planners ask for at the console: played beside the desk, which does not feel them."""

import json
import os
import signal
import time
import zipfile
from io import BytesIO
from pathlib import Path
from shutil import copy, copytree
from statistics import median
from uuid import uuid4

import pytest

from api.schema.simulations import SimulationReplay
from tests.at_the_desk import on_duty
from tests.desk_work import DeskWork
from tests.feed_reader import listening
from tests.server import ROOT, Ground, Server, letter_town_ground, ok, refused
from tests.small_city import where

PATIENCE_S = 240.0
RIVALS = [{"name": "as always"}, {"name": "two stay at home", "without": ["C1", "C2"]}]
SCENARIO = """
model = "letters"
begins = "2026-10-26"
days = 1
warm_up_hours = 2
replications = 3
seed = 4
question = { vi = "Gọi gấp đôi?", en = "Twice the calls?" }
explains = { vi = "Gấp đôi.", en = "Twice." }
[[course]]
id = "as-always"
vi = "Như thường"
en = "As always"
[[course]]
id = "twice"
vi = "Gấp đôi"
en = "Twice"
[[change]]
what = "calls"
curve = [["day 1 00:00", 2.0], ["day 2 00:00", 2.0]]
courses = ["twice"]
"""


@pytest.fixture(scope="module")
def ground(tmp_path_factory) -> Ground:
    """The letter town, with somebody's word on how often people call there."""
    letters = letter_town_ground()
    cities = tmp_path_factory.mktemp("cities") / "cities"
    copytree(letters.cities, cities)
    copy(ROOT / "cities" / "demo" / "demand.toml", cities / "letters")
    return Ground(letters.maps, letters.city, cities)


@pytest.fixture(scope="module")
def server(ground, tmp_path_factory):
    data = tmp_path_factory.mktemp("planned")
    own = data / "simulations" / "scenarios"
    own.mkdir(parents=True)
    (own / "twice.toml").write_text(SCENARIO, encoding="utf-8")
    with on_duty(ground, data, also=("--arrivals", "none")) as server:
        yield server


@pytest.fixture
def planner(server):
    with server.client("planner") as client:
        yield client


def asked(**facts) -> dict:
    usual = {"id": str(uuid4()), "question": "Who waits longer?", "source": "city", "replications": 4}
    return {**usual, "hours": 6, "warm_up_hours": 1, "rivals": RIVALS, **facts}


def until(client, simulation, *states: str, done: int = 0) -> dict:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        told = ok(client.get(f"/simulations/{simulation}"))
        if told["state"] in states and told["done"] >= done:
            return told
        assert told["state"] in ("waiting", "running", *states), told["fault"]
        time.sleep(0.1)
    raise TimeoutError(told)


@pytest.fixture(scope="module")
def finished(server):
    """One that is done, and how the log stood before it."""
    before = server.position()
    with server.client("planner") as client:
        body = asked()
        assert ok(client.post("/simulations", json=body), 202)["state"] in ("waiting", "running")
        return body, until(client, body["id"], "done"), before


def test_results_come_with_intervals_and_what_may_be_said(finished):
    _, told, _ = finished
    assert (told["done"], told["of"], told["by"], told["fault"]) == (4, 4, "planner", None)
    results = told["results"]
    assert [rival["name"] for rival in results["rivals"]] == ["as always", "two stay at home"]
    late = results["rivals"][0]["figures"]["late"]
    assert late["low"] <= late["mean"] <= late["high"]
    assert {row["figure"] for row in results["differences"]} <= set(results["compared"])
    assert results["steps"] == 72
    assert results["begins"] == "2026-03-02T01:00:00+07:00"


def test_results_that_a_disk_damaged_are_told_of(finished, server, planner):
    (path,) = (server.data / "simulations").rglob(f"{finished[0]['id']}/results.json")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    try:
        problem = refused(planner.get(f"/simulations/{finished[0]['id']}"), 404)
        assert problem["type"] == "urn:vigil:ResultsDamaged"
    finally:
        path.write_bytes(whole)


def test_nothing_of_it_is_in_the_log(finished, server):
    assert server.told_since(finished[2]) == []


def test_asking_twice_is_asking_once(finished, planner):
    body, told, _ = finished
    again = ok(planner.post("/simulations", json=body), 202)
    assert (again["state"], again["asked_at"]) == ("done", told["asked_at"])
    problem = refused(planner.post("/simulations", json={**body, "seed": 1}), 422)
    assert problem["type"] == "urn:vigil:IdUsedTwice"
    ids = [row["id"] for row in ok(planner.get("/simulations"))["simulations"]]
    assert ids.count(body["id"]) == 1


def test_report_rows_and_bundle_are_files_that_reach_nothing_of_ours(finished, planner, tmp_path):
    path = f"/simulations/{finished[0]['id']}"
    page = planner.get(f"{path}/report")
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert "Who waits longer?" in page.text
    rows = zipfile.ZipFile(BytesIO(planner.get(f"{path}/rows").content))
    assert sorted(rows.namelist()) == ["bed_hours.parquet", "incidents.parquet", "unit_hours.parquet"]
    packed = planner.get(f"{path}/bundle")
    assert "attachment" in packed.headers["content-disposition"]
    bundle = zipfile.ZipFile(BytesIO(packed.content))
    assert {"manifest.json", "signature.json", "report.html"} <= set(bundle.namelist())


def test_a_replay_tells_every_unit_and_incident_packed_or_not(finished, planner):
    path = f"/simulations/{finished[0]['id']}/replay"
    asks = {"rival": "two stay at home", "replication": 1}
    packed = planner.get(path, params=asks)
    assert packed.headers["content-encoding"] == "gzip"
    plain = planner.get(path, params=asks, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert ok(packed) == ok(plain)
    replay = SimulationReplay.model_validate(ok(packed))
    assert "C1" not in {unit.callsign for unit in replay.units}
    assert replay.ends_s == 6 * 3600
    for strange in ({"rival": "nobody"}, {**asks, "replication": 4}):
        assert refused(planner.get(path, params=strange), 404)["type"] == "urn:vigil:NoReplay"


def test_a_scenario_of_ones_own_is_played_and_told_in_its_own_figures(planner):
    body = {"id": str(uuid4()), "source": "scenario", "scenario": "twice"}
    first = ok(planner.post("/simulations", json=body), 202)
    assert [rival["label"]["vi"] for rival in first["rivals"]] == ["Như thường", "Gấp đôi"]
    told = until(planner, body["id"], "done")
    always, twice = told["results"]["rivals"]
    assert twice["figures"]["calls"]["mean"] > 1.7 * always["figures"]["calls"]["mean"]
    assert "late_or_lost" in told["results"]["compared"]
    ok_report = planner.get(f"/simulations/{body['id']}/report")
    assert "Twice the calls?" in ok_report.text
    assert ok(planner.get(f"/simulations/{body['id']}/replay", params={"rival": "twice"}))["incidents"]
    assert planner.get(f"/simulations/{body['id']}/bundle").content[:2] == b"PK"


def test_the_live_state_is_carried_on_and_left_alone(server, planner):
    with server.client() as client:
        desk = DeskWork(client)
        desk.stand({"C1": where("B"), "C2": where("E")})
        served, waiting = desk.incident(where("A"), "P1"), desk.incident(where("X"), "P3")
        desk.send(served, "C1")
        while not ok(planner.get("/simulations/choices"))["now"]:
            time.sleep(0.2)
        before = server.position()
        rivals = [{"name": "as it is", "policy": "rules"}, {"name": "moved up", "move_up": "mended"}]
        body = asked(source="now", hours=2, warm_up_hours=None, replications=30, rivals=rivals)
        ok(planner.post("/simulations", json=body), 202)
        told = until(planner, body["id"], "done")
        assert server.told_since(before) == []
        assert waiting["id"] in {row["id"] for row in ok(client.get("/incidents"))}
        desk.clear_the_board()
    results = told["results"]
    assert [rival["name"] for rival in results["rivals"]] == ["as it is", "moved up"]
    assert results["rivals"][0]["figures"]["incidents"]["mean"] >= 1, "who waited counts"
    assert results["rivals"][0]["series"]["busy"]["mean"][0] > 0.5, "who served goes on"
    assert results["bundle"] is False
    replay = ok(planner.get(f"/simulations/{body['id']}/replay", params={"rival": "as it is"}))
    sent = next(unit for unit in replay["units"] if unit["callsign"] == "C1")
    assert sent["legs"][0][0] == 0.0
    assert [leg[2] for leg in sent["legs"][:2]] == ["turnout", "to_scene"], "it was sent just now"
    assert sent["incidents"][0] == served["number"]
    assert [(row["number"], row["units"]) for row in replay["under_way"]] == [(served["number"], ["C1"])]
    assert [row["number"] for row in replay["incidents"] if row["rang_s"] < 0] == [waiting["number"]]
    problem = refused(planner.get(f"/simulations/{body['id']}/report"), 404)
    assert problem["type"] == "urn:vigil:NoReport"


def test_a_day_of_the_own_log_is_played_again_and_one_beyond_it_is_refused(server, planner):
    with server.client() as client:
        desk = DeskWork(client)
        for priority in ("P1", "P2", "P3"):
            desk.incident(where("B"), priority)
        desk.clear_the_board()
    days = ok(planner.get("/simulations/choices"))["recorded"]
    before = server.position()
    body = recorded(days["last"], rivals=[RIVALS[0], {"name": "bac closed", "closed": ["bac"]}])
    ok(planner.post("/simulations", json=body), 202)
    told = until(planner, body["id"], "done")
    assert (told["source"], told["begins"], told["replications"]) == ("recorded", f"{days['last']}T00:00", 1)
    assert told["results"]["rivals"][0]["figures"]["calls"]["mean"] >= 3, "a day"
    assert not any(difference["sure"] for difference in told["results"]["differences"]), "played once"
    (shown,) = ok(planner.get(f"/simulations/{body['id']}/replay", params={"rival": "bac closed"}))[
        "incidents"
    ][:1]
    assert (shown["lat"], shown["lon"]) == (round(shown["lat"], 3), round(shown["lon"], 3))
    assert planner.get(f"/simulations/{body['id']}/bundle").status_code == 200
    assert server.told_since(before) == []
    problem = refused(planner.post("/simulations", json=recorded("2031-01-01")), 422)
    assert problem["type"] == "urn:vigil:DayNotInLog"
    assert days["last"] in problem["detail"]


def recorded(day: str, **facts) -> dict:
    usual = {"id": str(uuid4()), "question": "And with others?", "source": "recorded", "day": day}
    return {**usual, "rivals": RIVALS, **facts}


def test_dispatchers_look_and_start_nothing(server, finished):
    with server.client("dispatcher") as client:
        assert ok(client.get(f"/simulations/{finished[0]['id']}"))["results"]
        assert ok(client.get("/simulations/choices"))["may_start"] is False
        refused(client.post("/simulations", json=asked()), 403)
        refused(client.delete(f"/simulations/{finished[0]['id']}"), 403)


def test_what_has_no_results_yet_says_so_and_stopping_one_ends_its_process(server, planner):
    body = asked(hours=300, replications=20)
    ok(planner.post("/simulations", json=body), 202)
    until(planner, body["id"], "running")
    pid = its_process(server, body["id"])
    for door in ("report", "rows", "bundle", "replay?rival=as%20always"):
        problem = refused(planner.get(f"/simulations/{body['id']}/{door}"), 409)
        assert problem["type"] == "urn:vigil:SimulationUnfinished"
    assert ok(planner.delete(f"/simulations/{body['id']}"))["state"] == "stopped"
    assert not alive(pid)
    assert ok(planner.delete(f"/simulations/{body['id']}"))["state"] == "stopped", "a second press"
    assert ok(planner.get(f"/simulations/{body['id']}"))["results"] is None
    ok(planner.delete(f"/simulations/{body['id']}", params={"forget": True}))
    refused(planner.get(f"/simulations/{body['id']}"), 404)
    assert not (server.data / "simulations" / "asked" / body["id"]).exists()


def test_those_that_wait_have_their_turn_and_too_many_are_told_to_come_back(planner):
    bodies = [asked(hours=300, replications=20) for _ in range(7)]
    answers = [planner.post("/simulations", json=body) for body in bodies]
    until(planner, bodies[0]["id"], "running")
    assert [answer.status_code for answer in answers[:5]] == [202] * 5
    problem = refused(answers[6], 409)
    assert (problem["type"], problem["waiting"]) == ("urn:vigil:QueueFull", 5)
    assert ok(planner.get(f"/simulations/{bodies[2]['id']}"))["before"] == 2
    for body in bodies[:6]:
        planner.delete(f"/simulations/{body['id']}", params={"forget": True})


def test_the_desk_answers_quickly_while_one_runs(server, planner):
    body = asked(hours=300, replications=60)
    with server.client() as client, listening(server.socket_url()) as reader:
        desk = DeskWork(client)
        ok(planner.post("/simulations", json=body), 202)
        until(planner, body["id"], "running")
        pid, patience = its_process(server, body["id"]), time.monotonic() + 30
        lower = min(os.getpriority(os.PRIO_PROCESS, 0) + 15, 19)  # these tests may give way themselves
        while os.getpriority(os.PRIO_PROCESS, pid) != lower:
            assert time.monotonic() < patience, "it gives way as soon as it is there"
            time.sleep(0.05)
        took = []
        for _ in range(12):
            began = time.monotonic()
            opened = desk.incident(where("B"), "P3")
            reader.until_rows(opened["seq"])
            took.append(time.monotonic() - began)
        assert ok(planner.get(f"/simulations/{body['id']}"))["state"] == "running", "it ran all the while"
        ok(planner.delete(f"/simulations/{body['id']}"))
        desk.clear_the_board()
    assert median(took) < 0.5, took


def test_a_process_that_is_killed_is_gone_on_with_once_and_told_of_then(server, planner):
    body = asked(hours=300, replications=40)
    ok(planner.post("/simulations", json=body), 202)
    until(planner, body["id"], "running", done=2)
    first = its_process(server, body["id"])
    os.kill(first, signal.SIGKILL)
    gone_on = until_resumed(planner, body["id"])
    assert (gone_on["resumed"], gone_on["state"]) == (1, "running")
    second = its_process(server, body["id"])
    assert second != first
    os.kill(second, signal.SIGKILL)
    failed = until(planner, body["id"], "failed")
    assert "ended from outside" in failed["fault"]["en"]
    assert failed["results"] is None
    ok(planner.delete(f"/simulations/{body['id']}", params={"forget": True}))


def test_it_goes_on_after_the_service_was_killed_with_the_same_figures(ground, tmp_path):
    body = asked(hours=300, replications=40, seed=9)
    with on_duty(ground, tmp_path / "data") as server:
        with server.client("planner") as client:
            ok(client.post("/simulations", json=body), 202)
            before = until(client, body["id"], "running", done=2)
        pid = its_process(server, body["id"])
        server.kill()
        gone = time.monotonic() + 20
        while alive(pid) and time.monotonic() < gone:
            time.sleep(0.05)
        assert not alive(pid), "it ended with the service"
        kept = sorted((server.data / "simulations" / "asked" / body["id"] / "replications").rglob("0*.npz"))
        written = {path: path.stat().st_mtime_ns for path in kept}
        assert before["done"] <= len(kept) < 80
        server.start()
        with server.client("planner") as client:
            told = until(client, body["id"], "done")
            same = asked(hours=300, replications=40, seed=9)
            ok(client.post("/simulations", json=same), 202)
            other = until(client, same["id"], "done")
        assert {path: path.stat().st_mtime_ns for path in kept} == written
        assert told["resumed"] == 1
        assert json.dumps(told["results"]["rivals"]) == json.dumps(other["results"]["rivals"])


def until_resumed(client, simulation) -> dict:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        told = ok(client.get(f"/simulations/{simulation}"))
        if told["resumed"] and told["state"] == "running":
            return told
        time.sleep(0.05)
    raise TimeoutError(told)


def its_process(server: Server, simulation: str) -> int:
    """The process that plays this one, by what it was told to do."""
    folder = str(server.data.resolve() / "simulations" / "asked" / simulation)
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().decode().split("\0")
        except OSError:
            continue
        if "simulations.asked" in words and folder in words:
            return int(path.parent.name)
    raise AssertionError(f"nobody plays {simulation}")


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"
