"""The log of every released version still loads, and tells the same story."""

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from eventsourcing.persistence import StoredEvent

from dispatch.application import DispatchLog, memory_log, sqlite_log
from domain.unit import Unit
from domain.values import Act, Needs, Position
from tests.integration.released_logs.record_session import session
from tests.integration.released_logs.states import hash_of

FOLDER = Path(__file__).parent
RELEASES = sorted(path.stem for path in FOLDER.glob("v*.jsonl"))
TOPICS = (FOLDER.parents[1] / "architecture" / "topics.txt").read_text(encoding="utf-8").split()


def stored(release: str) -> list[StoredEvent]:
    lines = (FOLDER / f"{release}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [
        StoredEvent(UUID(row["id"]), row["version"], row["topic"], row["state"].encode("utf-8"))
        for row in rows
    ]


@pytest.fixture(params=["memory", "sqlite"])
def empty(request, tmp_path) -> Iterator[DispatchLog]:
    with memory_log() if request.param == "memory" else sqlite_log(str(tmp_path / "old.sqlite")) as log:
        yield log


@pytest.mark.parametrize("release", RELEASES)
def test_every_thing_of_a_released_log_stands_where_it_stood(release, empty):
    empty.recorder.insert_events(stored(release))
    frozen = json.loads((FOLDER / f"{release}.states.json").read_text(encoding="utf-8"))
    assert len(frozen) > 10
    for its_id, state in frozen.items():
        thing = empty.repository.get(UUID(its_id))
        assert state["kind"] == thing.TOPIC
        assert hash_of(thing, state["fields"]) == state["hash"], f"{state['kind']} {its_id}"


@pytest.mark.parametrize("release", RELEASES)
def test_every_fact_of_a_released_log_can_be_read(release, empty):
    events = stored(release)
    empty.recorder.insert_events(events)
    facts = empty.select(1, 10_000)
    assert [type(fact).TOPIC for _, fact in facts] == [event.topic for event in events]
    for _, fact in facts:
        assert isinstance(fact.act, Act)
        for name, kind in (("position", Position), ("needs", Needs)):
            value = getattr(fact, name, None)
            assert value is None or isinstance(value, kind)


@pytest.mark.parametrize("release", RELEASES)
def test_no_released_topic_was_dropped(release):
    assert {event.topic for event in stored(release)} <= set(TOPICS)


@pytest.mark.parametrize("release", RELEASES)
def test_work_goes_on_after_an_old_log(release, empty):
    empty.recorder.insert_events(stored(release))
    stood = empty.position()
    unit = empty.unit("C1")
    assert isinstance(unit, Unit)
    ledger = empty.ledger(empty.hospital("cho-ray"), "EmergencyDepartment")
    assert ledger.free == 2
    assert empty.record(unit) == stood


def test_there_is_a_released_log():
    assert "v0_1" in RELEASES


def test_the_session_that_is_recorded_has_every_kind_of_fact():
    seen = {type(fact).TOPIC for _, fact in session().select(1, 10_000)}
    assert seen == set(TOPICS)
