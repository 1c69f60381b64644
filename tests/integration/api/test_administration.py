"""The administrator's rooms: people, their sessions, devices, and the record of all that was done to them."""

from contextlib import contextmanager
from uuid import uuid4

import httpx
import pytest

from tests.server import ok, refused
from tests.small_city import where

PASSWORD = "a good password"


@pytest.fixture(scope="module")
def admin(server):
    with server.client("admin") as client:
        yield client


@pytest.fixture
def person(admin):
    """A dispatcher of the test's own, struck out afterwards."""
    name = f"lan-{uuid4().hex[:8]}"
    ok(admin.post("/accounts", json={"username": name, "role": "dispatcher", "password": PASSWORD}), 201)
    yield name
    admin.delete(f"/accounts/{name}")


@pytest.fixture
def enter(server):
    @contextmanager
    def enter(name: str, password: str = PASSWORD):
        with server.client(None) as client:
            answer = client.post("/login", json={"username": name, "password": password})
            if answer.status_code == 200:
                client.headers["Authorization"] = f"Bearer {answer.json()['token']}"
                client.cookies.clear()
            yield client, answer

    return enter


def row_of(admin: httpx.Client, name: str) -> dict | None:
    return next((row for row in ok(admin.get("/accounts")) if row["username"] == name), None)


def newest(admin: httpx.Client) -> tuple[str, str, str, str]:
    act = ok(admin.get("/account-acts"))[0]
    return act["by"], act["act"], act["about"], act["detail"]


def test_somebody_who_was_added_signs_in_and_it_is_noted_who_added_them(admin, person, enter):
    assert newest(admin) == ("admin", "added", person, "dispatcher")
    with enter(person) as (client, _):
        assert ok(client.get("/me"))["role"] == "dispatcher"
        assert row_of(admin, person)["sessions"] == 1


def test_added_twice_because_the_answer_was_lost_it_is_one_account(admin, person):
    body = {"username": person, "role": "dispatcher", "password": PASSWORD}
    before = len(ok(admin.get("/account-acts")))
    ok(admin.post("/accounts", json=body), 201)
    assert len(ok(admin.get("/account-acts"))) == before
    refused(admin.post("/accounts", json={**body, "password": "another password"}), 409)
    refused(admin.post("/accounts", json={**body, "role": "planner"}), 409)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"role": "hospital", "hospital_id": "moon"}, 404),
        ({"role": "hospital"}, 422),
        ({"role": "crew", "callsign": "Z99"}, 404),
        ({"role": "planner", "callsign": "C1"}, 422),
        ({"role": "king"}, 422),
        ({"password": "short"}, 422),
        ({"username": "Lân"}, 422),
        ({"username": "x" * 65}, 422),
        ({"password": "p" * 513}, 422),
    ],
)
def test_an_account_that_makes_no_sense_is_refused_and_nothing_is_noted(admin, body, status):
    sound = {"username": "somebody-else", "role": "planner", "password": PASSWORD}
    before = ok(admin.get("/account-acts"))
    told = refused(admin.post("/accounts", json={**sound, **body}), status)
    assert PASSWORD not in str(told)
    assert row_of(admin, "somebody-else") is None
    assert ok(admin.get("/account-acts")) == before


def test_another_role_ends_the_sessions_that_were_opened_in_the_old_one(admin, person, enter):
    with enter(person) as (client, _):
        changed = ok(admin.put(f"/accounts/{person}/role", json={"role": "crew", "callsign": "c1"}))
        assert (changed["role"], changed["callsign"]) == ("crew", "C1")
        assert newest(admin) == ("admin", "role_changed", person, "crew C1")
        refused(client.get("/me"), 401)
    with enter(person) as (client, _):
        assert ok(client.get("/me"))["callsign"] == "C1"


def test_a_new_password_opens_the_door_and_the_old_one_does_not(admin, person, enter):
    with enter(person) as (client, _):
        ok(admin.put(f"/accounts/{person}/password", json={"password": "another password"}))
        refused(client.get("/me"), 401)
    assert newest(admin)[1:3] == ("password_given", person)
    with enter(person) as (_, answer):
        refused(answer, 401)
    with enter(person, "another password") as (_, answer):
        ok(answer)


def test_whoever_is_stopped_is_out_at_once_and_told_so_only_with_the_right_password(admin, person, enter):
    with enter(person) as (client, _):
        row = ok(admin.put(f"/accounts/{person}/stopped", json={"stopped": True}))
        assert row["stopped_at"] is not None
        assert row["sessions"] == 0
        refused(client.get("/me"), 401)
    with enter(person) as (_, answer):
        assert refused(answer, 403)["type"] == "urn:vigil:AccountStopped"
    with enter(person, "a wrong password") as (_, answer):
        refused(answer, 401)
    ok(admin.put(f"/accounts/{person}/stopped", json={"stopped": True}))  # twice is once
    acts = [act["act"] for act in ok(admin.get("/account-acts")) if act["about"] == person]
    assert acts == ["stopped", "added"]
    assert ok(admin.put(f"/accounts/{person}/stopped", json={"stopped": False}))["stopped_at"] is None
    with enter(person) as (_, answer):
        ok(answer)


def test_one_session_is_ended_and_the_others_go_on(admin, person, enter):
    with enter(person) as (first, _), enter(person) as (second, _):
        mine = [row for row in ok(admin.get("/sessions")) if row["username"] == person]
        assert len(mine) == 2
        assert not any(row["own"] for row in mine)
        ok(admin.delete(f"/sessions/{mine[1]['id']}"), 204)  # the newest stands first
        refused(first.get("/me"), 401)
        ok(second.get("/me"))
        refused(admin.delete(f"/sessions/{mine[1]['id']}"), 404)
        assert newest(admin)[1:3] == ("session_ended", person)
        assert ok(admin.delete(f"/accounts/{person}/sessions"))["sessions"] == 0
        refused(second.get("/me"), 401)


@pytest.mark.parametrize("session_id", ["%25", "_" * 16, "0", "a" * 64])
def test_a_made_up_session_ends_nobodys(admin, session_id):
    before = len(ok(admin.get("/sessions")))
    refused(admin.delete(f"/sessions/{session_id}"), 404)
    assert len(ok(admin.get("/sessions"))) == before


def test_nobody_locks_themselves_out(admin):
    for answer in (
        admin.delete("/accounts/admin"),
        admin.delete("/accounts/%20ADMIN"),
        admin.put("/accounts/admin/stopped", json={"stopped": True}),
        admin.put("/accounts/admin/role", json={"role": "planner"}),
    ):
        refused(answer, 409)
    assert ok(admin.get("/me"))["role"] == "admin"


def test_a_code_is_reset_and_where_there_is_none_it_is_said(admin, person, enter):
    refused(admin.delete(f"/accounts/{person}/second-factor"), 404)
    refused(admin.delete("/accounts/nobody/second-factor"), 404)
    with enter(person) as (client, _):
        import pyotp

        secret = ok(client.post("/me/second-factor", json={"password": PASSWORD}))["secret"]
        ok(client.post("/me/second-factor/confirm", json={"code": pyotp.TOTP(secret).now()}))
        row = row_of(admin, person)
        assert (row["second_factor"], row["paper_codes"]) == (True, 10)
        assert ok(admin.delete(f"/accounts/{person}/second-factor"))["second_factor"] is False
        refused(client.get("/me"), 401)


def test_somebody_struck_out_is_gone_and_the_record_stays(admin, person, enter):
    ok(admin.delete(f"/accounts/{person}"), 204)
    assert row_of(admin, person) is None
    refused(admin.delete(f"/accounts/{person}"), 404)
    with enter(person) as (_, answer):
        refused(answer, 401)
    assert newest(admin) == ("admin", "removed", person, "")


def test_a_device_is_heard_from_the_moment_it_is_entered_until_it_is_removed(admin, server):
    made = ok(admin.post("/devices", json={"callsign": "C1", "name": "tracker-7"}), 201)
    assert newest(admin) == ("admin", "device_added", "tracker-7", "C1")
    here = where("A")
    with httpx.Client(base_url=server.url, trust_env=False) as tracker:
        fix = {"id": made["token"], "lat": here.lat, "lon": here.lon}
        assert tracker.post(made["path"], params=fix).status_code == 200
        assert made["token"] not in str(ok(admin.get("/devices")))
        ok(admin.delete("/devices/tracker-7"), 204)
        assert tracker.post(made["path"], params=fix).status_code == 400  # as such phones expect
    refused(admin.delete("/devices/tracker-7"), 404)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"callsign": "Z99", "name": "x"}, 404),
        ({"callsign": "C1", "name": "two words"}, 422),
        ({"callsign": "C1", "name": "x", "topic": "no-slash"}, 422),
    ],
)
def test_a_device_that_makes_no_sense_is_refused_in_both_languages(admin, server, body, status):
    before = ok(admin.get("/devices"))
    told = refused(admin.post("/devices", json=body), status)["detail"]
    with server.client("admin", language="vi") as vietnamese:
        assert refused(vietnamese.post("/devices", json=body), status)["detail"] != told
    assert ok(admin.get("/devices")) == before


def test_the_rules_of_the_door_are_told_without_a_secret(admin):
    told = ok(admin.get("/sign-in-rules"))
    assert told == {"longest_h": 24.0, "idle_h": 12.0, "code_for": [], "oidc": None}


def test_the_record_is_told_in_pages(admin, person):
    acts = ok(admin.get("/account-acts"))
    older = ok(admin.get("/account-acts", params={"before": acts[0]["number"]}))
    assert older[:3] == acts[1:4]
