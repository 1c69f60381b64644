"""Letting go of a broker that is away ends nothing but the reader."""

import asyncio

from api.streams.leaving import leave_reader


class Reader:
    def __init__(self, end):
        self._end = end

    async def stop(self):
        await self._end()


async def _cancels_itself():
    raise asyncio.CancelledError


async def _breaks():
    raise OSError("gone")


async def _hangs():
    await asyncio.sleep(60)


def leave(end):
    async def leaving():
        await asyncio.wait_for(leave_reader(Reader(end), 0.05), 5)
        return "went on"

    return asyncio.run(leaving())


def test_an_end_that_is_cancelled_from_within_does_not_cancel_who_waits():
    assert leave(_cancels_itself) == "went on"


def test_an_end_that_fails_or_hangs_holds_nobody_up():
    assert leave(_breaks) == "went on"
    assert leave(_hangs) == "went on"
