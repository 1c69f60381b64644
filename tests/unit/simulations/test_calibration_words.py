"""The words of the calibration report in both languages, and its columns as the page on rows tells them."""

import re

from simulations.calibration.compare import FIGURES
from simulations.calibration.rows import FIGURES as FIGURE_ROWS
from simulations.calibration.rows import INCIDENTS
from simulations.calibration.stretches import SHARES, STRETCHES
from simulations.calibration.words import OWN, WORDS
from tests.server import ROOT


def test_each_word_is_there_twice_with_the_same_blanks():
    for key, (vi, en) in OWN.items():
        assert vi.strip(), key
        assert en.strip(), key
        assert set(re.findall(r"\{\w+\}", vi)) == set(re.findall(r"\{\w+\}", en)), key


def test_no_word_lies_there_unused_and_each_figure_has_a_name():
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "simulations" / "calibration").glob("*.py")
        if path.name != "words.py"
    )
    assert not {key for key in OWN if f'"{key}"' not in code and f"'{key}'" not in code}
    assert {*STRETCHES, *SHARES, *(kind for _, kind in FIGURES)} <= set(WORDS)


def test_the_page_about_the_rows_tells_every_column():
    page = (ROOT / "docs" / "simulation-rows.md").read_text(encoding="utf-8")
    part = page.split("# The rows of a calibration\n")[1]
    for name, schema in (("figures", FIGURE_ROWS), ("incidents", INCIDENTS)):
        lines = part.split(f"## {name} of a calibration\n")[1].split("\n## ")[0].splitlines()
        told = [
            column
            for line in lines
            if line.startswith("| `")
            for column in re.findall(r"`(\w+)`", line.split("|")[1])
        ]
        assert told == schema.names
