"""Requests that no decoder can read: a sentence for who sent them, never a fault of ours."""

import asyncio
import json
from types import SimpleNamespace

import pytest
from fastapi import FastAPI

from api import errors
from api.accounts.roles import Account, Role
from api.routers import pings

DEEP = b"[" * 1000 + b"]" * 1000
KIND = (b"content-type", b"application/json")


@pytest.fixture
def app():
    made = FastAPI()
    errors.install(made)
    made.include_router(pings.trackers)
    made.state.centre = SimpleNamespace(telemetry=SimpleNamespace(devices=None))
    return made


def asked(app, body):
    """Status and detail of the answer."""
    said = []
    scope = {
        "type": "http", "http_version": "1.1", "method": "POST", "scheme": "http", "server": ("here", 80),
        "path": "/osmand", "raw_path": b"/osmand", "root_path": "", "query_string": b"",
        "headers": [KIND],
    }  # fmt: skip

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        said.append(message)

    asyncio.run(app(scope, receive, send))
    return said[0]["status"], json.loads(said[1]["body"])["detail"]


@pytest.mark.parametrize("body", [b'{"device_id":"\xff"}', b'{"device_id":' + DEEP + b"}"])
def test_a_tracker_whose_json_cannot_be_read_is_told_so(app, body):
    assert asked(app, body) == (400, "Not understood: it is not JSON of Traccar Client.")


@pytest.mark.parametrize("body", [b'[{"callsign":"\xff"}]', b'[{"callsign":"C1","more":' + DEEP + b"}]"])
def test_a_batch_that_cannot_be_read_is_left_to_the_careful_reader(body):
    lan = Account("lan", Role.DISPATCHER)
    assert pings._hear_plainly(body, lan, None) is None
