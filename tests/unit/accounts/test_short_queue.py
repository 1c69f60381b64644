import asyncio
import threading

import pytest

from api.accounts.errors import LoginBusy
from api.accounts.short_queue import ShortQueue

HERE = "10.0.0.1"


def test_no_more_work_at_once_than_there_are_desks():
    desk, lock = ShortQueue("desk", desks=2, queue=10, of_one_address=12), threading.Lock()
    busy, most = 0, 0

    def work() -> None:
        nonlocal busy, most
        with lock:
            busy += 1
            most = max(most, busy)
        threading.Event().wait(0.01)
        with lock:
            busy -= 1

    async def crowd() -> None:
        await asyncio.gather(*(desk.run(work, HERE) for _ in range(12)))

    asyncio.run(crowd())
    desk.close()
    assert most == 2


def test_a_full_queue_refuses_at_once_and_serves_again_later():
    desk, gate = ShortQueue("desk", desks=1, queue=1), threading.Event()

    async def crowd() -> None:
        waiting = [asyncio.create_task(desk.run(gate.wait, HERE)) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(LoginBusy) as refusal:
            await desk.run(gate.wait, HERE)
        assert refusal.value.facts == {"retry_after_s": 2}
        gate.set()
        assert await asyncio.gather(*waiting) == [True, True]
        assert await desk.run(gate.wait, HERE)

    asyncio.run(crowd())
    desk.close()


def test_somebody_who_leaves_the_queue_frees_the_place():
    desk, gate = ShortQueue("desk", desks=1, queue=1), threading.Event()

    async def crowd() -> None:
        served = asyncio.create_task(desk.run(gate.wait, HERE))
        leaver = asyncio.create_task(desk.run(gate.wait, HERE))
        await asyncio.sleep(0.01)
        leaver.cancel()
        with pytest.raises(asyncio.CancelledError):
            await leaver
        gate.set()
        assert await served
        for _ in range(5):
            assert await desk.run(gate.wait, HERE)

    asyncio.run(crowd())
    desk.close()


def test_a_failure_at_the_desk_reaches_the_one_who_asked():
    desk = ShortQueue("desk", desks=1, queue=0)

    async def ask() -> None:
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                await desk.run(lambda: 1 // 0, HERE)

    asyncio.run(ask())
    desk.close()


def test_one_address_leaves_places_to_the_others():
    desk, gate = ShortQueue("desk", desks=1, queue=5, of_one_address=2), threading.Event()

    async def crowd() -> None:
        mine = [asyncio.create_task(desk.run(gate.wait, "2001:db8::1")) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(LoginBusy):
            await desk.run(gate.wait, "2001:db8::2")  # the same household
        other = asyncio.create_task(desk.run(gate.wait, "10.0.0.2"))
        gate.set()
        assert await asyncio.gather(*mine, other) == [True] * 3
        assert await desk.run(gate.wait, "2001:db8::1")

    asyncio.run(crowd())
    desk.close()
    assert not desk._taken
