"""Two commands never work in one folder, and files that several write at once are whole."""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from simulations.asked import carry_out as service
from simulations.experiment import __main__ as simulate
from simulations.experiment import run as running
from simulations.experiment.alone import FolderInUse, alone_in, at_rest
from simulations.experiment.keep import keep, kept
from simulations.experiment.replicate import NO_CALLS, Ringing
from simulations.results.bundle import __main__ as bundle
from simulations.results.bundle.keys import new_key
from simulations.scenario import __main__ as scenario
from tests.simulated_letters import ready


def stay_in(folder, inside, leave):
    with alone_in(Path(folder)):
        inside.set()
        leave.wait(60)


@pytest.fixture
def in_use(tmp_path):
    """A folder in which another process is at work."""
    spawn = multiprocessing.get_context("spawn")
    inside, leave = spawn.Event(), spawn.Event()
    folder = tmp_path / "out"
    (folder / "inputs").mkdir(parents=True)
    other = spawn.Process(target=stay_in, args=(str(folder), inside, leave))
    other.start()
    assert inside.wait(60)
    yield folder
    leave.set()
    other.join()


def test_whoever_comes_second_is_told_and_changes_nothing(in_use, tmp_path, capsys):
    new_key(tmp_path / "key.pem")
    orders = (
        lambda: simulate.main(["--city-folder", "no", "--map", "no", "--out", str(in_use)]),
        lambda: scenario.main(["play", "epidemic", "--city", "demo", "--out", str(in_use)]),
        lambda: bundle.main(["pack", str(in_use), str(tmp_path / "x"), "--key", str(tmp_path / "key.pem")]),
    )
    for order in orders:
        assert order() > 0
        said = capsys.readouterr().err
        assert f"at work in {in_use}: wait until it has ended, or take another folder." in said
    assert sorted(each.name for each in in_use.iterdir()) == ["inputs", "lock"]


def test_the_service_works_under_the_same_lock(tmp_path, monkeypatch):
    refused = []

    def come_second(folder, order):
        with pytest.raises(FolderInUse) as no, alone_in(folder):
            pass
        refused.append(no)

    monkeypatch.setattr(service, "read_order", lambda folder: None)
    monkeypatch.setattr(service, "_play", come_second)
    assert service.carry_out(tmp_path) == 0
    assert refused


def test_after_one_that_ended_the_next_comes_in(tmp_path):
    for _ in range(2):
        with alone_in(tmp_path / "out"):
            (tmp_path / "out" / "inputs").mkdir(exist_ok=True)
    out = tmp_path / "out"
    with at_rest(out), at_rest(out), pytest.raises(FolderInUse), alone_in(out):
        pass


def test_a_folder_in_which_nothing_came_about_goes_again(tmp_path):
    with alone_in(tmp_path / "new"):
        assert (tmp_path / "new" / "lock").exists()
    assert not (tmp_path / "new").exists()


def test_what_others_had_half_made_when_they_were_killed_goes(tmp_path):
    half = [".inputs-x/words.json", ".ground-7-ab.npz", "replications/00/00001.npz.7-ab.new"]
    for name in [*half, "replications/00/00001.npz", "inputs/words.json"]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    with alone_in(tmp_path):
        left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"lock", "replications/00/00001.npz", "inputs/words.json"}


def test_many_keep_the_same_file_at_once_and_it_is_whole(tmp_path):
    path = tmp_path / "x.npz"
    thing = NO_CALLS._replace(rang_s=np.arange(5_000.0))
    with ThreadPoolExecutor(8) as pool:
        for each in [pool.submit(keep, path, thing) for _ in range(200)]:
            each.result()
    assert np.array_equal(kept(path, Ringing).rang_s, thing.rang_s)
    assert [each.name for each in tmp_path.iterdir()] == ["x.npz"]


def test_a_file_that_cannot_be_written_leaves_nothing_beside_it(tmp_path):
    with pytest.raises(ValueError, match="Object arrays"):
        keep(tmp_path / "x.npz", NO_CALLS._replace(rang_s=np.array([object()])))
    assert list(tmp_path.iterdir()) == []


def test_each_run_has_a_large_ground_of_its_own(tmp_path):
    folder = ready(tmp_path)
    running._open(folder)
    with running._large_ground(folder) as one:
        with running._large_ground(folder) as other:
            assert one != other
        assert one.exists()
        assert not other.exists()
