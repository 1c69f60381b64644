"""A night on the full path is killed in the middle and goes on, to the same last letter."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from dispatch.application import sqlite_log
from simulations.day import write_day
from simulations.full.days import Asked, play_days
from simulations.full.fingerprint import fingerprint
from simulations.full.kept import LOG, STANDS, play_kept
from simulations.full.kept_log import AnotherNight
from simulations.full.play import play
from simulations.rival import Rival, everywhere
from tests.integration.simulations.night import Night, a_night, roads_in
from tests.integration.simulations.test_rivals_on_two_paths import BY_PRIORITY, RUSH, SHIFTS, stays_of

PLAIN = Rival()
ALL = Rival("all", BY_PRIORITY, "dmexclp", SHIFTS, RUSH, True, {"bac": 1.5})
MENDED = Rival("mended", everywhere("dmexclp"), "mended")
FACTS = 300


class PulledOutError(Exception):
    """The plug of this machine."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("town")


@pytest.fixture(scope="module")
def night(folder: Path) -> Night:
    return a_night(folder, roads_in(folder), 8, 900, hours=2)


@pytest.fixture(scope="module")
def long_night(folder: Path) -> Night:
    """So long that it is not over before it is killed, on a busy machine too."""
    return a_night(folder, roads_in(folder), 8, 900, hours=6)


def whole(night: Night, rival: Rival) -> str:
    """In one go and in memory."""
    played = play(
        night.day, night.city, night.rules, night.roads, night.ground, rival, stays_s=stays_of(night).tolist()
    )
    assert played.log is not None
    return fingerprint(played.log)


def kept(night: Night, folder: Path, rival: Rival, stop_after: int = 10**6) -> str:
    """The plug is pulled when it was put away so many times."""
    times = 0

    def say(rung: int, facts: int) -> None:
        nonlocal times
        times += 1
        if times > stop_after:
            raise PulledOutError

    played = play_kept(
        folder,
        night.day,
        night.city,
        night.rules,
        night.roads,
        night.ground,
        rival,
        stays_of(night).tolist(),
        FACTS,
        say,
    )
    assert played.log is not None
    return fingerprint(played.log)


@pytest.mark.parametrize("rival", [PLAIN, ALL, MENDED], ids=lambda rival: rival.name)
def test_a_night_that_is_stopped_again_and_again_is_the_night_played_in_one_go(
    night: Night, tmp_path: Path, rival: Rival
) -> None:
    expected = whole(night, rival)
    stops = 0
    while True:
        try:
            found = kept(night, tmp_path, rival, stop_after=1)
            break
        except PulledOutError:
            stops += 1
    assert found == expected
    assert stops > 3
    stored = sqlite_log(str(tmp_path / LOG))
    assert fingerprint(stored) == expected
    stored.close()
    assert kept(night, tmp_path, rival) == expected, "called once more, it says what it said"


def test_what_was_played_comes_back_with_it(night: Night, tmp_path: Path) -> None:
    arguments = night.day, night.city, night.rules, night.roads, night.ground
    one = play(*arguments, ALL, stays_s=stays_of(night).tolist())
    with pytest.raises(PulledOutError):
        kept(night, tmp_path, ALL, stop_after=2)
    other = play_kept(tmp_path, *arguments, ALL, stays_of(night).tolist())
    assert other.served == one.served
    assert (other.driven_m, other.busy_s, other.vans) == (one.driven_m, one.busy_s, one.vans)


def test_facts_written_after_it_was_put_away_are_held_against_what_happens_again(
    night: Night, tmp_path: Path
) -> None:
    with pytest.raises(PulledOutError):
        kept(night, tmp_path, PLAIN, stop_after=1)
    before = (tmp_path / STANDS).read_bytes()
    with pytest.raises(PulledOutError):
        kept(night, tmp_path, PLAIN, stop_after=2)
    (tmp_path / STANDS).write_bytes(before)  # the log is further than what was put away: killed between both
    assert kept(night, tmp_path, PLAIN) == whole(night, PLAIN)


def test_a_log_that_says_something_else_is_not_gone_on_with(night: Night, tmp_path: Path) -> None:
    with pytest.raises(PulledOutError):
        kept(night, tmp_path, PLAIN, stop_after=1)
    (tmp_path / STANDS).unlink()
    store = sqlite_log(str(tmp_path / LOG))
    with store.recorder.datastore.transaction(commit=True) as cursor:
        cursor.execute("UPDATE stored_events SET topic = 'Unit.Freed' WHERE rowid = 500")
    store.close()
    with pytest.raises(AnotherNight, match=r"Fact 500 of the log is Unit\.Freed"):
        kept(night, tmp_path, PLAIN)


def test_a_folder_of_another_night_is_refused_and_left_alone(night: Night, tmp_path: Path) -> None:
    with pytest.raises(PulledOutError):
        kept(night, tmp_path, PLAIN, stop_after=1)
    before = (tmp_path / STANDS).read_bytes()
    with pytest.raises(AnotherNight, match="other calls, another city or other rules"):
        kept(night, tmp_path, MENDED)
    assert (tmp_path / STANDS).read_bytes() == before
    (tmp_path / STANDS).write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match=r"night\.json is no night that was put away"):
        kept(night, tmp_path, PLAIN)


def test_a_process_that_is_killed_goes_on_and_ends_with_the_same_bits(
    long_night: Night, folder: Path, tmp_path: Path
) -> None:
    """kill -9, at once when the night was put away for the second time, and again later."""
    night = long_night
    write_day(night.day, tmp_path / "day.json")
    built = next(path.parent for path in folder.rglob("graph.npz"))
    words = [sys.executable, "-m", "simulations.full", "--put-away-every", str(FACTS), "--day"]
    words += [str(tmp_path / "day.json"), "--city", str(folder / "cities" / "letters"), "--map", str(built)]
    killed = 0
    for pauses_s in (0.0, 0.05):
        with subprocess.Popen(
            [*words, "--out", str(tmp_path / "night")], stderr=subprocess.PIPE, text=True, env=_env(killed)
        ) as process:
            assert process.stderr is not None
            for _ in range(2):
                assert "facts" in process.stderr.readline()
            time.sleep(pauses_s)
            process.send_signal(signal.SIGKILL)
            process.wait()
        killed += process.returncode == -signal.SIGKILL
    assert killed == 2
    log = sqlite_log(str(tmp_path / "night" / LOG))
    stored = log.position()
    log.close()
    told = subprocess.run(
        [*words, "--out", str(tmp_path / "night")], capture_output=True, text=True, check=True, env=_env(9)
    )
    in_one_go = whole(night, PLAIN)
    assert told.stdout.split() == [in_one_go]
    first = int(told.stderr.split()[4])
    assert first > stored - FACTS, "it did not begin again"
    assert whole(night, MENDED) != in_one_go


def test_days_played_at_once_are_the_days_played_alone(night: Night, folder: Path, tmp_path: Path) -> None:
    days = [tmp_path / "monday.json", tmp_path / "tuesday.json"]
    write_day(night.day, days[0])
    write_day(replace(night.day, calls=night.day.calls[:40]), days[1])
    built = next(path.parent for path in folder.rglob("graph.npz"))
    same = Asked(built, folder / "cities" / "letters", "closest", "home", FACTS)
    found = play_days(same, days, tmp_path / "nights", jobs=2)
    assert found[0] == whole(night, PLAIN) != found[1]
    for name, its_print in zip(("monday", "tuesday"), found, strict=True):
        stored = sqlite_log(str(tmp_path / "nights" / name / LOG))
        assert fingerprint(stored) == its_print
        stored.close()
    assert play_days(same, days, tmp_path / "one-by-one", jobs=1) == found
    with pytest.raises(ValueError, match="Two of the days are called monday"):
        play_days(same, [days[0], tmp_path / "other" / "monday.json"], tmp_path / "nights")


def _env(hashes: int) -> dict[str, str]:
    """Sets have another order in every process."""
    return {**os.environ, "PYTHONHASHSEED": str(hashes)}
