"""Grounds kept beside their map: read again, never more than some, and no matter where none can be kept."""

import os
from types import SimpleNamespace

import pytest

from simulations.scenario import kept_ground
from simulations.scenario.kept_ground import GROUNDS, kept_or_made


@pytest.fixture
def plain(monkeypatch):
    """What is in the files is tested with small grounds; here, which files there are."""
    monkeypatch.setattr(kept_ground, "keep", lambda path, thing: path.write_text("a ground"))
    monkeypatch.setattr(kept_ground, "where_of", lambda made: None)
    monkeypatch.setattr(kept_ground, "KeptGround", lambda columns, where: None)


ROADS = SimpleNamespace(map_version="a map", traffic_version="an empty street")


def made():
    return SimpleNamespace(columns=None)


def test_the_ones_asked_for_last_stay(plain, monkeypatch, tmp_path):
    monkeypatch.setattr(kept_ground, "MOST", 3)
    for number in range(5):
        kept_or_made(tmp_path, ROADS, [number], made, ["van"])
        for path in (tmp_path / GROUNDS).iterdir():  # each is older than the next
            before = path.stat().st_mtime_ns - 10**9
            os.utime(path, ns=(before, before))
    left = {path.name for path in (tmp_path / GROUNDS).iterdir()}
    assert len(left) == 3
    kept_or_made(tmp_path, ROADS, [4], made, ["van"])
    assert {path.name for path in (tmp_path / GROUNDS).iterdir()} == left


def test_what_a_process_that_was_killed_had_half_written_goes_after_a_day(plain, tmp_path):
    kept_or_made(tmp_path, ROADS, [1], made, ["van"])
    old, new = tmp_path / GROUNDS / "a.npz.7-ab.new", tmp_path / GROUNDS / "a.npz.8-cd.new"
    for path in (old, new):
        path.write_text("half")
    before = old.stat().st_mtime - 2 * 86_400
    os.utime(old, (before, before))
    kept_or_made(tmp_path, ROADS, [2], made, ["van"])
    assert (old.exists(), new.exists()) == (False, True)


def test_where_none_can_be_kept_it_is_made_all_the_same(plain, tmp_path):
    (tmp_path / GROUNDS).write_text("in the way")
    ground = made()
    assert kept_or_made(tmp_path, ROADS, ["any"], lambda: ground, ["van"]) is ground
