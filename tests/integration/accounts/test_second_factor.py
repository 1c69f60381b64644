"""A code from the phone beside the password, for those whose role wants it."""

from datetime import timedelta

import pyotp
import pytest

from api.accounts.roles import Role
from api.accounts.sign_in_rules import SignInRules

PASSWORD = "a good password"


@pytest.fixture(autouse=True)
def _supervisors_need_one(store):
    store.rules = SignInRules(second_factor_for=frozenset({Role.SUPERVISOR, Role.ADMIN}))
    store.add("chi", "supervisor", PASSWORD)


def enter(client, name="chi", code=None, password=PASSWORD):
    client.cookies.clear()
    return client.post("/api/v1/login", json={"username": name, "password": password, "code": code})


def shown(secret, clock, ahead_s=0):
    return pyotp.TOTP(secret).at(clock.at + timedelta(seconds=ahead_s))


@pytest.fixture
def enrolled(client, clock):
    """The secret and the paper codes of a supervisor who has set up a phone."""
    secret = enter(client).json()["secret"]
    welcome = enter(client, code=shown(secret, clock))
    assert welcome.status_code == 200, welcome.text
    clock.pass_by(seconds=60)
    return secret, welcome.json()["paper_codes"]


def test_a_supervisor_without_a_phone_is_told_how_to_set_one_up(client):
    told = enter(client)
    assert told.status_code == 401
    assert told.json()["uri"].startswith("otpauth://totp/Vigil:chi?secret=" + told.json()["secret"])
    assert told.json()["picture"].startswith("data:image/svg+xml")
    assert "set-cookie" not in told.headers
    assert enter(client).json()["secret"] == told.json()["secret"]  # the picture may be shown twice


def test_nobody_learns_the_secret_without_the_password(client):
    told = enter(client, password="something else")
    assert told.status_code == 401
    assert "secret" not in told.json()


def test_the_first_code_opens_the_door_and_tells_the_codes_for_paper_once(client, enrolled, clock):
    secret, codes = enrolled
    assert len(set(codes)) == 10
    again = enter(client, code=shown(secret, clock))
    assert again.status_code == 200
    assert again.json()["paper_codes"] is None
    assert again.json()["second_factor"] is True


def test_the_password_alone_does_not_open_the_door_any_more(client, enrolled):
    told = enter(client)
    assert told.status_code == 401
    assert told.json()["detail"] == "Please type the code that your phone shows."
    assert "secret" not in told.json()


def test_a_code_counts_once(client, enrolled, clock):
    secret, _ = enrolled
    code = shown(secret, clock)
    assert enter(client, code=code).status_code == 200
    assert enter(client, code=code).status_code == 401
    before = shown(secret, clock, -30)  # an older one does not count after a newer one either
    assert enter(client, code=before).status_code == 401


@pytest.mark.parametrize(("ahead_s", "status"), [(-30, 200), (30, 200), (-90, 401), (90, 401)])
def test_a_phone_may_be_half_a_minute_off_and_no_more(client, enrolled, clock, ahead_s, status):
    secret, _ = enrolled
    clock.pass_by(minutes=5)
    assert enter(client, code=shown(secret, clock, ahead_s)).status_code == status


def test_a_code_on_paper_opens_the_door_once(client, enrolled):
    _, codes = enrolled
    assert enter(client, code=codes[3].upper().replace("-", " ")).status_code == 200
    assert enter(client, code=codes[3]).status_code == 401
    assert enter(client, code=codes[4]).status_code == 200


def test_codes_on_paper_are_kept_as_hashes(enrolled, store, tmp_path):
    _, codes = enrolled
    kept = (tmp_path / "data" / "accounts.sqlite").read_bytes()
    kept += (tmp_path / "data" / "accounts.sqlite-wal").read_bytes()
    assert not any(code.encode() in kept or code.replace("-", "").encode() in kept for code in codes)


def test_who_tries_codes_must_wait_wherever_it_is_tried_from(client, enrolled, store, clock):
    secret, _ = enrolled
    for _ in range(5):
        assert enter(client, code="000000").status_code == 401
    shut = enter(client, code=shown(secret, clock))
    assert shut.status_code == 429
    clock.pass_by(minutes=6)
    assert enter(client, code=shown(secret, clock)).status_code == 200


def test_a_dispatcher_is_not_asked_but_may_choose_to_be(client, clock):
    assert enter(client, "lan").status_code == 200
    secret = client.post("/api/v1/me/second-factor", json={"password": PASSWORD}).json()["secret"]
    assert enter(client, "lan").status_code == 200  # begun is not done
    wrong = client.post("/api/v1/me/second-factor/confirm", json={"code": "000000"})
    assert wrong.status_code == 401
    done = client.post("/api/v1/me/second-factor/confirm", json={"code": shown(secret, clock)})
    assert len(done.json()["paper_codes"]) == 10
    assert client.post("/api/v1/me/second-factor", json={"password": PASSWORD}).status_code == 409
    clock.pass_by(minutes=1)
    assert enter(client, "lan").status_code == 401
    assert enter(client, "lan", code=shown(secret, clock)).status_code == 200


def test_a_session_without_its_password_sets_up_no_code_and_locks_nobody_out(client):
    """A screen that was left open, or a token that was stolen."""
    assert enter(client, "lan").status_code == 200
    for told in ({}, {"password": ""}, {"password": "a guess"}):
        answer = client.post("/api/v1/me/second-factor", json=told)
        assert answer.status_code in (403, 422)
        assert "secret" not in answer.json()
    for _ in range(4):
        client.post("/api/v1/me/second-factor", json={"password": "a guess"})
    shut = client.post("/api/v1/me/second-factor", json={"password": PASSWORD})
    assert shut.status_code == 429  # it is no way round the throttle either
    assert client.get("/api/v1/me").status_code == 200


def test_a_lost_phone_is_forgotten_and_its_sessions_end(client, enrolled, store, clock):
    secret, codes = enrolled
    assert enter(client, code=shown(secret, clock)).status_code == 200
    store.reset_second_factor("chi")
    assert client.get("/api/v1/me").status_code == 401
    assert enter(client, code=codes[0]).status_code == 401
    assert enter(client).json()["secret"] != secret


def test_who_is_struck_out_leaves_no_secret_behind(client, enrolled, store):
    store.remove("chi")
    store.add("chi", "supervisor", PASSWORD)
    assert enter(client).json()["secret"] != enrolled[0]


def test_of_two_who_come_with_one_code_one_is_let_in(enrolled, store, clock):
    secret, _ = enrolled
    code = shown(secret, clock)
    assert [store.second_factors.spend("chi", code) for _ in range(2)] == [True, False]
