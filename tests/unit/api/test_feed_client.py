"""What waits for one screen: positions give way first, facts last, and both are bounded."""

import asyncio

import pytest

from api.accounts.roles import Account, Role
from api.feed import MOST_WAITING, Client
from api.routers.live import _hand_on


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


def test_a_screen_that_fell_behind_amid_what_it_took_is_let_go_there_and_told_nothing_after_a_gap():
    screen, told = a_screen(), []
    for number in range(100):
        screen.put(f"fact {number}")

    async def slowly(text):
        told.append(text)
        if len(told) == 10:  # meanwhile more came than may wait
            for number in range(100, 200 + MOST_WAITING):
                screen.put(f"fact {number}")

    with pytest.raises(TimeoutError):
        asyncio.run(asyncio.wait_for(_hand_on(screen, 0, slowly), 5))
    assert told == [f"fact {number}" for number in range(10)]


def test_a_screen_that_keeps_up_is_told_all_in_order():
    screen, told = a_screen(), []

    async def send(text):
        told.append(text)
        if len(told) < 3 * MOST_WAITING:
            screen.put(f"fact {len(told)}")

    screen.put("fact 0")
    with pytest.raises(asyncio.TimeoutError):  # it waits for more
        asyncio.run(asyncio.wait_for(_hand_on(screen, 0, send), 2))
    assert told == [f"fact {number}" for number in range(3 * MOST_WAITING)]
