"""`vigil project` as people run it, and as it is killed."""

import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import psycopg
import pytest
import typer
from typer.testing import CliRunner

from api.cli.project_command import project
from api.postgis_projector import LOCK
from api.postgres.address import as_url, read_address
from dispatch.application import postgres_log
from tests.any_history import history, step
from tests.map_tables import map_database

ROOT = Path(__file__).parents[3]


APP = typer.Typer()
APP.command()(project)
COMMAND = "import typer; from api.cli.project_command import project; typer.run(project)"
"""Without all the other commands of `vigil`, which take seconds to load."""


def vigil_project(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(APP, words)
    return done.exit_code, done.output


def a_process(place: str) -> subprocess.Popen[bytes]:
    order = [sys.executable, "-c", COMMAND, "--db", place]
    return subprocess.Popen(order, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def place():
    with map_database() as address, postgres_log(address.libpq, most=2) as log:
        facts = [fact for save in history(range(0, 120_000, 613)).saves for fact in save]
        log.recorder.insert_events([log.mapper.to_stored_event(fact) for fact in facts])
        yield as_url(address)


def test_it_catches_up_compares_and_makes_again(place):
    code, words = vigil_project("--db", place, "--check")
    assert (code, "CHANGED" in words) == (0, False)  # empty tables stand at place 0
    assert vigil_project("--db", place, "--once")[0] == 0
    code, words = vigil_project("--db", place, "--check")
    assert (code, words.count("same")) == (0, 10)
    code, words = vigil_project("--db", place, "--rebuild")
    assert (code, words.count("same")) == (0, 10)


def test_rows_that_somebody_changed_are_noticed(place):
    assert vigil_project("--db", place, "--once")[0] == 0
    with psycopg.connect(read_address(place).libpq, autocommit=True) as connection:
        connection.execute("UPDATE vigil.beds SET free = free + 1")
        code, words = vigil_project("--db", place, "--check")
        assert code == 1
        assert [line.split()[0] for line in words.splitlines() if "CHANGED" in line] == ["beds"]
    assert vigil_project("--db", place, "--rebuild")[0] == 0
    assert vigil_project("--db", place, "--check")[0] == 0


def test_an_address_that_makes_no_sense_is_told_in_a_sentence():
    code, words = vigil_project("--db", "mysql://x/y")
    assert code == 2
    assert words.startswith("--db knows")


def test_what_another_process_keeps_is_not_made_again_beside_it(place):
    with psycopg.connect(read_address(place).libpq, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
        for word in ("--once", "--rebuild"):
            code, words = vigil_project("--db", place, word)
            assert (code, "Another process keeps these tables" in words) == (1, True)
        assert vigil_project("--db", place, "--check")[0] == 0


def test_a_centre_on_sqlite_has_no_tables_to_keep(tmp_path):
    code, words = vigil_project("--data", str(tmp_path))
    assert (code, "SQLite, which has no tables for maps" in words) == (2, True)


@pytest.mark.slow
def test_killed_at_any_moment_it_goes_on_to_the_same_rows():
    chance = Random(115)
    with map_database() as address, postgres_log(address.libpq, most=2) as log:
        world, place = history([]), as_url(address)
        stored = 0
        for night in range(10):
            for choice in range(120):
                step(world, night * 7919 + choice * 613)
            process = a_process(place)
            facts = [fact for save in world.saves for fact in save][stored:]
            for fact in facts:
                log.recorder.insert_events([log.mapper.to_stored_event(fact)])
            stored += len(facts)
            time.sleep(chance.uniform(0.5, 3.0))
            process.send_signal(signal.SIGKILL)
            process.wait()
        assert vigil_project("--db", place, "--once")[0] == 0
        code, words = vigil_project("--db", place, "--check")
        assert (code, words.count("same")) == (0, 10)
