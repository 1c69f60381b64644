"""The whole service on PostgreSQL: an emergency, kills, restarts, a second starter, and the command line."""

import json
import signal
import time
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner

from api.cli.main import app
from api.postgres.address import as_url
from api.postgres.cluster import Cluster
from tests.desk_work import DeskWork, a_call
from tests.feed_reader import listening
from tests.integration.api.storm import facts_in
from tests.integration.api.test_kill import say_again, storm
from tests.postgres import cluster as session_cluster
from tests.server import Server, all_events, free_port, letter_town_ground, ok, refused, running_server, vigil


@pytest.fixture
def server(address, tmp_path):
    with running_server(letter_town_ground(), tmp_path / "data", address) as server:
        with server.client() as client:
            DeskWork(client).everybody_on_duty()
        yield server


def ask(address, question):
    with psycopg.connect(address.libpq, autocommit=True) as connection:
        cursor = connection.execute(question)
        return cursor.fetchall() if cursor.description else []


def one_emergency(client):
    desk = DeskWork(client)
    run = desk.send(desk.incident(), "C1", hospital_id="bac", bed_kind="EmergencyDepartment")
    milestones = ("accepted", "en_route", "on_scene", "transporting", "at_hospital", "handed_over", "clear")
    return desk.report(run, *milestones)


def test_an_emergency_from_call_to_clear_is_in_the_database_and_outlives_a_restart(server, address):
    with server.client() as client:
        end = one_emergency(client)["seq"]
        events = all_events(client)
        assert events[-1]["seq"] == end
        kept = ask(address, "SELECT count(*), max(notification_id) FROM vigil_log.dispatch_events")
        assert kept == [(len(events), end)]
        before = ok(client.get("/snapshot"))
        server.stop()
        assert not list(server.data.glob("*.sqlite"))
        server.start()
        after = ok(client.get("/snapshot"))
        for view in ("incidents", "calls", "runs"):
            assert after[view] == before[view]
        assert after["epoch"] == before["epoch"]
        assert DeskWork(client).incident()
    server.stop()
    checked = vigil("rebuild", "--check", "--json", "--data", server.data, "--db", as_url(address))
    assert checked.returncode == 0, checked.stdout + checked.stderr
    told = json.loads(checked.stdout)
    assert told["views"] == told["stored"]


@pytest.mark.timeout(600)
def test_no_promise_is_lost_or_kept_twice_when_the_process_is_killed(server):
    promised = []
    client = server.client()
    beds = {"EmergencyDepartment": {"staffed": 90_000, "occupied": 0}}
    ok(client.put("/hospitals/bac/beds", json={"beds": beds}))
    for pause_s in (0.3, 0.9, 0.5):
        ledger, _ = storm(server, pause_s)
        server.start()
        say_again(ledger, client)
        promised += ledger.promised
        DeskWork(client).clear_the_board()
    events = all_events(client)
    counts = facts_in(events)
    assert [fact for fact, count in counts.items() if count > 1] == [], "stored twice"
    assert [order.fact for order, _ in promised if counts[order.fact] != 1] == [], "promised, and lost"
    picture = ok(client.get("/snapshot"))
    assert all(row["run_id"] is None for row in picture["units"])
    client.close()


def test_a_hole_in_the_numbers_is_told_as_one_and_not_as_a_loss(server, address):
    with server.client() as client:
        desk = DeskWork(client)
        with listening(server.socket_url()) as feed:
            stood = feed.read()["seq"]
            desk.incident()
            left = ask(address, "SELECT nextval('vigil_log.dispatch_events_notification_id_seq')")[0][0]
            end = desk.report(desk.send(desk.incident(), "C1"), "accepted")["seq"]
            feed.until_rows(end)
        places = feed.seqs()
        assert left not in places
        assert places != list(range(places[0], end + 1)), "there is a hole"
        assert [frame["prev"] for frame in feed.of("event")] == [stood, *places[:-1]]
        paged = all_events(client, stood)
        assert [(row["prev"], row["seq"]) for row in paged] == list(
            zip([stood, *places], places, strict=False)
        )
        with listening(server.socket_url(after=stood)) as again:
            again.until_rows(end)
        assert [frame["prev"] for frame in again.of("event")] == [stood, *places[:-1]]


def test_while_the_database_is_away_orders_are_refused_with_a_sentence_and_screens_know(
    own_cluster, tmp_path
):
    with (
        running_server(letter_town_ground(), tmp_path / "data", own_cluster.address) as server,
        server.client() as client,
        listening(server.socket_url()) as feed,
    ):
        desk = DeskWork(client)
        desk.everybody_on_duty()
        own_cluster.stop()
        alarmed = feed.until(lambda frame: frame["type"] == "alarms" and frame["alarms"])
        assert [alarm["code"] for alarm in alarmed["alarms"]] == ["store"]
        for _ in range(2):
            began = time.monotonic()
            problem = refused(client.post("/calls", json=a_call()), 503)
            assert time.monotonic() - began < 6
            assert "nothing was stored" in problem["detail"]
        assert ok(client.get("/snapshot"))["units"], "what is known can still be read"
        own_cluster.start()
        feed.until(lambda frame: frame["type"] == "alarms" and not frame["alarms"])
        end = desk.report(desk.send(desk.incident(), "C1"), "accepted")["seq"]
        feed.until_rows(end)
        assert feed.seqs()[-1] == end


# --- starting -------------------------------------------------------------------------------------


def words_to_start(server: Server, *also: object) -> list[object]:
    ground = server.ground
    return [
        "up",
        "--city",
        ground.city,
        "--cities",
        ground.cities,
        "--no-demo-driver",
        "--port",
        free_port(),
        *also,
    ]


@pytest.mark.parametrize(
    ("db", "says"),
    [
        ("postgres", "wants sqlite, auto or postgresql"),
        ("mysql://an@host/vigil", "not mysql"),
        ("postgresql://an@host", "must name a database"),
        ("postgresql://an@127.0.0.1:1/vigil", "There is no answer from postgresql://an@127.0.0.1:1/vigil"),
    ],
)
def test_an_address_that_leads_nowhere_gets_one_sentence(tmp_path, db, says):
    ground = letter_town_ground()
    (tmp_path / "maps").symlink_to(ground.maps, target_is_directory=True)
    start = ("up", "--city", ground.city, "--cities", ground.cities, "--port", free_port())
    done = vigil(*start, "--data", tmp_path, "--db", db)
    told = [(done.returncode, done.stdout + done.stderr)]
    for order in (["rebuild"], ["user", "list"]):
        result = CliRunner().invoke(app, [*order, "--data", str(tmp_path), "--db", db])
        told.append((result.exit_code, result.output))
    for code, said in told:
        assert code == 2, said
        assert says in said
        assert len([line for line in said.splitlines() if line.strip()]) == 1, said


def test_a_second_vigil_on_the_same_database_is_refused(server, address, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "maps").symlink_to(server.ground.maps, target_is_directory=True)
    for order in (words_to_start(server), ["rebuild"]):
        done = vigil(*order, "--data", other, "--db", as_url(address))
        assert done.returncode == 2
        assert "Another Vigil already writes to postgresql://" in done.stderr
    assert ok(server.client().get("/snapshot"))["seq"]


def test_people_are_entered_beside_a_running_server(server, address):
    order = ("user", "add", "lan", "--role", "planner", "--password-stdin", "--data", server.data)
    assert "name that database with --db" in vigil(*order, typed="a good password\n").stderr
    added = vigil(*order, "--db", as_url(address), typed="a good password\n")
    assert added.returncode == 0, added.stderr
    body = {"username": "lan", "password": "a good password"}
    assert ok(server.client(None).post("/login", json=body))["token"]


@pytest.mark.timeout(400)
def test_a_private_server_comes_with_vigil_and_goes_with_it(tmp_path):
    session_cluster()  # skips where there can be none
    data = tmp_path / "data"
    with running_server(letter_town_ground(), data, also=("--db", "auto")) as server:
        with server.client() as client:
            DeskWork(client).everybody_on_duty()
            end = one_emergency(client)["seq"]
        listed = vigil("user", "list", "--data", data)
        assert "dispatcher" in listed.stdout, "beside the running one, and without being told where"
        for how in (signal.SIGTERM, signal.SIGKILL):  # Ctrl+C comes at the end
            server._signal(how)
            runs = postmaster(data)
            assert bool(runs) == (how == signal.SIGKILL), "stopped in order, or left behind by a kill"
            server.start()
            assert server.position() >= end  # each start leaves a receipt
        server.stop()
    checked = vigil("rebuild", "--check", "--data", data)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert postmaster(data) == 0


def postmaster(data: Path) -> int:
    """The process of the private server, 0 if it does not run."""
    return Cluster(data / "postgres")._living()
