from datetime import timedelta

from api.accounts.store import AccountStore

ME = "/api/v1/me"


def test_me_tells_who_holds_the_token(client, sign_in):
    told = client.get(ME, headers=sign_in("nurse")).json()
    who = {name: told[name] for name in ("username", "role", "hospital_id", "callsign")}
    assert who == {"username": "nurse", "role": "hospital", "hospital_id": "cho-ray", "callsign": None}
    assert told["second_factor"] is False


def test_a_session_ends_a_day_after_the_sign_in_however_much_it_is_used(client, sign_in, clock):
    token = sign_in()
    ends_at = client.get(ME, headers=token).json()["session_ends_at"]
    assert ends_at == (clock.at + timedelta(hours=24)).isoformat().replace("+00:00", "Z")
    for _ in range(47):
        clock.pass_by(minutes=30)
        assert client.get(ME, headers=token).status_code == 200
    assert client.get(ME, headers=token).json()["session_ends_at"] == ends_at
    clock.pass_by(minutes=30)
    assert client.get(ME, headers=token).status_code == 401


def test_to_sign_in_again_at_the_same_page_ends_the_session_before(client, clock):
    good = {"username": "lan", "password": "a good password"}
    client.post("/api/v1/login", json=good)
    before = client.cookies["vigil_session"]
    client.post("/api/v1/login", json=good)
    assert client.get(ME).status_code == 200
    assert client.get(ME, headers={"Authorization": f"Bearer {before}"}).status_code == 401


def test_without_a_token_one_is_asked_to_sign_in(client):
    answer = client.get(ME, headers={"Accept-Language": "vi"})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["detail"] == "Vui lòng đăng nhập."


def test_an_invented_token_is_refused_even_beside_a_good_cookie(client):
    client.post("/api/v1/login", json={"username": "lan", "password": "a good password"})
    assert client.get(ME).status_code == 200
    assert client.get(ME, headers={"Authorization": "Bearer invented"}).status_code == 401


def test_a_session_ends_twelve_hours_after_its_last_use(client, sign_in, clock):
    token = sign_in()
    clock.pass_by(hours=11, minutes=59)
    assert client.get(ME, headers=token).status_code == 200
    clock.pass_by(hours=11, minutes=59)
    assert client.get(ME, headers=token).status_code == 200
    clock.pass_by(hours=12)
    answer = client.get(ME, headers=token)
    assert answer.status_code == 401
    assert "over" in answer.json()["detail"]


def test_logout_kills_the_token_and_is_safe_to_repeat(client, sign_in):
    token, other = sign_in(), sign_in()
    assert client.post("/api/v1/logout", headers=token).status_code == 204
    assert client.get(ME, headers=token).status_code == 401
    assert client.post("/api/v1/logout", headers=token).status_code == 204
    assert client.post("/api/v1/logout").status_code == 204
    assert client.get(ME, headers=other).status_code == 200


def test_logout_takes_the_cookie_back(client):
    client.post("/api/v1/login", json={"username": "lan", "password": "a good password"})
    kept = client.cookies["vigil_session"]
    answer = client.post("/api/v1/logout", headers={"Origin": "http://vigil.test"})
    assert answer.status_code == 204
    assert "vigil_session" not in client.cookies
    client.cookies.set("vigil_session", kept)
    assert client.get(ME).status_code == 401


def test_a_session_outlives_a_restart(client, sign_in, tmp_path, clock, cheap):
    token = sign_in()["Authorization"].removeprefix("Bearer ")
    again = AccountStore(tmp_path / "data" / "accounts.sqlite", now=clock, passwords=cheap)
    assert again.account_of(token).username == "lan"
    again.close()


def test_a_new_password_ends_the_sessions_of_that_account_alone(client, sign_in, store):
    lan, nurse = sign_in(), sign_in("nurse")
    store.set_password("lan", "another password")
    assert client.get(ME, headers=lan).status_code == 401
    assert client.get(ME, headers=nurse).status_code == 200
    sign_in("lan", "another password")


def test_a_removed_account_is_out_at_once_and_a_namesake_inherits_nothing(client, sign_in, store):
    token = sign_in()
    store.remove("lan")
    assert client.get(ME, headers=token).status_code == 401
    store.add("lan", "admin", "a good password")
    assert client.get(ME, headers=token).status_code == 401


def test_a_password_changed_during_a_sign_in_opens_no_session(store):
    lan = next(account for account in store.all() if account.username == "lan")
    old_hash = store._row("lan").password_hash
    store.set_password("lan", "another password")
    assert store.sessions.open(lan, old_hash) is None


def test_reading_does_not_write_each_time(client, sign_in, clock, store, monkeypatch):
    token, slides = sign_in(), []
    slide = store.sessions._slide
    monkeypatch.setattr(store.sessions, "_slide", lambda *args: slides.append(args) or slide(*args))
    for _ in range(20):
        clock.pass_by(seconds=30)
        client.get(ME, headers=token)
    assert len(slides) == 1


def test_a_locked_file_does_not_sign_anybody_out(client, sign_in, clock, store, monkeypatch, caplog):
    from sqlalchemy.exc import OperationalError

    token = sign_in()
    clock.pass_by(hours=1)

    class Full:
        def begin(self):
            raise OperationalError("update", {}, Exception("disk full"))

        connect = store._engine.connect

    monkeypatch.setattr(store.sessions, "_engine", Full())
    assert client.get(ME, headers=token).status_code == 200
    assert "disk full" in caplog.text
