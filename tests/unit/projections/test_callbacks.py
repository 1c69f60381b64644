"""Whom nobody answered, one row a number."""

import pytest

from projections.callbacks import KEPT, Callbacks
from tests.histories import World
from tests.unit.projections.folding import views_of

NUMBER = "+84900000002"


@pytest.fixture
def world():
    return World()


def row(world):
    (found,) = views_of(world).rows("callbacks")
    return found


def test_several_misses_of_a_number_are_one_entry_that_a_call_settles(world):
    for _ in range(3):
        world.wait(minutes=1)
        world.miss()
    assert (row(world)["status"], len(row(world)["misses"]), row(world)["phone"]) == ("open", 3, NUMBER)
    world.call_back(NUMBER, settles=False)
    assert (row(world)["status"], row(world)["tries"], row(world)["outcome"]) == ("open", 1, "no_answer")
    world.wait(minutes=1)
    world.ring()
    settled = row(world)
    assert (settled["status"], settled["settled_by"], settled["total"]) == ("settled", "call", 3)


def test_a_new_miss_after_that_begins_a_new_round(world):
    world.miss()
    world.call_back(NUMBER, settles=False)
    world.call_back(NUMBER, settles=True)
    assert row(world)["settled_by"] == "call_back"
    world.wait(minutes=1)
    world.miss()
    again = row(world)
    assert (again["status"], again["tries"], len(again["misses"]), again["total"]) == ("open", 0, 1, 2)


def test_who_was_never_missed_has_no_row(world):
    world.ring()
    assert views_of(world).rows("callbacks") == []


def test_of_too_many_rows_the_oldest_settled_leave_and_none_that_waits():
    def a_row(i, status):
        return {"id": f"{i}", "status": status, "settled_at": f"{i:05}" if status == "settled" else None}

    rows = [a_row(i, "settled" if i % 2 else "open") for i in range(KEPT + 2)]
    gone = set(Callbacks().forgotten(rows))
    assert all(each["status"] == "settled" for each in rows if each["id"] in gone)
    assert 0 < len(gone) < len(rows) / 2
    assert "1" in gone
