"""Which map is opened without a word, and what a command beside the desk leaves as it was."""

import json

import pytest

from api.map_notes import LAST, MapNotes
from api.maps import open_map
from tests.server import letter_town_ground
from tests.small_city import write_small_city


@pytest.fixture
def folder(tmp_path):
    """A data folder where a map was built, but no desk was opened yet."""
    ground = letter_town_ground()
    (tmp_path / "maps").mkdir()
    for built in ground.maps.iterdir():
        if built.is_dir():
            (tmp_path / "maps" / built.name).symlink_to(built, target_is_directory=True)
    return tmp_path


def opened(folder, *, beside, city=None, source=None):
    said = []
    found = open_map(
        letter_town_ground().cities, folder, city, source, said.append, lambda *_: None, beside=beside
    )
    return found, said


def notes(folder):
    return {each.name: each.read_bytes() for each in (folder / "maps").iterdir() if each.is_file()}


def test_the_desk_opens_next_what_it_opened_last(folder, tmp_path):
    source, _ = write_small_city(tmp_path / "drawn")
    first, _ = opened(folder, beside=False, city="letters", source=source)
    again, _ = opened(folder, beside=False)
    assert again.city.id == first.city.id == "letters"
    assert again.roads.version == first.roads.version
    assert notes(folder)[LAST] == b"letters"


def test_a_command_beside_the_desk_with_a_map_of_its_own_leaves_no_note(folder, tmp_path):
    source, _ = write_small_city(tmp_path / "drawn")
    found, _ = opened(folder, beside=True, city="letters", source=source)
    assert found.city.id == "letters"
    assert notes(folder) == {}, "a machine where nothing was set up is as new as it was"


def test_a_command_beside_the_desk_takes_the_desks_map_and_changes_no_note(folder, tmp_path):
    source, _ = write_small_city(tmp_path / "drawn")
    desk, _ = opened(folder, beside=False, city="letters", source=source)
    before = notes(folder)
    assert json.loads(before["letters.json"])["folder"] == desk.shown.folder.name
    found, _ = opened(folder, beside=True, city="letters")
    assert found.roads.version == desk.roads.version
    assert notes(folder) == before


def test_a_map_that_is_gone_is_not_opened(folder, tmp_path):
    source, _ = write_small_city(tmp_path / "drawn")
    desk, _ = opened(folder, beside=False, city="letters", source=source)
    known = MapNotes(folder / "maps")
    assert known.built("letters") == desk.shown.folder
    (folder / "maps" / desk.shown.folder.name).unlink()
    assert known.built("letters") is None
