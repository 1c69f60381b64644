"""A server that a test started does not outlive the tests, however they end."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.guards import Guard
from tests.server import ROOT

STARTER = """
import subprocess, sys, time
from pathlib import Path
from tests import guards
folder = Path(sys.argv[1])
served = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)", str(folder)])
if sys.argv[2]:
    guards.born = lambda pid: sys.argv[2]
guard = guards.Guard(served.pid, folder=folder)
print(served.pid, flush=True)
time.sleep(600)
"""


def started(folder, born=""):
    """A process that has started another one, then or as it says; both."""
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTER, str(folder), born], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    served = int(starter.stdout.readline())
    starter.stdout.close()
    return starter, served


def runs(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def ends(pid, patience_s=10.0):
    until = time.monotonic() + patience_s
    while runs(pid) and time.monotonic() < until:
        time.sleep(0.02)
    return not runs(pid)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_it_ends_with_the_one_who_started_it_and_so_does_its_folder(tmp_path, how):
    folder = tmp_path / "data"
    folder.mkdir()
    starter, served = started(folder)
    assert runs(served)
    starter.send_signal(how)
    starter.wait(10)
    assert ends(served)
    until = time.monotonic() + 10
    while folder.exists() and time.monotonic() < until:
        time.sleep(0.02)
    assert not folder.exists()


def test_a_stranger_that_got_its_number_is_left_alone(tmp_path):
    starter, served = started(tmp_path, born="1")
    starter.kill()
    starter.wait(10)
    try:
        assert not ends(served, 1.0)
    finally:
        subprocess.run(["kill", str(served)], check=False)


def test_a_guard_that_was_released_ends_nothing():
    served = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    try:
        Guard(served.pid).release()
        time.sleep(0.3)
        assert served.poll() is None
    finally:
        served.kill()
        served.wait()
