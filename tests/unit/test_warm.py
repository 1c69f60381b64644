"""A `vigil` that needs not be loaded is to tests what one started at a terminal is."""

import os
import signal
import subprocess

import pytest

from tests.server import COLD, vigil
from tests.warm import AT_FIRST, fits, stock


def started(tmp_path, *words):
    return stock().start(words, tmp_path / "out", tmp_path / "err")


@pytest.mark.parametrize("words", [("times", "--help"), ("nothing",)])
def test_it_says_and_answers_what_a_cold_one_does(words):
    cold = subprocess.run([*COLD, *words], capture_output=True, text=True)
    warm = vigil(*words)
    assert warm.returncode == cold.returncode
    assert plain(warm.stdout) == plain(cold.stdout)
    assert plain(warm.stderr) == plain(cold.stderr)


def plain(said):
    """Without the name it was called by, and without the spaces that hang on its length."""
    return said.replace("python -m api.cli.main", "vigil").split()


def test_two_run_side_by_side_and_each_tells_how_it_ended(tmp_path):
    long = started(tmp_path, "up", "--data", str(tmp_path / "a"), "--map", "no-such-file")
    other = started(tmp_path, "up", "--port", "none")
    assert long.pid != other.pid
    assert long.wait(30) == 2
    assert other.wait(30) == 2
    assert other.poll() == 2


def test_one_that_is_killed_says_by_which_signal(tmp_path):
    waits = tmp_path / "waits"
    os.mkfifo(waits)
    process = stock().start(("up", "--help"), waits, tmp_path / "err")  # opens it only when somebody reads
    process.kill()
    assert process.wait(30) == -signal.SIGKILL
    process.kill()  # is nothing to a process that has ended


def test_a_changed_environment_wants_a_cold_one(monkeypatch):
    monkeypatch.setattr("os.environ", dict(AT_FIRST))  # whatever other tests left
    assert fits()
    monkeypatch.setenv("VIGIL_LOG", "json")
    assert not fits()
    monkeypatch.delenv("VIGIL_LOG")
    monkeypatch.setenv("PYTEST_CURRENT_TEST", "another")
    assert fits()
