"""What is compiled is of the sources as they are, or it is compiled again."""

from types import SimpleNamespace

from simulations import kept_code
from simulations.kept_code import compiled_before, drop, forget_others, mark, marked, remember, state_of
from simulations.warm import warm_up
from tests.unit.simulations.forked_city import a_city


def test_a_change_in_any_source_is_another_state(tmp_path):
    first, second = tmp_path / "a.py", tmp_path / "b.py"
    first.write_text("x = 1\n")
    second.write_text("y = 1\n")
    before = state_of([first, second])
    assert state_of([first, second]) == before
    second.write_text("y = 2\n")
    assert state_of([first, second]) != before


def test_a_mark_is_of_one_state_and_of_none_where_nothing_can_be_kept(tmp_path):
    assert not marked(tmp_path, "one")
    mark(tmp_path, "one")
    assert marked(tmp_path, "one")
    assert not marked(tmp_path, "two")
    mark(tmp_path / "nowhere", "one")
    assert not marked(tmp_path / "nowhere", "one")


def test_whoever_drops_leaves_all_that_numba_did_not_write(tmp_path):
    names = "run.carry_on-75.py311.nbi", "run.carry_on-75.py311.1.nbc", "run.cpython-311.pyc", "notes"
    for name in names:
        (tmp_path / name).write_text("")
    drop([tmp_path, tmp_path / "not there"])
    assert sorted(each.name for each in tmp_path.iterdir()) == ["notes", "run.cpython-311.pyc"]


def test_whoever_warms_up_drops_what_others_compiled_and_has_it_known(tmp_path, monkeypatch):
    folders, stale = two_rooms(tmp_path), tmp_path / "own" / "step._go_on-66.py311.nbi"
    stale.write_text("")
    mark(folders[0], "yesterday's")
    monkeypatch.setattr(kept_code, "_folders", lambda: folders)
    monkeypatch.setattr(kept_code.run, "carry_on", SimpleNamespace(signatures=[]))
    assert not compiled_before()
    assert forget_others()
    assert not stale.exists()
    assert not compiled_before(), "it is not yet"
    remember()
    assert compiled_before()
    stale.write_text("")
    assert not forget_others()
    assert stale.exists()


def test_where_kernels_run_already_nobody_says_what_they_were_compiled_from(tmp_path, monkeypatch):
    warm_up(a_city(tmp_path, 3))
    folders = two_rooms(tmp_path)
    monkeypatch.setattr(kept_code, "_folders", lambda: folders)
    assert not forget_others()
    warm_up(a_city(tmp_path, 3))
    assert not compiled_before()


def two_rooms(folder):
    rooms = folder / "lean", folder / "own"
    for room in rooms:
        room.mkdir()
    return rooms
