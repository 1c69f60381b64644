"""What is written down names ids and kinds, never people."""

import io
import json
import logging

import pytest

from api.measure import FAULTS
from api.observe.logs import JsonLines, PlainLines, count_faults, discreet, of_fault, set_up_logs

SECRETS = ("Nguyễn Văn An", "0901234567", "12 Lê Lợi")


def a_row_fault():
    """As PostgreSQL refuses a row: it quotes all of it."""
    return RuntimeError(
        'new row for relation "calls" violates check constraint "calls_phone"\n'
        "DETAIL:  Failing row contains (Nguyễn Văn An, 0901234567, 12 Lê Lợi)."
    )


def a_caused_fault():
    try:
        try:
            raise KeyError("Nguyễn Văn An")
        except KeyError as inner:
            raise ValueError("invalid literal for int() with base 10: '12 Lê Lợi'") from inner
    except ValueError as fault:
        return fault


def written(formatter, *said, fault=None, extra=None):
    """What a record becomes on the terminal."""
    terminal = io.StringIO()
    handler = logging.StreamHandler(terminal)
    handler.setFormatter(formatter)
    logger = logging.Logger("vigil.test")
    logger.addHandler(handler)
    logger.error(*said, exc_info=fault, extra=extra)
    return terminal.getvalue()


@pytest.mark.parametrize("formatter", [PlainLines(), JsonLines()])
@pytest.mark.parametrize("fault", [a_row_fault(), a_caused_fault(), KeyError("0901234567 Nguyễn Văn An")])
def test_a_fault_is_written_without_what_it_quotes(formatter, fault):
    text = written(formatter, "An order failed", fault=fault)
    assert type(fault).__name__ in text
    assert "An order failed" in text
    for secret in SECRETS:
        assert secret not in text


@pytest.mark.parametrize(
    "said",
    [
        "call from 0901 234 567 failed",
        "call from 0901.234.567 failed",
        "call from +84901234567 failed",
        "call from 0901-234-567 failed",
        "(phone=0901234567)",
        "caller 'Nguyễn Văn An'",
        'caller "Nguyễn Văn An" and others',
        "{'phone': '0901234567', 'address': '12 Lê Lợi'}",
        "a name cut off 'Nguyễn Văn A",
        "first line\nNguyễn Văn An",
    ],
)
def test_telephone_numbers_and_quoted_words_are_blotted_out(said):
    for formatter in (PlainLines(), JsonLines()):
        text = written(formatter, "%s", said)
        assert "Nguyễn" not in text
        assert "Lê Lợi" not in text
        assert "234" not in text.partition("vigil.test")[2]


@pytest.mark.parametrize(
    "said",
    [
        "The views fell behind at 12345678; trying again",
        "order 61b9a0c4-0f98-41a8-bcf4-46a06d3df21b",
        "It doesn't follow, and the other doesn't either",
        "since 2026-11-22 03:28:53",
        "ReceiveCall: done",
    ],
)
def test_ids_places_in_the_log_and_dates_are_left(said):
    assert discreet(said) == said


def test_a_line_is_one_object_with_what_the_record_brings():
    facts = {"order": "ReceiveCall", "ms": 3.5, "refusal": None, "level": "no"}
    line = json.loads(written(JsonLines(), "%s", "ReceiveCall: done", extra={"facts": facts}))
    assert line["said"] == "ReceiveCall: done"
    assert line["order"] == "ReceiveCall"
    assert line["level"] == "error", "a fact cannot stand in the place of the record's own"
    assert line["at"].endswith("+00:00")
    assert "refusal" not in line


def test_a_fault_tells_where_it_was_and_what_caused_it():
    said = of_fault(a_caused_fault())
    assert said["kind"] == "ValueError"
    assert said["text"] == "invalid literal for int() with base 10: …"
    assert said["at"][-1].endswith("a_caused_fault")
    assert said["by"]["kind"] == "KeyError"


def test_records_of_trouble_are_counted_by_part_and_others_are_not():
    def counted():
        return FAULTS.labels("vigil.of_this_test")._value.get()

    before = counted()
    for level in (logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL):
        record = logging.LogRecord("vigil.of_this_test.deeper", level, "", 0, "x", None, None)
        assert count_faults(record)
    assert counted() == before + 2


def test_a_kafka_that_is_away_is_not_told_forty_times_a_second():
    root = logging.getLogger()
    before = list(root.handlers), root.level
    try:
        set_up_logs({})
        assert not logging.getLogger("aiokafka.producer.sender").isEnabledFor(logging.ERROR)
        assert logging.getLogger("vigil.kafka").isEnabledFor(logging.WARNING)
    finally:
        root.handlers[:], root.level = before
        logging.getLogger("aiokafka").setLevel(logging.NOTSET)
