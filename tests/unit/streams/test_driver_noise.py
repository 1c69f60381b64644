"""What the Kafka driver says of a broker that is away must not hide what else it says."""

import logging
import threading
from collections.abc import Iterator
from uuid import uuid4

import pytest
from aiokafka.errors import NodeNotReadyError, TopicAuthorizationFailedError

from api.observe.logs import set_up_logs
from api.streams.driver_noise import Folding, fold_driver_noise

FETCHER = logging.getLogger("aiokafka.consumer.fetcher")


class Lines(logging.Handler):
    def __init__(self, folding: Folding) -> None:
        super().__init__()
        self.said: list[tuple[int, str]] = []
        self.addFilter(folding)

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append((record.levelno, record.getMessage()))


@pytest.fixture
def folding() -> Folding:
    return Folding(every_s=3600)


@pytest.fixture
def lines(folding: Folding) -> Iterator[Lines]:
    root, driver, lines = logging.getLogger(), logging.getLogger("aiokafka"), Lines(folding)
    level, drivers = root.level, driver.level
    root.addHandler(lines)
    root.setLevel(logging.INFO)
    driver.setLevel(logging.WARNING)
    yield lines
    root.removeHandler(lines)
    root.setLevel(level)
    driver.setLevel(drivers)


def fail(times: int, first: int = 1) -> None:
    for node in range(first, first + times):
        FETCHER.error("Failed fetch messages from %s: %s", node, NodeNotReadyError("not ready"))


def test_a_thousand_attempts_are_one_sentence_and_a_count(folding: Folding, lines: Lines):
    fail(1000)
    assert lines.said == [(logging.ERROR, "Failed fetch messages from 1: NodeNotReadyError: not ready")]
    folding.tell()
    ((level, said),) = lines.said[1:]
    assert level == logging.ERROR
    assert said.startswith("999 times more in 3600 s, aiokafka.consumer.fetcher: Failed fetch")


def test_another_fault_amid_the_noise_is_said_at_once(lines: Lines):
    fail(50)
    FETCHER.error("Failed fetch messages from %s: %s", 1, TopicAuthorizationFailedError("vigil.pings"))
    FETCHER.warning("Failed fetch messages from %s: %s", 1, NodeNotReadyError("not ready"))
    assert len(lines.said) == 3


def test_what_goes_on_is_counted_again_and_what_ended_is_new_the_next_time(folding: Folding, lines: Lines):
    fail(3)
    folding.tell()
    fail(2)
    folding.tell()
    assert [said.partition(" ")[0] for _, said in lines.said] == ["Failed", "2", "2"]
    folding.tell()
    fail(1)
    assert lines.said[-1][1].startswith("Failed")


def test_another_number_is_told_within_a_minute_though_nothing_else_is_new(folding: Folding, lines: Lines):
    for partition in (2, 7, 7, 9):
        FETCHER.error("Offset of partition %s lost", partition)
    assert [said for _, said in lines.said] == ["Offset of partition 2 lost"]
    folding.tell()
    (_, said) = lines.said[-1]
    assert said.startswith("3 times more")
    assert said.endswith("Offset of partition 7 lost; Offset of partition 9 lost")


def test_of_a_thousand_numbers_the_count_tells_the_first_few_and_the_newest(folding: Folding, lines: Lines):
    fail(1000)
    folding.tell()
    told = lines.said[-1][1].partition("fetcher: ")[2].split("; ")
    assert [each.split(":")[0].rpartition(" ")[2] for each in told] == ["2", "3", "4", "5", "1000"]


def test_an_id_is_a_number_too(folding: Folding, lines: Lines):
    for _ in range(100):
        FETCHER.warning("Heartbeat failed: member aiokafka-0.14-%s is unknown", uuid4())
    FETCHER.warning("Heartbeat failed: member nobody is unknown")
    assert len(lines.said) == 2
    folding.tell()
    assert lines.said[-1][1].startswith("99 times more")


def test_a_minute_in_which_nothing_came_again_ends_the_counting_and_the_next_noise_begins_it_anew():
    begun = []

    class Counted(Folding):
        def _later(self) -> None:
            begun.append(len(begun))

    folding = Counted(3600)
    said = logging.LogRecord("aiokafka", logging.ERROR, "", 0, "away", (), None)
    assert folding.filter(said)
    folding.tell()
    assert len(begun) == 1
    assert [folding.filter(said), folding.filter(said)] == [True, False]
    assert len(begun) == 2
    folding.tell()
    assert len(begun) == 3, "what was told of may come again, and is counted"


def test_what_others_say_is_never_folded(lines: Lines):
    for _ in range(3):
        logging.getLogger("vigil.streams").warning("The same again")
    assert len(lines.said) == 3


def test_the_count_comes_by_itself(lines: Lines):
    lines.filters[:] = [Folding(every_s=0.05)]
    came = threading.Event()
    log = logging.getLogger("vigil.streams")
    watch = logging.Filter()
    watch.filter = lambda record: came.set() or True  # type: ignore[method-assign,func-returns-value]
    log.addFilter(watch)
    try:
        fail(3)
        assert came.wait(5)
    finally:
        log.removeFilter(watch)


def test_noise_is_folded_before_faults_are_counted():
    root = logging.getLogger()
    before = list(root.handlers)
    try:
        set_up_logs({})
        fold_driver_noise()
        (handler,) = root.handlers
        assert isinstance(handler.filters[0], Folding)
    finally:
        root.handlers[:] = before
        root.setLevel(logging.WARNING)
