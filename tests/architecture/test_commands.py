"""Each command of `vigil` is there, and loads no more than it needs."""

import re
import subprocess
import sys
from pathlib import Path

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


GUIDE = Path(__file__).parents[2] / "docs" / "operator.md"
ENDINGS = re.findall(r"^\| `vigil (\w+)` \| (\d+) \| ", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("name", ["relay", "stream", "project", "region"])
def test_the_help_and_the_guide_name_the_same_exit_codes(name):
    told = CliRunner().invoke(app, [name, "--help"]).output.split("Options")[0]
    of_help = re.findall(r"\b(?:with|exit|Exit)\s+(\d+)\b", told)
    assert set(of_help) == {code for command, code in ENDINGS if command == name} != set()


@pytest.mark.parametrize("name", ["user", "device", "stream", "bench"])
def test_a_command_that_needs_no_roads_does_not_wait_for_their_libraries(name):
    done = subprocess.run([sys.executable, "-c", PROBE.format(name)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not {"numba", "scipy", "osmium"} & set(done.stderr.split())
