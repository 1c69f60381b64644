"""A storm in which somebody fell silent shows nothing, and says so."""

from tests.chaos.record import EMERGENCY, Heard, Record, silent
from tests.integration.api.storm import Order


def busy(*desks: int, promises: int = EMERGENCY) -> Record:
    order = Order("POST", "/calls", {}, ("Call.Received", "c"), {})
    return Record(promised=[Heard(desk, order, 0, 0, 0, 201, {}) for desk in desks for _ in range(promises)])


def test_all_at_work_is_well():
    assert [*silent(busy(0, 1), desks=2, pings=16, rained_s=20)] == []


def test_a_desk_that_died_of_an_exception_is_seen():
    record = busy(0, 1)

    def work() -> None:
        raise AssertionError("POST /calls: 500")

    thread = record.watched("desk 1", work)
    thread.start()
    thread.join(10)
    (fault,) = silent(record, desks=2, pings=16, rained_s=20)
    assert "desk 1 died" in fault
    assert "500" in fault


def test_a_desk_that_does_nothing_is_seen():
    (fault,) = silent(busy(0), desks=2, pings=16, rained_s=20)
    assert "desk 1" in fault


def test_a_desk_that_did_little_for_so_long_a_rain_is_seen():
    assert len([*silent(busy(0, 1, promises=99), desks=2, pings=1000, rained_s=1000)]) == 2


def test_crews_of_whom_nothing_is_heard_are_seen():
    (fault,) = silent(busy(0), desks=1, pings=0, rained_s=20)
    assert "0 positions" in fault
