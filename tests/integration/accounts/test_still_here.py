"""Open screens are told that their session is over, and the book is asked once for all of them."""

import asyncio
from contextlib import suppress

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from api.accounts import still_here
from api.accounts.bell import Bell
from api.accounts.roles import Account, Role
from api.accounts.still_here import StillHere

SCREENS = 300
LAN = Account("lan", Role.DISPATCHER)


@pytest.fixture(autouse=True)
def often(monkeypatch):
    monkeypatch.setattr(still_here, "EVERY_S", 0.1)


@pytest.fixture
def asked(store):
    """Every question to the book."""
    questions = []

    def note(connection, cursor, statement, *_):
        if statement.startswith("SELECT"):
            questions.append(statement)

    event.listen(store._engine, "before_cursor_execute", note)
    yield questions
    event.remove(store._engine, "before_cursor_execute", note)


@pytest.fixture
def tokens(store):
    return [store.sign_in("lan", "a good password", "here").token for _ in range(SCREENS)]


async def until(condition):
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.01)


async def leave(screens):
    for screen in screens:
        screen.cancel()
    await asyncio.gather(*screens, return_exceptions=True)


def test_three_hundred_screens_are_one_question_a_round(store, tokens, asked):
    async def watch():
        screens = [asyncio.create_task(store.still_here.until_over(token, LAN)) for token in tokens]
        await asyncio.sleep(0)
        asked.clear()
        await until(lambda: len(asked) >= 3)
        assert len(asked) < 10, "each screen asks for itself"
        assert not any(screen.done() for screen in screens)
        await leave(screens)
        told = len(asked)
        await asyncio.sleep(0.4)
        assert len(asked) <= told + 1, "nobody waits, and the book is asked all the same"

    asyncio.run(watch())


def test_only_those_whose_session_ended_are_told_and_at_once(store, tokens, monkeypatch):
    monkeypatch.setattr(still_here, "EVERY_S", 60.0)

    async def watch():
        screens = {
            token: asyncio.create_task(store.still_here.until_over(token, LAN)) for token in tokens[:5]
        }
        second_window = asyncio.create_task(store.still_here.until_over(tokens[2], LAN))
        await asyncio.sleep(0.05)
        await asyncio.to_thread(store.sign_out, tokens[2])
        await until(lambda: screens[tokens[2]].done() and second_window.done())
        assert [screen.done() for screen in screens.values()] == [False, False, True, False, False]
        await leave(screens.values())

    asyncio.run(watch())


def test_a_screen_opened_for_another_role_is_told_that_it_is_over(store, tokens):
    supervisor = Account("lan", Role.SUPERVISOR)

    async def watch():
        as_before = asyncio.create_task(store.still_here.until_over(tokens[0], LAN))
        demoted = asyncio.create_task(store.still_here.until_over(tokens[0], supervisor))
        await until(demoted.done)
        assert not as_before.done()
        await leave([as_before])

    asyncio.run(watch())


def test_a_session_that_is_looked_at_all_day_lives_to_its_last_hour(store, clock):
    token = store.sign_in("lan", "a good password", "here").token

    async def watch():
        screen = asyncio.create_task(store.still_here.until_over(token, LAN))
        for _ in range(23):
            clock.pass_by(minutes=60)
            await asyncio.sleep(0.15)
            assert not screen.done()
        clock.pass_by(minutes=61)
        await until(screen.done)

    asyncio.run(watch())


def test_a_ring_while_the_book_is_asked_is_heard():
    bell, over = Bell(), []

    def living(tokens):
        if not over:
            over.append("rung")
            bell.ring()
            return dict.fromkeys(tokens, LAN)
        return {}

    async def watch():
        screen = asyncio.create_task(StillHere(living, bell).until_over("t", LAN))
        await asyncio.sleep(0.05)
        bell.ring()
        await asyncio.wait_for(screen, 5)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(still_here, "EVERY_S", 60.0)
        asyncio.run(watch())


def test_a_book_that_cannot_be_read_signs_nobody_out():
    rounds = []

    def locked(tokens):
        rounds.append(tokens)
        raise OperationalError("SELECT", {}, Exception("locked"))

    async def watch():
        screen = asyncio.create_task(StillHere(locked, Bell()).until_over("t", LAN))
        await until(lambda: len(rounds) >= 3)
        assert not screen.done()
        screen.cancel()
        with suppress(asyncio.CancelledError):
            await screen

    asyncio.run(watch())
