"""The files that are named as long, or as sharing a map, are there."""

import re

import pytest

from tests.heavy import LONGEST, REAL_MAPS
from tests.server import ROOT

ASKS = re.compile(r"\b(hcmc_ground|hcmc_gazetteer|hcmc_tables|real_map)\b")
HELPERS = {
    "tests/server.py", "tests/named_town.py", "tests/real_maps.py", "tests/architecture/test_heavy.py",
}  # fmt: skip


@pytest.mark.parametrize("file", LONGEST)
def test_a_file_that_is_named_is_there_and_named_once(file):
    assert (ROOT / file).is_file()
    assert LONGEST.count(file) == 1


def test_whoever_asks_for_a_real_map_is_kept_with_the_others():
    files = (ROOT / "tests").rglob("*.py")
    asking = {str(file.relative_to(ROOT)) for file in files if ASKS.search(file.read_text(encoding="utf-8"))}
    assert asking - HELPERS == set(REAL_MAPS)
