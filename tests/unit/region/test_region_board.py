"""The region hears anything: what cannot be read is counted, and never stands in the way of the rest."""

import asyncio
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from fastapi.testclient import TestClient

from api.region.board import Board
from api.region.server import region_app
from api.region.tail import Tail
from api.streams.broker_settings import BrokerSettings
from projections.streams.effects import Alert, FleetRow, RegionRow

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
NOWHERE = BrokerSettings("127.0.0.1:1")


def an_alert(**facts):
    said = {"id": "one", "kind": "surge", "level": "red", "centre": "hcmc", "subject": "hcmc", "since": NOW}
    return msgspec.json.encode(Alert(**{**said, **facts}))


def a_region(at):
    return msgspec.json.encode(
        RegionRow(id="region", at=at, centres={}, units={"AV": 2}, beds_free={}, calls=3)
    )


def a_unit(at, status="AV"):
    row = dict.fromkeys(FleetRow.__struct_fields__)
    row |= {"id": "hcmc/A1", "centre": "hcmc", "callsign": "A1", "status": status, "duty": "on"}
    return msgspec.json.encode(FleetRow(**{**row, "stale": False, "edition": 1, "at": at}))


@pytest.mark.parametrize(
    "value",
    [
        b"no JSON",
        b'{"type":"Nobody"}',
        b'{"type":"\xff"}',
        b'{"type":"Alert","id":' + b"[" * 5000,
        an_alert(since=NOW.replace(tzinfo=None)),
        a_region(NOW.replace(tzinfo=None)),
        a_unit(NOW.replace(tzinfo=None)),
    ],
    ids=["no JSON", "no type", "no UTF-8", "deep", "an alert of no zone", "a region of no zone", "a unit"],
)
def test_what_cannot_be_read_is_counted_and_the_rest_is_heard(value):
    board = Board()
    for each in (value, an_alert(), a_region(NOW), a_unit(NOW), value):
        board.hear(each)
    assert board.unread == 2
    page = board.page(NOW + timedelta(seconds=1))
    assert (len(page["alerts"]), page["calls"], len(page["fleet"])) == (1, 3, 1)


def test_a_record_that_fails_for_a_fault_of_ours_is_logged_and_counted(monkeypatch, caplog):
    board = Board()
    tail = Tail(NOWHERE, board)
    monkeypatch.setattr(Board, "_note", lambda self, alert: 1 / 0)
    tail.hear("alerts", b"hcmc", an_alert())
    tail.hear("figures", b"region", a_region(NOW))
    assert board.unread == 1
    assert board.page(NOW)["calls"] == 3
    assert "ZeroDivisionError" in caplog.text


def test_a_life_that_ends_with_a_fault_of_ours_is_followed_by_another(monkeypatch, caplog):
    monkeypatch.setattr("api.region.tail.FIRST_PAUSE_S", 0.001)
    tail = Tail(NOWHERE, Board())
    lives = []

    async def live():
        lives.append(1)
        tail.linked = True
        if len(lives) == 3:
            raise asyncio.CancelledError
        raise KeyError("topic")

    monkeypatch.setattr(tail, "_live", live)
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(tail.run())
    assert len(lives) == 3
    assert "KeyError" in caplog.text
    assert not tail.linked, "who reads no more is not linked"


def test_it_is_not_ready_when_nobody_reads_any_more(monkeypatch):
    async def run(tail):
        tail.caught_up = tail.linked = True
        raise MemoryError

    monkeypatch.setattr(Tail, "run", run)
    with TestClient(region_app(NOWHERE)) as client:
        until(lambda: client.get("/readyz").status_code == 503)
        assert "has ended" in client.get("/readyz").json()["detail"]
        assert client.get("/healthz").json()["ok"] is False


def until(true):
    for _ in range(500):
        if true():
            return
    raise AssertionError("it never came to that")
