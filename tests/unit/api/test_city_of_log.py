"""A folder keeps one city, and a demonstration never mixes with real calls."""

from pathlib import Path

import pytest

from api.city_of_log import Folder, OtherCity, claim


def a_log(data, text="facts"):
    for name in ("events.sqlite", "events.sqlite-wal", "events.epoch", "views.sqlite", "telemetry.sqlite"):
        (data / name).write_text(text)


def left(data):
    return sorted(path.name for path in data.iterdir() if path.name.startswith(("ev", "vi", "te")))


@pytest.mark.parametrize("demo", [True, False])
def test_the_same_again_finds_its_log(tmp_path, demo):
    assert claim(Folder(tmp_path), "hcmc", demo) is None
    a_log(tmp_path)
    assert claim(Folder(tmp_path), "hcmc", demo) is None
    assert (tmp_path / "events.sqlite").read_text() == "facts"


def test_a_log_from_before_the_marker_is_taken_as_it_is(tmp_path):
    a_log(tmp_path)
    assert claim(Folder(tmp_path), "hcmc", demo=False) is None
    assert (tmp_path / "events.sqlite").is_file()


@pytest.mark.parametrize(("city", "demo"), [("hcmc", True), ("hcmc", False), ("demo", False)])
def test_a_demonstration_is_laid_aside_for_anything_else(tmp_path, city, demo):
    claim(Folder(tmp_path), "demo", demo=True)
    a_log(tmp_path)
    (tmp_path / "accounts.sqlite").write_text("people")
    aside = Path(claim(Folder(tmp_path), city, demo) or "")
    assert left(tmp_path) == ["events.of"]
    assert not (tmp_path / "events.sqlite").exists()
    assert not (tmp_path / "telemetry.sqlite").exists()
    assert (aside / "events.sqlite").read_text() == "facts"
    assert (aside / "events.sqlite-wal").is_file()
    assert (tmp_path / "accounts.sqlite").is_file()
    a_log(tmp_path, "new")
    assert claim(Folder(tmp_path), city, demo) is None


def test_two_demonstrations_are_laid_side_by_side(tmp_path):
    for city in ("demo", "hcmc", "demo", "hcmc"):
        claim(Folder(tmp_path), city, demo=True)
        a_log(tmp_path, city)
    assert sorted(path.name for path in (tmp_path / "old-demos").iterdir()) == ["demo-1", "demo-2", "hcmc-1"]


@pytest.mark.parametrize(
    ("city", "demo", "says"),
    [("demo", False, "--city hcmc"), ("demo", True, "--city hcmc"), ("hcmc", True, "of its own")],
)
def test_a_real_log_is_never_touched(tmp_path, city, demo, says):
    claim(Folder(tmp_path), "hcmc", demo=False)
    a_log(tmp_path)
    with pytest.raises(OtherCity, match=says):
        claim(Folder(tmp_path), city, demo)
    assert (tmp_path / "events.sqlite").read_text() == "facts"
    assert claim(Folder(tmp_path), "hcmc", demo=False) is None
