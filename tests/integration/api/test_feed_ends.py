"""What a feed leaves behind when it ends: nothing. Looked at from inside the process."""

import asyncio
import threading
import time

import httpx
import pytest
import uvicorn

from api.main import create_app
from api.maps import open_map
from api.wiring import Settings, open_centre
from tests.feed_reader import listening
from tests.server import API, free_port, letter_town_ground, ok


@pytest.fixture
def app(tmp_path):
    ground = letter_town_ground()
    (tmp_path / "maps").symlink_to(ground.maps, target_is_directory=True)
    settings = Settings(tmp_path, demo=True)
    opened = open_map(ground.cities, tmp_path, ground.city, None, lambda _: None, lambda *_: None)
    return create_app(lambda: open_centre(settings, opened))


@pytest.fixture
def address(app):
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    yield f"127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=15)


async def tasks_of_feeds():
    return [str(task) for task in asyncio.all_tasks() if "routers/live.py" in str(task)]


def test_feeds_that_ended_leave_no_task_behind(address, app):
    """Or the service would ask for ever whether screens that left long ago are still signed in."""
    body = {"username": "planner", "password": "demo"}
    token = ok(httpx.post(f"http://{address}{API}/login", json=body, timeout=30, trust_env=False))["token"]
    loop = app.state.centre.feed._loop

    def left_over():
        return asyncio.run_coroutine_threadsafe(tasks_of_feeds(), loop).result(10)

    with listening(f"ws://{address}{API}/live?token={token}") as feed:
        feed.read()
        assert left_over(), "the test does not see the tasks of a feed"
    for _ in range(4):
        with listening(f"ws://{address}{API}/live?token={token}") as feed:
            feed.read()
    deadline = time.monotonic() + 5
    while told := left_over():
        assert time.monotonic() < deadline, f"tasks of ended feeds still run: {told}"
        time.sleep(0.05)
