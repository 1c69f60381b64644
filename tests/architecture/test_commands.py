"""Each command of `vigil` is there, and loads no more than it needs."""

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from api.cli.main import PLACES, app

PROBE = """
import sys
from api.cli.main import app
app(["{}", "--help"], standalone_mode=False)
print(*sorted(sys.modules), file=sys.stderr)
"""


@pytest.mark.parametrize("name", PLACES)
def test_each_command_is_where_the_table_says_and_tells_what_it_does(name):
    done = CliRunner().invoke(app, [name, "--help"])
    assert done.exit_code == 0, done.output
    assert f" {name} " in done.output.split("\n\n")[0]


def test_a_command_that_is_not_there_is_refused_in_a_sentence():
    done = CliRunner().invoke(app, ["dispatch"])
    assert (done.exit_code, "No such command 'dispatch'" in done.output) == (2, True)


@pytest.mark.parametrize("name", ["user", "device", "stream", "bench"])
def test_a_command_that_needs_no_roads_does_not_wait_for_their_libraries(name):
    done = subprocess.run([sys.executable, "-c", PROBE.format(name)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not {"numba", "scipy", "osmium"} & set(done.stderr.split())
