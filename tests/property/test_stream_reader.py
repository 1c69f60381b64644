"""Whoever reads the stream with a Reader applies each event once and in order, however often it comes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.streams.reader import Place, Reader, Verdict

CENTRES, THINGS = ("saigon", "hanoi"), ("a", "b", "c")
LOGS = st.dictionaries(
    st.sampled_from(CENTRES), st.lists(st.sampled_from(THINGS), min_size=1, max_size=30), min_size=1
)


def events(logs: dict[str, list[str]]) -> list[tuple[str, str, int, int]]:
    """(centre, thing, seq, version) of each event of some logs, each log in order."""
    told = []
    for centre, things in logs.items():
        seen: dict[str, int] = {}
        for seq, thing in enumerate(things, 1):
            seen[thing] = seen.get(thing, 0) + 1
            told.append((centre, thing, seq, seen[thing]))
    return told


def read(reader: Reader, told: list[tuple[str, str, int, int]]) -> list[tuple[str, str, int, int]]:
    """What a careful reader applies: news, never what is ahead."""
    done = []
    for event in told:
        if reader.judge(*event).verdict is Verdict.NEWS:
            done.append(event)
            reader.applied(*event)
    return done


@given(LOGS, st.data())
def test_any_replays_of_any_parts_add_nothing(logs, data):
    told = events(logs)
    heard = []
    for end in range(1, len(told) + 1):
        heard.append(told[end - 1])
        if data.draw(st.booleans()):
            heard += told[data.draw(st.integers(0, end - 1)) : end]  # a worker died and reads a part again
    assert read(Reader(), heard) == told


@given(LOGS, st.integers(0, 60))
def test_what_is_kept_and_taken_up_again_goes_on_as_before(logs, cut):
    told = events(logs)
    first = Reader()
    done = read(first, told[:cut])
    second = Reader(dict(first.places()))
    assert done + read(second, told) == told


@given(LOGS, st.sets(st.integers(0, 59)))
def test_every_gap_is_told_with_what_is_missing_and_nothing_behind_it_is_news(logs, lost):
    told = events(logs)
    reader, done = Reader(), set()
    for number, event in enumerate(told):
        if number in lost:
            continue
        judged = reader.judge(*event)
        centre, thing, _, version = event
        missing = [v for v in range(1, version) if (centre, thing, v) not in done]
        assert list(judged.missing) == missing
        assert (judged.verdict is Verdict.AHEAD) == bool(missing)
        if judged.verdict is Verdict.NEWS:
            reader.applied(*event)
            done.add((centre, thing, version))


@given(LOGS)
def test_judging_changes_nothing(logs):
    reader = Reader()
    for event in events(logs):
        assert reader.judge(*event) == reader.judge(*event)
    assert len(reader) == 0


@given(st.integers(1, 50), st.integers(1, 50))
def test_a_version_that_disagrees_with_its_place_is_refused(seq, version):
    reader = Reader({("saigon", "a"): Place(25, 25)})
    if (seq > 25) == (version > 25):
        reader.judge("saigon", "a", seq, version)
    else:
        with pytest.raises(ValueError, match="saigon a has version"):
            reader.judge("saigon", "a", seq, version)
