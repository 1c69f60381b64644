import asyncio
import threading

import pytest

from api.accounts.errors import LoginBusy
from api.accounts.hash_desk import HashDesk


def test_no_more_work_at_once_than_there_are_desks():
    desk, lock = HashDesk(desks=2, queue=10), threading.Lock()
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
        await asyncio.gather(*(desk.run(work) for _ in range(12)))

    asyncio.run(crowd())
    desk.close()
    assert most == 2


def test_a_full_queue_refuses_at_once_and_serves_again_later():
    desk, gate = HashDesk(desks=1, queue=1), threading.Event()

    async def crowd() -> None:
        waiting = [asyncio.create_task(desk.run(gate.wait)) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(LoginBusy) as refusal:
            await desk.run(gate.wait)
        assert refusal.value.facts == {"retry_after_s": 2}
        gate.set()
        assert await asyncio.gather(*waiting) == [True, True]
        assert await desk.run(gate.wait)

    asyncio.run(crowd())
    desk.close()


def test_somebody_who_leaves_the_queue_frees_the_place():
    desk, gate = HashDesk(desks=1, queue=1), threading.Event()

    async def crowd() -> None:
        served = asyncio.create_task(desk.run(gate.wait))
        leaver = asyncio.create_task(desk.run(gate.wait))
        await asyncio.sleep(0.01)
        leaver.cancel()
        with pytest.raises(asyncio.CancelledError):
            await leaver
        gate.set()
        assert await served
        for _ in range(5):
            assert await desk.run(gate.wait)

    asyncio.run(crowd())
    desk.close()


def test_a_failure_at_the_desk_reaches_the_one_who_asked():
    desk = HashDesk(desks=1, queue=0)

    async def ask() -> None:
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                await desk.run(lambda: 1 // 0)

    asyncio.run(ask())
    desk.close()
