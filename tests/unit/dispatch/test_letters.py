"""Advice in letters is packed in the log, and read as it was, however it was stored."""

import json
from itertools import chain
from pathlib import Path

import pytest

from dispatch.application import memory_log
from domain.decision import Decision
from domain.letters import Letters
from domain.plain_text import plain
from tests.builders import an_act, an_id

WRITTEN = (Path(__file__).parent / "decision_of_format_6.json").read_text(encoding="utf-8")


def stored(letters: Letters) -> tuple[dict[str, str], Letters]:
    """As it lies in the log, and as it is read back."""
    with memory_log() as log:
        log.record(
            Decision(
                decision_id=an_id("d"), incident_id=an_id(), run_id=an_id(), advice=letters, act=an_act()
            )
        )
        (kept,) = log.recorder.select_notifications(1, 1)
        found = log.decision(an_id("d"))
        assert found is not None
        assert isinstance(found.advice, Letters)
        return json.loads(kept.state)["advice"], found.advice


@pytest.mark.parametrize("text", ["{}", WRITTEN, '{"vi":"đường"}', json.dumps(["🚑"] * 9_999)])
def test_what_was_shown_comes_back_to_the_letter(text: str):
    kept, read = stored(Letters.of(text))
    assert kept["_type_"] == "letters_lz4"
    assert (read, read.text, read.read()) == (Letters.of(text), text, json.loads(text))


def test_it_is_stored_in_half_the_letters_or_less():
    kept, _ = stored(Letters.of(WRITTEN))
    assert len(kept["_data_"]) < len(json.dumps(WRITTEN, ensure_ascii=False).encode()) / 2


def test_older_facts_that_hold_the_text_itself_are_read():
    with memory_log() as log:
        state = json.dumps({"_type_": "letters", "_data_": WRITTEN}).encode()
        assert log.mapper.transcoder.decode(state) == Letters.of(WRITTEN)


def test_a_word_that_is_seen_whole_is_plain_at_a_glance_as_it_is_mark_by_mark():
    for mark in map(chr, chain(range(0xD800), range(0xE000, 0x30000))):
        if mark.isprintable():
            assert plain(mark) == plain(f"{mark}\x00"), hex(ord(mark))
