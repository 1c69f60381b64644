import pytest
from starlette.websockets import WebSocketDisconnect

HERE = {"Origin": "http://vigil.test"}
LIVE = "ws://vigil.test/api/v1/live"  # in full, so that the cookie goes along


@pytest.fixture
def browser(client):
    """A client that holds the cookie of a dispatcher."""
    client.post("/api/v1/login", json={"username": "lan", "password": "a good password"})
    return client


def test_a_role_not_named_is_refused_with_a_sentence(client, sign_in):
    answer = client.post("/api/v1/calls", headers=sign_in("plan"))
    assert answer.status_code == 403
    assert answer.json()["detail"] == "The role planner may not do this; it takes: dispatcher, supervisor."


def test_a_role_that_is_named_passes(client, sign_in):
    assert client.post("/api/v1/calls", headers=sign_in("lan")).json() == "lan"


@pytest.mark.parametrize(
    ("who", "hospital", "status"),
    [
        ("nurse", "cho-ray", 200),
        ("nurse", "nhan-dan-115", 403),
        ("lan", "nhan-dan-115", 200),
        ("plan", "cho-ray", 403),
    ],
)
def test_a_hospital_speaks_for_itself_alone(client, sign_in, who, hospital, status):
    assert client.put(f"/api/v1/hospitals/{hospital}/beds", headers=sign_in(who)).status_code == status


@pytest.mark.parametrize(
    ("who", "callsign", "status"),
    [("kip1", "C1", 200), ("kip1", "C2", 403), ("lan", "C2", 200), ("nurse", "C1", 403)],
)
def test_a_crew_speaks_for_its_own_unit_alone(client, sign_in, who, callsign, status):
    assert client.post(f"/api/v1/units/{callsign}/duty", headers=sign_in(who)).status_code == status


def test_our_own_page_may_write_by_cookie(browser):
    assert browser.post("/api/v1/calls", headers=HERE).status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.test", "http://vigil.test:3000", "null", "http://["])
def test_another_page_may_not_write_by_cookie(browser, origin):
    answer = browser.post("/api/v1/calls", headers={"Origin": origin}, json={})
    assert answer.status_code == 403
    assert "another web site" in answer.json()["detail"]


def test_a_plain_form_without_origin_may_not_write_by_cookie(browser):
    assert browser.post("/api/v1/calls", data={"a": "b"}).status_code == 403
    assert browser.post("/api/v1/calls").status_code == 403


def test_without_origin_json_or_our_header_is_enough(browser):
    assert browser.post("/api/v1/calls", json={}).status_code == 200
    assert browser.post("/api/v1/calls", headers={"X-Vigil": "1"}).status_code == 200


def test_another_page_cannot_sign_a_person_out(browser):
    assert browser.post("/api/v1/logout", headers={"Origin": "http://evil.test"}).status_code == 403
    assert browser.get("/api/v1/me").status_code == 200


def test_a_token_in_the_header_needs_no_origin(client, sign_in):
    assert client.post("/api/v1/calls", headers=sign_in() | {"Origin": "http://evil.test"}).status_code == 200


# --- sockets ---


def test_a_socket_opens_with_a_token_in_its_address(client, sign_in):
    token = sign_in("kip1")["Authorization"].removeprefix("Bearer ")
    with client.websocket_connect(f"/api/v1/live?token={token}") as socket:
        assert socket.receive_text() == "kip1"


def test_a_socket_opens_with_a_token_in_its_header(client, sign_in):
    with client.websocket_connect("/api/v1/live", headers=sign_in()) as socket:
        assert socket.receive_text() == "lan"


def test_a_socket_opens_with_the_cookie_from_our_page(browser):
    with browser.websocket_connect(LIVE, headers=HERE) as socket:
        assert socket.receive_text() == "lan"


@pytest.mark.parametrize("origin", [{}, {"Origin": "http://evil.test"}])
def test_a_socket_from_another_page_never_opens(browser, origin):
    with (
        pytest.raises(WebSocketDisconnect) as closed,
        browser.websocket_connect(LIVE, headers=origin),
    ):
        pass
    assert closed.value.code == 1008


@pytest.mark.parametrize("query", ["", "?token=", "?token=invented"])
def test_a_socket_of_nobody_is_closed_with_its_own_code(client, query):
    with (
        client.websocket_connect(f"/api/v1/live{query}") as socket,
        pytest.raises(WebSocketDisconnect) as closed,
    ):
        socket.receive_text()
    assert closed.value.code == 4401


def test_an_open_socket_learns_that_its_session_was_revoked(client, sign_in):
    headers = sign_in()
    with client.websocket_connect("/api/v1/live", headers=headers) as socket:
        socket.receive_text()
        client.post("/api/v1/logout", headers=headers)
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_text()
        assert closed.value.code == 4401
