"""A desk has one look ahead under way, a server few: nobody's order waits for them."""

from contextlib import ExitStack
from threading import Event, Thread

import pytest

from api.look_ahead import AT_ONCE, Turns
from domain.choosing_errors import LookAheadsBusy, LookAheadUnderWay


def test_a_desk_asks_one_question_at_a_time_and_may_ask_again_when_it_is_answered():
    turns = Turns()
    with turns.taken_by("an"), pytest.raises(LookAheadUnderWay), turns.taken_by("an"):
        pytest.fail("a second one was let in")
    with turns.taken_by("an"):
        pass


def test_a_question_that_fails_gives_its_place_back():
    turns = Turns()
    with pytest.raises(KeyError), turns.taken_by("an"):
        raise KeyError
    with turns.taken_by("an"):
        pass


def test_few_stand_in_line_and_one_is_reckoned_at_a_time():
    turns, go, inside, came = Turns(), Event(), [], Event()

    def ask(desk):
        with turns.taken_by(desk):
            inside.append(desk)
            came.set()
            go.wait(10)
            assert len(inside) == 1 or desk == inside[-1]

    asking = [Thread(target=ask, args=(f"desk {i}",)) for i in range(AT_ONCE)]
    for each in asking:
        each.start()
    assert came.wait(10)
    while len(turns._asking) < AT_ONCE:  # all stand in line by now, or will at once
        pass
    assert len(inside) == 1
    with ExitStack() as more, pytest.raises(LookAheadsBusy):
        more.enter_context(turns.taken_by("one more"))
    go.set()
    for each in asking:
        each.join(10)
    assert sorted(inside) == [f"desk {i}" for i in range(AT_ONCE)]
