"""Whatever the library's transcoder reads, ours reads as the same, and what it writes ours writes, too."""

import json
from datetime import UTC, datetime, timedelta, timezone
from math import isnan
from typing import Any
from uuid import UUID

import pytest
from eventsourcing.persistence import (
    DatetimeAsISO,
    DecimalAsStr,
    JSONTranscoder,
    TranscodingNotRegisteredError,
    UUIDAsHex,
)
from hypothesis import given
from hypothesis import strategies as some

from dispatch.application import memory_log
from dispatch.quick_transcoder import QuickTranscoder
from dispatch.transcodings import TRANSCODINGS
from domain.letters import Letters
from domain.traffic import Closure, SpeedReport, Stretch
from domain.values import Act, Milestone, Needs, Position
from tests.any_history import history
from tests.integration.released_logs.test_released_logs import RELEASES, stored


def made(kind: type[JSONTranscoder]) -> JSONTranscoder:
    transcoder = kind()
    for transcoding in (UUIDAsHex(), DecimalAsStr(), DatetimeAsISO(), *TRANSCODINGS):
        transcoder.register(transcoding)
    return transcoder


QUICK, PLAIN = made(QuickTranscoder), made(JSONTranscoder)

MOMENTS = some.datetimes(timezones=some.sampled_from((UTC, timezone(timedelta(hours=7)))))
ACTS = some.builds(Act, MOMENTS, MOMENTS, some.text(), some.uuids(), some.uuids())
PLACES = some.builds(Position, some.floats(1, 80), some.floats(1, 170))
STRETCHES = some.builds(
    Stretch, some.just("line"), some.tuples(some.tuples(some.floats(1, 9), some.floats(1, 9)))
)
OURS = some.one_of(
    ACTS,
    PLACES,
    STRETCHES,
    MOMENTS,
    some.uuids(),
    some.decimals(allow_nan=False, allow_infinity=False),
    some.builds(Needs, some.just(("ALS",)), some.none(), some.text()),
    some.builds(Letters.of, some.text()),
    some.builds(Closure, some.uuids(), STRETCHES, some.text(), some.just(("van",)), some.none() | MOMENTS),
    some.builds(SpeedReport, STRETCHES, some.floats(1, 90), MOMENTS, some.none()),
)
LEAVES = some.one_of(
    some.none(),
    some.booleans(),
    some.integers(),
    some.floats(allow_nan=False),
    some.text(some.characters(exclude_categories=[])),
    OURS,
)
NAMES = some.sampled_from(("_type_", "_data_", "a", "tên")) | some.text()
VALUES = some.recursive(
    LEAVES, lambda inner: some.lists(inner, max_size=4) | some.dictionaries(NAMES, inner, max_size=4)
)


def read(transcoder: JSONTranscoder, data: bytes) -> Any:
    """What it reads, or how it fails."""
    try:
        return transcoder.decode(data)
    except Exception as fault:
        return type(fault)


@given(some.dictionaries(NAMES, VALUES, max_size=6))
def test_any_state_is_read_as_the_library_reads_it(state: dict[str, Any]):
    text = PLAIN.encoder.encode(state)
    data = text.encode("utf-8", "surrogatepass")
    mine, theirs = read(QUICK, data), read(PLAIN, data)
    assert repr(mine) == repr(theirs)
    if not isinstance(theirs, type):
        assert mine == theirs


def written(transcoder: JSONTranscoder, value: Any) -> Any:
    """What it writes, or how it fails."""
    try:
        return transcoder.encode(value)
    except Exception as fault:
        return type(fault)


@given(some.dictionaries(NAMES, VALUES | some.floats() | some.sampled_from(Milestone), max_size=6))
def test_any_state_is_written_as_the_library_writes_it(state: dict[str, Any]):
    assert written(QUICK, state) == written(PLAIN, state)


@pytest.mark.parametrize(
    "value",
    [
        1e-4,
        9.9e-5,
        -9.99e15,
        1e16,
        5e-324,
        10**30,
        float("inf"),
        "\x7f\x1f\u2028/\\",
        {1: "a"},
        {None: 2},
        ...,
    ],
)
def test_what_writers_of_json_differ_in_is_written_as_the_library_writes_it(value: Any):
    assert written(QUICK, [value]) == written(PLAIN, [value])


@given(
    some.recursive(
        some.integers() | some.text() | some.floats(), lambda x: some.lists(x) | some.dictionaries(NAMES, x)
    )
)
def test_any_json_at_all_is_read_as_the_library_reads_it(value: Any):
    data = json.dumps(value).encode()
    assert repr(read(QUICK, data)) == repr(read(PLAIN, data))


@pytest.mark.parametrize(
    "text", ["NaN", "[1e400, -Infinity]", '"\\ud800"', '{"a": NaN, "b": {"_type_": "act"}}']
)
def test_what_python_writes_beyond_json_is_read_too(text):
    assert repr(QUICK.decode(text.encode())) == repr(PLAIN.decode(text.encode()))
    assert isnan(QUICK.decode(b"NaN"))


@pytest.mark.parametrize("text", ["", "{", '{"a":', "nonsense", "[1,]"])
def test_what_is_no_json_is_refused_as_the_library_refuses_it(text):
    assert read(QUICK, text.encode()) is read(PLAIN, text.encode()) is json.JSONDecodeError


def test_a_value_of_a_newer_program_is_refused():
    with pytest.raises(TranscodingNotRegisteredError, match="unheard"):
        QUICK.decode(b'{"x":{"_type_":"unheard","_data_":1}}')


def test_what_is_written_stays_the_same_bytes_and_comes_back_equal():
    log = memory_log()
    assert isinstance(log.mapper.transcoder, QuickTranscoder)
    for _, fact in history(range(0, 60_000, 613)).log:
        state = log.mapper.to_stored_event(fact).state
        said = {k: v for k, v in vars(fact).items() if k not in ("originator_id", "originator_version")}
        version = getattr(type(fact), "class_version", 1)
        said |= {"class_version": version} if version > 1 else {}
        assert state == PLAIN.encode(said)
        assert QUICK.decode(state) == PLAIN.decode(state)


@pytest.mark.parametrize("release", RELEASES)
def test_the_facts_of_every_release_are_read_as_the_library_reads_them(release):
    for event in stored(release):
        assert QUICK.decode(event.state) == PLAIN.decode(event.state)


def test_acts_that_follow_each_other_are_told_apart():
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    acts = [Act(moment, moment, actor, UUID(int=1), UUID(int=2)) for actor in ("linh", "linh", "an", "linh")]
    assert [QUICK.decode(PLAIN.encode({"act": act}))["act"] for act in acts] == acts
