"""What a look ahead wants is there before somebody asks, and whoever asks never meets a half-made ground."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from api import look_ahead, ready_to_look
from api.look_ahead import LookAheads
from api.ready_to_look import ReadyToLook
from tests.unit.simulations.forked_city import a_city, chequered


@dataclass
class Grid:
    times: Any = None


@pytest.fixture
def done(monkeypatch):
    from simulations.fork import cell_ground as room

    done, real = [], room.cell_ground

    def counted(*asked):
        done.append("ground")
        return real(*asked)

    monkeypatch.setattr(room, "cell_ground", counted)
    monkeypatch.setattr(look_ahead, "_load", lambda city: done.append("kernels"))
    monkeypatch.setattr(look_ahead, "posts_of", lambda centre: {})
    return done


@pytest.fixture
def centre(tmp_path):
    views = SimpleNamespace(position=1, rows=lambda name: [])
    looks = LookAheads()
    desk = SimpleNamespace(coverage=Grid())
    return SimpleNamespace(city=a_city(tmp_path, 3), desk=desk, views=views, look_aheads=looks)


def test_nothing_is_made_before_the_times_are_there_and_then_all_of_it_once(done, centre):
    centre.look_aheads.get_ready(centre)
    assert done == []
    centre.desk.coverage.times = chequered(3)
    for _ in range(3):
        centre.look_aheads.get_ready(centre)
    assert done == ["kernels", "ground"]


def test_the_ground_follows_the_roads_only_where_somebody_asks(done, centre, monkeypatch):
    looks, grid = centre.look_aheads, centre.desk.coverage
    grid.times = chequered(3)
    looks.get_ready(centre)
    grid.times = chequered(4)
    looks.get_ready(centre)
    assert done == ["kernels", "ground"]
    centre.row = lambda view, key: {"status": "waiting", "number": 7}
    monkeypatch.setattr(LookAheads, "_look", lambda *_: None)
    looks.ask(centre, uuid4(), 20, 1.0, "dispatcher")
    for _ in range(3):
        looks.get_ready(centre)
    assert done == ["kernels", "ground", "ground"]
    assert len(looks._ground[1].places) == 16


def test_a_fault_is_told_once_and_ends_it(caplog, monkeypatch):
    monkeypatch.setattr(ready_to_look, "REST_S", 0.001)
    tried: list[int] = []

    def fails(_):
        tried.append(1)
        raise RuntimeError("no cell has a way")

    it = ReadyToLook(SimpleNamespace(look_aheads=SimpleNamespace(get_ready=fails)))
    it.start()
    it._thread.join(10)
    it.stop()
    assert tried == [1]
    assert "are not made ready any more" in caplog.text


def test_it_ends_when_the_centre_does(monkeypatch):
    monkeypatch.setattr(ready_to_look, "REST_S", 0.001)
    it = ReadyToLook(SimpleNamespace(look_aheads=SimpleNamespace(get_ready=lambda _: None)))
    it.start()
    it.stop()
    assert not it._thread.is_alive()
