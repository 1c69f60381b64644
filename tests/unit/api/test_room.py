"""Rooms of the API: a path is looked for where it can be, and found where it was."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.room import PREFIX, Room


@pytest.fixture
def client():
    units, runs = Room(prefix="/units"), Room()

    @units.get("")
    async def every_unit() -> str:
        return "units"

    @units.get("/{callsign}")
    async def one_unit(callsign: str) -> str:
        return callsign

    @runs.get("/runs")
    async def every_run() -> str:
        return "runs"

    @runs.post("/units/{callsign}/runs")
    async def send(callsign: str) -> str:
        return f"sent {callsign}"

    app = FastAPI()
    for room in (units, runs):
        app.include_router(room, prefix=PREFIX)
    return TestClient(app)


@pytest.mark.parametrize(("path", "found"), [("/units", "units"), ("/units/C1", "C1"), ("/runs", "runs")])
def test_every_path_is_found(client, path, found):
    assert client.get(PREFIX + path).json() == found


def test_two_rooms_may_begin_with_the_same_word(client):
    assert client.post(f"{PREFIX}/units/C1/runs").json() == "sent C1"


@pytest.mark.parametrize("path", ["/api/v1/nowhere", "/api/v1/unitsandmore", "/api/v1", "/units", "/"])
def test_what_is_nowhere_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_the_wrong_verb_is_told_from_the_wrong_path(client):
    assert client.delete(f"{PREFIX}/units/C1").status_code == 405
