"""The same guard behind the real server, which writes addresses into its log."""

import logging
import threading

import httpx
import pytest
import uvicorn
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from api.accounts.quiet_log import HideTokens, hide_tokens_in_logs


@pytest.fixture
def address(app):
    hide_tokens_in_logs()
    # The small service of this folder listens to a socket until its session ends; nobody waits for that here.
    settings = uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, timeout_graceful_shutdown=1)
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=server.run)
    thread.start()
    for _ in range(500):
        if server.started:
            break
        threading.Event().wait(0.01)
    yield f"127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)
    assert not thread.is_alive()  # it would keep the whole run of the tests from ending
    for name in ("uvicorn.access", "uvicorn.error"):
        logger = logging.getLogger(name)
        for known in [known for known in logger.filters if isinstance(known, HideTokens)]:
            logger.removeFilter(known)


def test_no_token_is_written_to_the_servers_log(address, caplog):
    caplog.set_level(logging.INFO)
    good = {"username": "lan", "password": "a good password"}
    token = httpx.post(f"http://{address}/api/v1/login", json=good).json()["token"]
    httpx.get(f"http://{address}/api/v1/me?token={token}")
    with connect(f"ws://{address}/api/v1/live?after=0&token={token}") as socket:
        assert socket.recv() == "lan"
    ours = "\n".join(line.getMessage() for line in caplog.records if line.name.startswith(("uvicorn", "api")))
    assert "/api/v1/live?after=0&token=***" in ours
    assert "/api/v1/me?token=***" in ours
    assert token not in ours


def test_a_browser_is_told_to_sign_in_and_a_foreign_page_gets_no_socket(address):
    with connect(f"ws://{address}/api/v1/live") as socket, pytest.raises(ConnectionClosed) as closed:
        socket.recv()
    assert closed.value.rcvd.code == 4401
    foreign = {"Cookie": "vigil_session=x", "Origin": "http://evil.test"}
    with (
        pytest.raises(InvalidStatus) as refused,
        connect(f"ws://{address}/api/v1/live", additional_headers=foreign),
    ):
        pass
    assert refused.value.response.status_code == 403
