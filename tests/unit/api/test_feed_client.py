"""What waits for one screen: positions give way first, facts last, and both are bounded."""

import asyncio

from api.accounts.roles import Account, Role
from api.feed import MOST_WAITING, Client


def a_screen():
    return Client(Account("lan", Role.DISPATCHER, None, None))


def taken(client):
    return asyncio.run(asyncio.wait_for(client.take(), 1))


def test_of_positions_only_the_newest_waits_and_no_fact_is_dropped_for_it():
    screen = a_screen()
    for second in range(600):
        screen.put(f"fact {second}")
        screen.put_positions(f"positions {second}")
    assert not screen.too_slow
    assert taken(screen) == [*(f"fact {second}" for second in range(600)), "positions 599"]


def test_positions_alone_never_make_a_screen_too_slow():
    screen = a_screen()
    for second in range(10 * MOST_WAITING):
        screen.put_positions(f"positions {second}")
    assert not screen.too_slow
    assert taken(screen) == [f"positions {10 * MOST_WAITING - 1}"]


def test_what_waits_is_bounded_and_then_the_screen_is_too_slow():
    screen = a_screen()
    for number in range(MOST_WAITING + 500):
        screen.put(f"fact {number}")
    assert screen.too_slow
    assert taken(screen) == [f"fact {number}" for number in range(MOST_WAITING)]
