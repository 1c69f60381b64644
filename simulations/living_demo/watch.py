"""When to stop: somebody says so, the parent is gone, or the server has been silent for long."""

import asyncio
import os
import threading

from simulations.living_demo.client import Client

LOOK_S = 0.5
SERVER_GONE_S = 30.0


async def until_the_end(client: Client, stop: threading.Event, parent_pid: int | None) -> str:
    """Waits; answers why it is over. Everything is looked at twice a second."""
    adopted_by = os.getppid()
    while True:
        if stop.is_set():
            return "told to stop"
        if parent_pid is not None and not parent_lives(parent_pid, adopted_by):
            return f"parent {parent_pid} is gone"
        if client.silent_s > SERVER_GONE_S:
            return f"no answer for {client.silent_s:.0f} s"
        await asyncio.sleep(LOOK_S)


def parent_lives(parent_pid: int, first_parent: int) -> bool:
    """Whether the process that started us is still there.

    A dead parent may linger as a zombie that signals still reach; its children change hands at once.
    """
    if parent_pid == first_parent:
        return os.getppid() == parent_pid
    try:
        os.kill(parent_pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
