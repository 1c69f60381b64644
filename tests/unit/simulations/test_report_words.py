"""The words and numbers of the report, in both languages."""

import re

import pytest

from domain.policy_book import POLICIES
from simulations.results.report import say as said
from simulations.results.report.say import Say
from simulations.results.report.words import WORDS
from simulations.rival import MOVE_UPS
from tests.server import ROOT


def test_each_word_is_there_twice_with_the_same_blanks():
    for key, (vi, en) in WORDS.items():
        assert vi.strip(), key
        assert en.strip(), key
        assert sorted(re.findall(r"\{\w+\}", vi)) == sorted(re.findall(r"\{\w+\}", en)), key


def test_no_word_lies_there_unused():
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "simulations" / "results").rglob("*.py")
        if path.name != "words.py"
    )
    made = {"units_note", "queue_note", "made_alike", "made_recorded", "made_model", "made_scenario"}
    made |= {f"policy_{name}" for name in (*POLICIES, "rules")} | {f"waits_{name}" for name in MOVE_UPS}
    assert made <= set(WORDS)
    unused = {key for key in WORDS if f'"{key}"' not in code and f"'{key}'" not in code} - made
    assert unused <= {f"{late}_P{number}" for late in ("late", "late_or_lost") for number in (2, 3, 4)}


PAIRS = {
    **{f"policy.{name}": f"policy_{name}" for name in (*POLICIES, "rules")},
    "same_calls": "met_calls",
    "same_chance": "met_chance",
    "alone": "alone",
    "one_night": "one_day",
    "minutes": "minutes_axis",
}
"""Words of the page and of the report, by their keys."""
PAGE = ROOT / "console" / "src" / "text"


@pytest.mark.parametrize("language", [0, 1], ids=["vi", "en"])
def test_page_and_report_call_the_same_thing_the_same(language):
    page = (PAGE / ("planner.vi.ts", "planner.en.ts")[language]).read_text(encoding="utf-8")
    said = dict(re.findall(r'^  "([\w. ]+)": "(.*)",$', page, re.MULTILINE))
    figures = {key: key.partition(".")[2] for key in said if key.startswith("figure.")}
    both = {key: name for key, name in figures.items() if name in WORDS}
    assert len(both) > 15
    assert {key: said[key] for key in both} == {key: WORDS[name][language] for key, name in both.items()}
    for key, name in PAIRS.items():
        assert said[f"planner.{key}"].lower() == WORDS[name][language].lower(), key
    assert said["planner.unsure"] == WORDS["no_difference"][language]
    assert said["series.waiting"] == WORDS["queue"][language]


def test_numbers_are_told_as_each_language_has_it():
    vi, en = Say("vi"), Say("en")
    assert (vi.number(1234.5), en.number(1234.5)) == ("1.234,5", "1,234.5")
    assert (vi.number(-0.04), en.number(-2.0, 0)) == ("0,0", "−2")
    assert (en.signed(0.04), en.signed(1.0), en.signed(-1.0)) == ("0.0", "+1.0", "−1.0")
    assert en.minutes(425.4) == "7:05"
    assert said.LANGUAGES[0] == "vi"
