"""Which map is opened where none is named, and what is said of it; nothing is downloaded or drawn."""

import subprocess

import pytest

from api import maps
from api.map_notes import MapNotes
from tests.server import ROOT

MISSED = "No map could be had"


@pytest.fixture
def begin(monkeypatch, tmp_path):
    """The city that is opened, and all that was said."""
    monkeypatch.setattr(maps.subprocess, "run", lambda order, **_: subprocess.CompletedProcess(order, 0))
    monkeypatch.setattr(maps, "prepare", lambda source, folder, progress: folder / source.name)
    monkeypatch.setattr(maps, "_downloaded", lambda *_: None)

    def run(wanted):
        said: list[str] = []
        city, _ = maps._city_and_map(
            ROOT / "cities", MapNotes(tmp_path), wanted, said.append, lambda *_: None
        )
        return city.id, " ".join(said)

    return run


def test_a_town_that_was_asked_for_is_drawn_without_a_word_of_a_map_that_is_missing(begin):
    city, said = begin("demo")
    assert city == "demo"
    assert "drawn" in said
    assert MISSED not in said


def test_the_town_that_stands_in_for_a_map_says_so(begin):
    city, said = begin(None)
    assert city == "demo"
    assert MISSED in said
