"""The list of the console's acceptance checks names tests that exist."""

import re
from pathlib import Path

import pytest

BROWSER = Path(__file__).resolve().parents[1] / "browser"
NAMED = re.findall(
    r"`([\w/]+\.test\.ts)`: ([^|\n]+?) \|", (BROWSER / "README.md").read_text(encoding="utf-8")
)


def test_the_list_is_as_long_as_the_design_asks_for():
    numbers = re.findall(r"^\| (\d+) \|", (BROWSER / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert numbers == [str(number) for number in range(1, 27)]
    assert len(NAMED) > 20


@pytest.mark.parametrize(
    ("file", "name"), NAMED, ids=[f"{file}-{number}" for number, (file, _) in enumerate(NAMED)]
)
def test_each_check_names_a_test_that_exists(file, name):
    assert f'"{name}"' in (BROWSER / file).read_text(encoding="utf-8")
