"""A service with its crews on duty, and a dispatcher who leaves nothing under way, for fixtures."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.desk_work import DeskWork
from tests.server import Ground, Server, running_server


@contextmanager
def on_duty(ground: Ground, data: Path, also: tuple[str, ...] = ()) -> Iterator[Server]:
    """A service for as long as the context lasts."""
    with running_server(ground, data, also=also) as server:
        with server.client() as client:
            DeskWork(client).everybody_on_duty()
        yield server


@contextmanager
def desk_of(client: httpx.Client) -> Iterator[DeskWork]:
    """What is left under way is ended after it."""
    desk = DeskWork(client)
    yield desk
    desk.clear_the_board()
