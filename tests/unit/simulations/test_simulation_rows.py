"""The page about the rows names each column once, and none that is not there."""

import re

from simulations.results.schema import TABLES
from tests.server import ROOT


def test_the_page_tells_every_column():
    page = (ROOT / "docs" / "simulation-rows.md").read_text(encoding="utf-8")
    for name, schema in TABLES.items():
        part = page.split(f"## {name}\n")[1].split("\n## ")[0]
        told = [
            column
            for line in part.splitlines()
            if line.startswith("| `")
            for column in re.findall(r"`(\w+)`", line.split("|")[1])
        ]
        assert told == schema.names
