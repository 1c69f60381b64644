"""The command and the page of a forecast, from a table of calls to the last word."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from simulations.forecast.__main__ import main
from simulations.forecast.moments import BadTable, from_table
from simulations.forecast.words import WORDS
from tests.unit.simulations.forecast.made_up import ordinary


@pytest.fixture(scope="module")
def calls(tmp_path_factory) -> Path:
    """Fourteen weeks, a line a call, and as many of another kind."""
    history, path = ordinary(14), tmp_path_factory.mktemp("calls") / "calls.csv"
    lines = ["kind,at"]
    for hour, count in enumerate(history.counts.tolist()):
        for number in range(count):
            at = history.at(hour) + timedelta(minutes=60 * number / count)
            lines += [f"EMS: fall,{at}", f"Fire,{at}"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_only_the_rows_asked_for_are_counted(calls):
    everything, only = from_table(calls, "at"), from_table(calls, "at", "kind=EMS")
    assert len(everything) == 2 * len(only) == 2 * int(ordinary(14).counts.sum())


def test_what_is_wrong_is_told_with_its_line(tmp_path):
    path = tmp_path / "calls.csv"
    path.write_text("at\n2026-01-05 00:00:00\nyesterday\n", encoding="utf-8")
    with pytest.raises(BadTable, match=r"calls\.csv, line 3: 'yesterday' is no moment"):
        from_table(path, "at")
    with pytest.raises(BadTable, match=r"line 1: there is no column 'when'"):
        from_table(path, "when")
    with pytest.raises(BadTable, match=r"'kind' should be COLUMN=TEXT"):
        from_table(path, "at", "kind")


def test_too_few_calls_are_a_sentence_and_no_page(tmp_path, capsys):
    path, out = tmp_path / "calls.csv", tmp_path / "page.html"
    path.write_text("at\n2026-01-05 00:10:00\n2026-01-05 09:00:00\n", encoding="utf-8")
    assert main(["--calls", str(path), "--out", str(out)]) == 1
    assert "weeks of calls to learn from" in capsys.readouterr().err
    assert not out.exists()


def test_the_figures_name_who_was_chosen_and_how_each_was_scored(calls, capsys):
    asked = ["--calls", str(calls), "--only", "kind=EMS", "--hours", "24", "--held-out", "2", "--json"]
    assert main(asked) == 0
    told = json.loads(capsys.readouterr().out)
    scores = {each["name"]: each["crps"] for each in told["held_out"]}
    assert set(scores) == {"same hour last week", "usual week", "regression"}
    assert told["chosen"] == min(scores, key=scores.__getitem__) != "same hour last week"
    assert len(told["mean"]) == 24
    assert all(low <= high for low, high in zip(*(told["quantiles"][q] for q in ("0.1", "0.9")), strict=True))


def test_the_page_stands_by_itself_in_both_languages(calls, tmp_path, capsys):
    out = tmp_path / "page.html"
    assert main(["--calls", str(calls), "--only", "kind=EMS", "--held-out", "5", "--out", str(out)]) == 0
    text = out.read_text(encoding="utf-8")
    assert not re.search(r"<script|https?://|url\(|\bsrc=|<link", text), "it fetches nothing"
    assert text.count("<section lang=") == text.count("<h1>") == 2
    assert text.count("<svg ") == 4
    for lang in WORDS:
        assert WORDS[lang]["judged"].format(weeks=5) in text
    assert "better by" in text
    assert "tốt hơn" in text


def test_both_languages_have_every_word():
    assert set(WORDS["vi"]) == set(WORDS["en"])
    for key in WORDS["vi"]:
        fields = [set(re.findall(r"\{\w+\}", WORDS[lang][key])) for lang in ("vi", "en")]
        assert fields[0] == fields[1], key
