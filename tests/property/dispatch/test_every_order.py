"""The whole command set, in any order: what must hold on every shift, whatever people ask for.

`test_any_shift` knows the main orders well and has a second opinion of each; this one knows all of them and
judges by what the log says alone.
"""

from collections import Counter
from random import Random

import pytest
from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from tests.drawn.shift import COMMANDS, Shift

LONGEST = 32
"""Numbers an order is drawn from; those that are left out are taken from the beginning again."""


class EveryOrder(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.shift = Shift()

    @rule(
        which=st.integers(0, 999),
        numbers=st.lists(st.integers(0, 255), min_size=8, max_size=LONGEST),
    )
    def somebody_orders(self, which: int, numbers: list[int]) -> None:
        event(self.shift.order(which, numbers))

    def teardown(self) -> None:
        self.shift.end()


@pytest.mark.timeout(400)
class TestEveryOrder(EveryOrder.TestCase):
    settings = settings(max_examples=40, stateful_step_count=30, deadline=None)


@pytest.mark.slow
@pytest.mark.timeout(7200)
class TestTenThousandShifts(EveryOrder.TestCase):
    settings = settings(max_examples=10_000, stateful_step_count=40, deadline=None)


def shifts(count: int, orders: int) -> Counter[str]:
    """How often an order of each kind changed something, in so many shifts that are the same each time."""
    done: Counter[str] = Counter()
    for seed in range(count):
        chance, shift = Random(seed), Shift()
        for _ in range(orders):
            shift.order(chance.randrange(1000), [chance.randrange(256) for _ in range(LONGEST)])
        shift.end()
        done += shift.done
    return done


@pytest.mark.timeout(400)
def test_every_command_there_is_changes_something_in_a_few_shifts():
    done = shifts(60, 40)
    never = [kind.__name__ for kind in COMMANDS if not done[kind.__name__]]
    assert not never, f"never carried out: {', '.join(never)}; tests/drawn/ lacks words that make them fit"


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_every_command_there_is_changes_something_ten_times_in_three_hundred_shifts():
    done = shifts(300, 40)
    seldom = {kind.__name__: done[kind.__name__] for kind in COMMANDS if done[kind.__name__] < 10}
    assert not seldom
