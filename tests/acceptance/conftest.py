"""One running service for all acceptance tests; they speak to it over HTTP alone, as screens do."""

from collections.abc import Iterator

import httpx
import pytest

from tests.desk_work import DeskWork
from tests.server import Server, letter_town_ground, running_server


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Iterator[Server]:
    with running_server(letter_town_ground(), tmp_path_factory.mktemp("acceptance")) as server:
        with server.client() as client:
            DeskWork(client).everybody_on_duty()
        yield server


@pytest.fixture
def own_server(tmp_path) -> Iterator[Server]:
    """A service of the test's own, with an empty log: for what would disturb the others."""
    with running_server(letter_town_ground(), tmp_path / "data") as server:
        with server.client() as client:
            DeskWork(client).everybody_on_duty()
        yield server


@pytest.fixture(scope="session")
def shared_client(server) -> Iterator[httpx.Client]:
    with server.client() as client:
        yield client


@pytest.fixture
def desk(shared_client) -> Iterator[DeskWork]:
    """The dispatcher; what the test left under way is ended after it."""
    desk = DeskWork(shared_client)
    yield desk
    desk.clear_the_board()
