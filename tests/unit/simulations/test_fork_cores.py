"""Futures that are played side by side are told as if one had been played after the other."""

from threading import Barrier, Lock, get_ident

import pytest

from simulations.fork import look_ahead as looked
from simulations.fork.cores import AHEAD, cores, in_order
from simulations.fork.futures import draw
from simulations.fork.look_ahead import Going, late_calls, look_ahead
from tests.unit.simulations.forked_city import a_city, chequered, fork_of, square, unit, waits


def test_what_is_done_first_is_not_told_first():
    second_is_done = Barrier(2, timeout=10)

    def work(number: int) -> int:
        if number < 2:
            second_is_done.wait()  # the first two are under way together, or nothing goes on
        return number * number

    assert list(in_order(work, 50, 2)) == [number * number for number in range(50)]


@pytest.mark.parametrize(("count", "at_once"), [(0, 4), (1, 4), (5, 1)])
def test_one_alone_is_played_by_whoever_asks(count, at_once):
    assert set(in_order(lambda _: get_ident(), count, at_once)) <= {get_ident()}
    assert list(in_order(lambda number: number, count, at_once)) == list(range(count))


def test_who_has_enough_closes_and_few_were_played_in_vain():
    begun, gate = [], Lock()

    def work(number: int) -> int:
        with gate:
            begun.append(number)
        return number

    told = in_order(work, 1_000, 2)
    assert [next(told) for _ in range(20)] == list(range(20))
    told.close()
    assert len(begun) <= 20 + 2 * AHEAD


def test_what_goes_wrong_in_one_is_told_to_whoever_asks():
    def work(number: int) -> int:
        if number == 3:
            raise KeyError(number)
        return number

    told = in_order(work, 10, 2)
    assert [next(told) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(KeyError):
        next(told)


def test_a_look_ahead_on_several_cores_is_the_one_on_one_core(tmp_path, monkeypatch):
    units = [unit(f"C{n}", square(n % 9, n // 2), square(0, 0)) for n in range(1, 12)]
    begin = fork_of(a_city(tmp_path, 9), chequered(9), units, [waits("asked", "P2", square(4, 4))])
    futures, going = draw(begin, 40, 1.0, 8), [Going("C1", 60.0), Going("C11", 70.0)]
    found = []
    for count in (1, 2, 5):
        monkeypatch.setattr(looked, "cores", lambda count=count: count)
        found.append((look_ahead(futures, "asked", going), late_calls(futures)))
    assert found[0] == found[1] == found[2]
    assert found[0][0].calls > 0
    assert sum(found[0][1]) > 0
    assert cores() >= 1
