"""The map of the streams' files shows each of them once, and no other."""

import re
from pathlib import Path

import api.streams


def test_every_file_of_the_streams_is_on_their_map_once():
    lines = str(api.streams.__doc__).split("\n\n")[-1].splitlines()
    named = [name for line in lines for name in re.split(r"\s{2,}", line)[1].split(", ")]
    there = {file.stem for file in Path(str(api.streams.__file__)).parent.glob("*.py")} - {"__init__"}
    assert sorted(named) == sorted(there)
