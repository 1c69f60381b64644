"""Trackers and phones at the running service: Traccar's OsmAnd protocol, and batches of our own clients."""

import json
import time
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.desk_work import now, point
from tests.server import ok, refused, vigil
from tests.small_city import where

HERE = point(where("A"))


@pytest.fixture(scope="module")
def token(server):
    """Of a tracker that speaks for M1, entered beside the running server."""
    return entered(server, "M1", "--name", "tracker-1")


def entered(server, *words):
    """The token of a new device, once the running server has learned of it."""
    done = vigil("device", "add", *words, "--data", server.data)
    assert done.returncode == 0, done.stderr
    (said,) = [line.strip() for line in done.stdout.splitlines() if line.startswith("  ")]
    until = time.monotonic() + 60
    with httpx.Client(base_url=server.url, trust_env=False) as line:
        while line.get("/osmand", params={"id": said}).status_code != 200:
            assert time.monotonic() < until, "the running server did not learn of the device"
            time.sleep(0.2)
    return said


@pytest.fixture
def tracker(server):
    with httpx.Client(base_url=server.url, trust_env=False) as line:
        yield line


def position(shared_client, callsign="M1"):
    rows = ok(shared_client.get("/units"))
    return next(row["position"] for row in rows if row["callsign"] == callsign)


def seconds_ago(number):
    return now() - timedelta(seconds=number)


def test_a_query_a_form_and_json_move_the_unit_of_the_device(tracker, token, shared_client):
    times = [seconds_ago(number) for number in (6, 4, 2)]
    fields = {"id": token, "lat": HERE["lat"], "lon": HERE["lon"], "speed": 10, "bearing": 45, "accuracy": 9}
    answers = [
        tracker.get("/osmand", params={**fields, "timestamp": int(times[0].timestamp())}),
        tracker.post("/osmand", data={**fields, "timestamp": int(times[1].timestamp() * 1000)}),
    ]
    assert [(each.status_code, each.text) for each in answers] == [(200, "latest")] * 2
    seen = position(shared_client)
    assert seen["speed_mps"] == pytest.approx(10 * 1852 / 3600)
    assert seen["heading_deg"] == 45
    coords = {"latitude": HERE["lat"], "longitude": HERE["lon"], "speed": 7.5, "heading": -1, "accuracy": 4}
    location = {"timestamp": times[2].isoformat(), "coords": coords}
    answer = tracker.post("/osmand", json={"device_id": token, "location": location})
    assert (answer.status_code, answer.text) == (200, "latest")
    seen = position(shared_client)
    assert (seen["speed_mps"], seen["heading_deg"]) == (7.5, None)
    assert datetime.fromisoformat(seen["at"]) == times[2]


def test_the_same_report_again_is_taken_off_the_phones_hands_and_changes_nothing(tracker, token):
    fields = {"id": token, **HERE, "timestamp": int(time.time())}
    assert tracker.get("/osmand", params=fields).status_code == 200
    assert tracker.get("/osmand", params=fields).text == "duplicate"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"lat": 0, "lon": 0}, "not a place"),
        ({"lat": "x"}, "no number"),
        ({"timestamp": "2020-01-01T00:00:00Z"}, "days ago"),
        ({"timestamp": "2199-01-01T00:00:00Z"}, "future"),
        ({"valid": "false"}, "not valid"),
    ],
)
def test_a_report_that_is_not_believed_is_not_sent_again(tracker, token, shared_client, change, words):
    before = position(shared_client)
    answer = tracker.get("/osmand", params={"id": token, **HERE, "timestamp": int(time.time()), **change})
    assert answer.status_code == 200
    assert words in answer.text
    after = position(shared_client)
    assert (before and before["at"]) == (after and after["at"])


def test_a_device_that_nobody_entered_is_refused(tracker, token, shared_client):
    before = position(shared_client)
    for device in ("M1", "tracker-1", token[:-1], "sha256:" + "0" * 64, "admin' --"):
        answer = tracker.get("/osmand", params={"id": device, **HERE})
        assert "Nobody knows this device" in refused(answer, 400)["detail"]
        assert device not in answer.text
    body = {"device_id": "M1", "location": {"timestamp": now().isoformat(), "coords": {"latitude": 1}}}
    refused(tracker.post("/osmand", json=body), 400)
    after = position(shared_client)
    assert (before and before["at"]) == (after and after["at"])


def test_a_request_without_a_device_is_refused_with_a_sentence(tracker):
    assert "which device" in refused(tracker.get("/osmand", params=HERE), 400)["detail"]
    broken = tracker.post("/osmand", content=b"{", headers={"content-type": "application/json"})
    assert "not JSON" in refused(broken, 400)["detail"]


def test_a_device_of_a_unit_that_is_not_here_is_told_so(server, tracker):
    answer = tracker.get("/osmand", params={"id": entered(server, "Z99"), **HERE})
    assert (answer.status_code, "no unit Z99" in answer.text) == (200, True)


def test_the_quick_way_and_the_careful_way_answer_alike(server):
    moment = (now() - timedelta(seconds=30)).replace(microsecond=0)
    batch = [
        {"callsign": "T1", "at": moment.isoformat(), **HERE, "speed_mps": 3, "more": [1]},
        {"callsign": "C99", "at": moment.isoformat(), **HERE},
        {"callsign": "T1", "at": "2020-01-01T00:00:00Z", **HERE},
        {"callsign": "T1", "at": moment.isoformat(), "lat": 91.0, "lon": 0.0},
        {"callsign": "T1", "at": "2199-12-31T00:00:00+07:00", **HERE},
    ]
    with server.client() as client:
        told = [
            ok(client.post("/pings", content=json.dumps(batch), headers={"content-type": kind}), 202)
            for kind in ("application/json", "application/vnd.vigil+json")
        ]
    quick, careful = told
    assert quick["outcomes"] == {"latest": 1, "future": 1}
    assert careful["outcomes"] == {"duplicate": 1, "future": 1}
    assert {**quick, "outcomes": 0} == {**careful, "outcomes": 0}
    assert [words.partition(":")[0] for words in quick["refused"]] == ["2", "3"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"{", "not JSON"),
        (b'{"callsign": "T1"}', "list"),
        (b'[{"callsign": "T1"}]', "missing"),
        (b'[{"callsign": "T1", "at": "2026-03-03T12:00:00", "lat": 1, "lon": 1}]', "zone"),
        (b'[{"callsign": "T1", "at": "1999-12-31T00:00:00Z", "lat": 1, "lon": 1}]', "2000"),
        (b'[{"callsign": "T1", "at": "2026-03-03T12:00:00Z", "lat": "1", "lon": 1}]', "number"),
        (b'[{"callsign": "T1", "at": "2026-03-03T12:00:00Z", "lat": 1, "lon": 1, "speed_mps": -1}]', "0"),
    ],
)
def test_a_batch_that_makes_no_sense_gets_its_sentence(shared_client, body, words):
    answer = shared_client.post("/pings", content=body, headers={"content-type": "application/json"})
    assert words in refused(answer, 422)["detail"]


def test_a_crew_speaks_for_its_own_unit_alone_on_both_ways(server):
    body = json.dumps([{"callsign": "C99", "at": now().isoformat(), **HERE}])
    with server.client("crew") as crew:
        for kind in ("application/json", "application/vnd.vigil+json"):
            refused(crew.post("/pings", content=body, headers={"content-type": kind}), 403)
    with server.client("hospital") as hospital:
        refused(hospital.post("/pings", content=body, headers={"content-type": "application/json"}), 403)
    with server.client(None) as nobody:
        refused(nobody.post("/pings", content=body, headers={"content-type": "application/json"}), 401)


def test_a_large_batch_takes_the_lane_and_is_told_like_a_small_one(server):
    start = datetime.now(UTC) - timedelta(seconds=2000)
    batch = [
        {"callsign": "T1", "at": (start + timedelta(seconds=i)).isoformat(), **HERE} for i in range(1500)
    ]
    with server.client() as client:
        told = ok(client.post("/pings", json=[*batch, *batch[-5:]]), 202)
        assert told["accepted"] == 1505
        assert told["outcomes"].pop("duplicate") >= 5
        too_many = ok(client.post("/pings", json=(batch * 4)[:5001]), 202)
    assert "at most 5000" in too_many["refused"][-1]


def test_the_command_line_lists_and_removes_devices(tmp_path):
    data = tmp_path / "data"
    told = vigil("device", "list", "--data", data)
    assert (told.returncode, told.stdout.strip(), data.exists()) == (0, f"No devices in {data} yet.", False)
    assert vigil("device", "remove", "T2", "--data", data).returncode == 1
    for words in (["T2"], ["C1", "--owntracks", "lan/phone"]):
        assert vigil("device", "add", *words, "--data", data).returncode == 0
    told = vigil("device", "list", "--data", data).stdout.splitlines()
    assert [line.split() for line in told] == [["C1", "C1", "owntracks/lan/phone"], ["T2", "T2", "token"]]
    assert vigil("device", "remove", "T2", "--data", data).returncode == 0
    again = vigil("device", "remove", "T2", "--data", data)
    assert (again.returncode, again.stderr.strip()) == (1, "There is no device T2.")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--mqtt", "mqtt://lan:secret@host"], "takes no password"),
        (["--mqtt", "http://host"], "HOST:PORT"),
        (["--mqtt", "host:many"], "HOST:PORT"),
        (["--kafka", "nowhere"], "HOST:PORT"),
    ],
)
def test_a_way_in_that_makes_no_sense_is_refused_before_anything_starts(tmp_path, words, sentence):
    done = vigil("up", "--data", tmp_path / "data", "--city", "letters", *words)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert not (tmp_path / "data").exists()
