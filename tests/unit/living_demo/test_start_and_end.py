import asyncio
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass

import pytest

from simulations.living_demo import watch
from simulations.living_demo.__main__ import arguments
from simulations.living_demo.chance import Chance
from simulations.living_demo.clock import Clock
from simulations.living_demo.habits import Habits
from simulations.living_demo.life import Life
from simulations.living_demo.watch import parent_lives, until_the_end
from tests.unit.living_demo.demo_parts import HandClock, Line


@dataclass
class SilentFor:
    silent_s: float = 0.0


def ends(**given):
    settings = {"client": SilentFor(), "stop": threading.Event(), "parent_pid": None, **given}
    return asyncio.run(asyncio.wait_for(until_the_end(*settings.values()), 2))


def test_it_ends_when_told():
    stop = threading.Event()
    stop.set()
    assert ends(stop=stop) == "told to stop"


def test_it_ends_when_the_server_has_been_silent_for_half_a_minute():
    assert "no answer" in ends(client=SilentFor(watch.SERVER_GONE_S + 1))


def test_it_goes_on_through_a_short_silence():
    with pytest.raises(TimeoutError):
        ends(client=SilentFor(10.0))


def test_it_ends_with_a_parent_that_was_never_there():
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    child.wait()
    assert "is gone" in ends(parent_pid=child.pid)


def test_a_living_process_counts_as_parent_even_when_it_did_not_start_us():
    assert parent_lives(os.getpid(), os.getppid())
    assert parent_lives(os.getppid(), os.getppid())


def test_the_process_ends_within_three_seconds_of_its_parent():
    """Nobody listens at the address, so it is still trying to begin."""
    parent = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    order = ["-m", "simulations.living_demo", "--url", "http://127.0.0.1:9", "--parent-pid", str(parent.pid)]
    demo = subprocess.Popen([sys.executable, *order], stdout=subprocess.PIPE, text=True)
    assert "looking for Vigil" in demo.stdout.readline()
    parent.kill()
    parent.wait()
    began = time.monotonic()
    told, _ = demo.communicate(timeout=20)
    assert time.monotonic() - began < 3
    assert f"parent {parent.pid} is gone" in told
    assert demo.returncode == 0


def test_who_is_on_the_telephone_hangs_up_when_the_city_ends():
    """A conversation that went on asked a client that was closed."""
    began, ended = asyncio.Event(), asyncio.Event()

    class Desk:
        async def talk(self, caller: object) -> None:
            began.set()
            try:
                await asyncio.Event().wait()
            finally:
                ended.set()

    async def a_short_life() -> None:
        life = Life(Line().client(), HandClock(), Chance(1), Habits(), print)
        ringing = asyncio.create_task(life._ring(Desk()))
        await began.wait()
        ringing.cancel()
        await asyncio.wait([ringing])
        assert ended.is_set()

    asyncio.run(a_short_life())


@pytest.mark.parametrize("wrong", [["--speed", "0"], ["--speed", "500"], ["--speed", "x"], ["--seed", "-1"]])
def test_wrong_arguments_are_refused_with_a_sentence(wrong, capsys):
    with pytest.raises(SystemExit):
        arguments(wrong)
    assert wrong[0] in capsys.readouterr().err


def test_a_faster_city_lives_more_seconds_in_one():
    now = [0.0]
    clock = Clock(5.0, local=lambda: now[0])
    now[0] = 10.0
    assert clock.city_s() == 50.0
    assert clock.real_s() == 10.0


def test_the_clock_follows_the_server():
    from datetime import timedelta

    clock = Clock(1.0)
    clock.hear(clock.now() + timedelta(hours=3))
    assert clock.now() - clock.city_now() > timedelta(hours=2.9)
