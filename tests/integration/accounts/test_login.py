import logging
import sqlite3
import stat
from datetime import datetime, timedelta

import pytest

GOOD = {"username": "lan", "password": "a good password"}


def login(client, **changes):
    return client.post("/api/v1/login", json=GOOD | changes)


def test_the_right_password_answers_who_one_is_and_a_token(client, clock):
    answer = login(client)
    assert answer.status_code == 200
    body = answer.json()
    assert len(body.pop("token")) >= 43
    assert datetime.fromisoformat(body.pop("expires_at")) == clock.at + timedelta(hours=12)
    assert datetime.fromisoformat(body.pop("session_ends_at")) == clock.at + timedelta(hours=24)
    assert (body.pop("second_factor"), body.pop("vouched_for"), body.pop("paper_codes")) == (
        False,
        False,
        None,
    )
    assert body == {"username": "lan", "role": "dispatcher", "hospital_id": None, "callsign": None}
    assert answer.headers["cache-control"] == "no-store"


def test_a_name_with_a_capital_is_the_same_name(client):
    assert login(client, username=" Lan").status_code == 200


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(client):
    cookie = login(client).headers["set-cookie"]
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert cookie.startswith("vigil_session=")
    assert {"httponly", "samesite=strict", "path=/"} <= parts
    assert "secure" not in parts


def test_over_tls_the_cookie_stays_on_tls(app):
    from fastapi.testclient import TestClient

    with TestClient(app, base_url="https://vigil.test") as client:
        assert "; secure" in login(client).headers["set-cookie"].lower()


def test_a_wrong_password_and_an_unknown_name_sound_alike(client):
    wrong, unknown = login(client, password="something else"), login(client, username="nobody")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.headers["content-type"] == "application/problem+json"
    assert wrong.json() == unknown.json()
    assert "set-cookie" not in wrong.headers


def test_an_unknown_name_is_hashed_like_a_known_one(client, store, monkeypatch):
    hashed, match = [], store.passwords.match
    monkeypatch.setattr(
        store.passwords, "match", lambda kept, typed: hashed.append(kept) or match(kept, typed)
    )
    login(client, username="nobody")
    login(client, password="something else")
    assert len(hashed) == 2
    assert hashed[0] is None


def test_the_refusal_speaks_vietnamese_to_who_prefers_it(client):
    answer = client.post(
        "/api/v1/login", json=GOOD | {"password": "sai rồi"}, headers={"Accept-Language": "vi-VN"}
    )
    assert answer.json()["detail"] == "Tên đăng nhập hoặc mật khẩu không đúng."


def test_after_five_wrong_passwords_even_the_right_one_must_wait(client, clock):
    for _ in range(5):
        assert login(client, password="wrong wrong").status_code == 401
    shut = login(client)
    assert shut.status_code == 429
    assert shut.headers["retry-after"] == "2"
    clock.pass_by(seconds=2)
    assert login(client).status_code == 200


def test_a_right_password_wipes_out_the_wrong_ones_before_it(client):
    for _ in range(3):
        assert [login(client, password="wrong wrong").status_code for _ in range(4)] == [401] * 4
        assert login(client).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        "",
        "nonsense",
        "[]",
        "{}",
        '{"username": "lan"}',
        '{"username": 7, "password": "x"}',
        '{"username":"lan","password":""}',
    ],
)
def test_a_body_that_is_no_login_gets_a_sentence_and_is_not_quoted(client, body):
    answer = client.post("/api/v1/login", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert "username" in answer.json()["detail"]
    assert "lan" not in answer.text


def test_a_large_body_is_refused_unread(client):
    answer = login(client, password="x" * 5000)
    assert answer.status_code == 413


def test_another_page_cannot_sign_a_person_in(client):
    answer = client.post("/api/v1/login", json=GOOD, headers={"Origin": "http://evil.test"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_too_many_at_once_are_asked_to_come_back(client, store):
    store.desk._free = 0
    answer = login(client)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "2"
    store.desk._free = 1
    assert login(client).status_code == 200


def test_neither_token_nor_password_reaches_the_file_or_the_log(client, store, caplog, tmp_path):
    caplog.set_level(logging.DEBUG)
    token = login(client).json()["token"]
    login(client, username="my secret passphrase", password="another secret")
    client.post("/api/v1/logout")
    stored = b"".join(file.read_bytes() for file in (tmp_path / "data").iterdir())
    for secret in (token, "a good password", "my secret passphrase", "another secret"):
        assert secret.encode() not in stored
        assert secret not in caplog.text
    assert "lan signed in" in caplog.text


def test_the_file_is_for_its_owner_alone(store, tmp_path):
    for file in (tmp_path / "data").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name


def test_only_the_digest_of_a_token_is_kept(client, tmp_path):
    login(client)
    with sqlite3.connect(tmp_path / "data" / "accounts.sqlite") as file:
        rows = file.execute("select token_sha256 from sessions").fetchall()
    assert len(rows) == 1
    assert len(rows[0][0]) == 64


def test_the_interface_description_shows_the_login_body(client):
    shape = client.get("/openapi.json").json()["paths"]["/api/v1/login"]["post"]["requestBody"]
    assert set(shape["content"]["application/json"]["schema"]["required"]) == {"username", "password"}
