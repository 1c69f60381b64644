"""The log for one writer: the same promises as the live one, without letters between."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from dispatch.application import DispatchLog, memory_log, sqlite_log
from dispatch.faults import IntegrityError
from domain.unit import Unit
from domain.values import Act, Duty
from simulations.full.fingerprint import fingerprint
from simulations.full.kept_log import KeptLog
from simulations.full.quick_log import QuickLog

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


def act(number: int) -> Act:
    its_id = UUID(int=number)
    return Act(NOON, NOON, "test", its_id, its_id)


def kept_log() -> KeptLog:
    return KeptLog(memory_log())


@pytest.fixture(params=[QuickLog, memory_log, kept_log], ids=["quick", "live", "kept"])
def log(request, monkeypatch):
    """The one that is kept puts each fact in letters as soon as the next comes."""
    monkeypatch.setattr("simulations.full.kept_log.PIECE", 1)
    return request.param()


def a_unit() -> Unit:
    return Unit(callsign="A12", kind="van", capabilities=("BLS",), station_id="a", act=act(1))


def test_what_is_recorded_is_fetched_and_read_in_order(log):
    assert log.record(a_unit()) == 1
    unit = log.unit("A12")
    unit.sign(Duty.ON_DUTY, None, act(2))
    assert log.record(unit) == log.position() == 2
    assert log.unit("A12").duty == Duty.ON_DUTY
    assert [(seq, type(fact)) for seq, fact in log.select(1, 10)] == [
        (1, Unit.Commissioned),
        (2, Unit.WentOnDuty),
    ]
    assert [seq for seq, _ in log.select(2, 1)] == [2]
    assert [seq for seq, _ in log.select(1, 10, stop=1)] == [1]
    assert log.select(1, 0) == log.select(3, 5) == []


def test_what_was_changed_and_not_recorded_never_happened(log):
    log.record(a_unit())
    log.unit("A12").sign(Duty.ON_DUTY, None, act(2))
    assert log.unit("A12").duty != Duty.ON_DUTY
    assert log.position() == 1


def test_whoever_read_before_somebody_else_wrote_is_turned_away_and_nothing_is_kept(log):
    log.record(a_unit())
    late = log.unit("A12")
    late.sign(Duty.ON_DUTY, None, act(2))
    first = log.unit("A12")
    first.sign(Duty.ON_DUTY, None, act(3))
    log.record(first)
    other = Unit(callsign="A13", kind="van", capabilities=("BLS",), station_id="a", act=act(4))
    with pytest.raises(IntegrityError):
        log.record(other, late)
    assert log.position() == 2
    assert log.find(Unit, Unit.create_id("A13")) is None


def test_an_id_that_is_taken_is_taken(log):
    log.record(a_unit())
    with pytest.raises(IntegrityError):
        log.record(a_unit())


def test_a_quick_log_goes_into_a_file_as_it_stands(tmp_path):
    quick = QuickLog()
    quick.record(a_unit())
    unit = quick.unit("A12")
    unit.sign(Duty.ON_DUTY, None, act(2))
    quick.record(unit)
    kept = sqlite_log(str(tmp_path / "night.sqlite"))
    assert quick.write_to(kept) == 2
    assert fingerprint(kept) == fingerprint(quick)
    assert kept.unit("A12").duty == Duty.ON_DUTY
    kept.close()


def told(log: DispatchLog, start: int, limit: int, stop: int | None) -> list[object]:
    """Where each fact is, and what it says in letters: who reads it again holds lists for tuples."""
    mapper = memory_log().mapper
    return [(seq, mapper.to_stored_event(fact)) for seq, fact in log.select(start, limit, stop)]


def test_facts_in_letters_are_read_in_order_before_and_after_they_are_written(monkeypatch):
    monkeypatch.setattr("simulations.full.kept_log.PIECE", 2)
    plain, kept = QuickLog(), kept_log()
    for log in (plain, kept):
        log.record(a_unit())
        for number in range(2, 8):
            unit = log.unit("A12")
            unit.sign(Duty.ON_DUTY if number % 2 == 0 else Duty.OFF_DUTY, None, act(number))
            log.record(unit)
    assert kept.store.position() == 0
    for _ in ("in letters", "written"):
        for start, limit, stop in (
            (1, 100, None),
            (3, 2, None),
            (5, 9, 6),
            (7, 3, None),
            (8, 1, None),
            (2, 0, None),
            (7, 3, 2),
            (-3, 5, None),
        ):
            assert told(kept, start, limit, stop) == told(plain, start, limit, stop)
        kept.unit("A12").sign(Duty.OUT_OF_SERVICE, "washing", act(9))  # and it is not recorded
        assert kept.unit("A12").duty == plain.unit("A12").duty == Duty.OFF_DUTY
        assert kept.keep() == kept.store.position() == kept.position() == 7
    assert fingerprint(kept) == fingerprint(plain)
