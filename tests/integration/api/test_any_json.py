"""Any JSON at all, sent to each write: an answer or a refusal with a sentence, never a fault of ours."""

import json
import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desk_work import DeskWork, a_call, a_run, ago, point
from tests.small_city import where

HERE = point(where("T"))
ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**25), 10**25)
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "P1", "C1", "bac", "\x00"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)

WRITES = {
    "take a call": ("POST", "/calls", a_call(caller_name="Lan", address="Lê Lợi", at=ago(5))),
    "locate": ("PUT", "/calls/{call}/position", {"position": HERE, "address": "Lê Lợi"}),
    "triage": ("PUT", "/calls/{call}/triage", {"protocol": "general", "answers": {"conscious": "yes"}}),
    "join": ("POST", "/calls/{call}/join", {"incident_id": "{incident}"}),
    "close a call": ("POST", "/calls/{call}/close", {"reason": "wrong number"}),
    "open": ("POST", "/incidents", {"call_id": "{call}", "position": HERE, "priority": "P3", "patients": 1}),
    "prioritise": ("PUT", "/incidents/{incident}/priority", {"priority": "P2", "reason": "worse"}),
    "note": ("POST", "/incidents/{incident}/notes", {"text": "cửa sau"}),
    "close": ("POST", "/incidents/{other}/close", {"reason": "done"}),
    "send": (
        "POST",
        "/incidents/{incident}/runs",
        a_run("C99", hospital_id="bac", bed_kind="AdultICU", override_reason="near"),
    ),
    "report": ("POST", "/runs/{run}/milestones", {"milestone": "on_scene", "at": ago(1), "position": HERE}),
    "redirect": ("PUT", "/runs/{run}/destination", {"hospital_id": "nam", "bed_kind": None, "reason": "x"}),
    "correct": ("POST", "/runs/{run}/corrections", {"milestone": "assigned", "at": ago(1), "reason": "x"}),
    "duty": ("POST", "/units/M2/duty", {"status": "off_duty", "reason": "xăng", "at": ago(1)}),
    "pings": ("POST", "/pings", [{"callsign": "M2", "at": ago(1), **HERE, "speed_mps": 1.0}]),
    "beds": ("PUT", "/hospitals/dong/beds", {"beds": {"AdultICU": {"staffed": 4, "occupied": 1}}}),
    "divert": (
        "PUT",
        "/hospitals/dong/diversion",
        {"reason": "full", "services": ["trauma"], "until": "2199-01-01T00:00:00Z"},
    ),
    "traffic": (
        "PUT",
        "/traffic",
        {"closures": [{"stretch": {"points": [[10.75, 106.65]]}, "until": "2199-01-01T00:00:00Z"}]},
    ),
    "times": ("POST", "/travel-times", {"origins": [[10.75, 106.65]], "destinations": [[10.75, 106.65]]}),
    "units near": (
        "POST",
        "/near/units",
        {"within": {"coordinates": [[[[106.6, 10.7], [106.7, 10.7], [106.7, 10.8]]]]}, "most": 9},
    ),
    "incidents near": (
        "POST",
        "/near/incidents",
        {"along": [[10.75, 106.65], [10.76, 106.65]], "within_m": 50.0, "opened_from": ago(60), "most": 9},
    ),
    "login": ("POST", "/login", {"username": "nobody", "password": "x"}),
}


@st.composite
def spoiled(draw, body):
    """A good body in which one part, at any depth, was replaced by anything; or anything at all."""
    if draw(st.integers(0, 9)) == 0 or not isinstance(body, dict | list) or not body:
        return draw(ANY)
    copy = json.loads(json.dumps(body))
    place = draw(st.sampled_from(list(copy) if isinstance(copy, dict) else list(range(len(copy)))))
    copy[place] = draw(spoiled(copy[place]))
    return copy


@pytest.fixture(scope="module")
def things(server):
    """A call, two incidents and a run that the orders may speak of."""
    with server.client() as client:
        desk = DeskWork(client)
        incident, other = desk.incident(), desk.incident()
        run = desk.send(incident, "T6")
        yield {
            "{call}": desk.call()["id"],
            "{incident}": incident["id"],
            "{other}": other["id"],
            "{run}": run["run_id"],
        }
        desk.clear_the_board()


@pytest.mark.parametrize("name", WRITES)
def test_any_json_gets_an_answer_or_a_sentence(name, things, shared_client, server):
    method, path, good = WRITES[name]
    text = json.dumps(good)
    for word, meant in things.items():
        path, text = path.replace(word, meant), text.replace(word, meant)

    @settings(
        max_examples=25,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(spoiled(json.loads(text)))
    def send(body):
        headers = {"Content-Type": "application/json"}
        sent = json.dumps(body, allow_nan=True).encode("utf-8", "surrogatepass")
        answer = shared_client.request(method, path, content=sent, headers=headers)
        assert answer.status_code < 500, answer.text  # refusals are looked at by the client's hook

    send()
    ready = shared_client.get(f"{server.url}/readyz").json()
    assert ready["fault"] is None, "an order that was taken stopped the live views"
    assert not math.isnan(ready["position"])
