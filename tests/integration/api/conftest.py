"""One running service for the tests of this folder; a test that kills it starts its own."""

from collections.abc import Iterator

import httpx
import pytest

from tests.at_the_desk import desk_of, on_duty
from tests.desk_work import DeskWork
from tests.server import Server, letter_town_ground


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("shared-server")
    # Tests compare places in the log: nothing may be noted on what an earlier test left waiting.
    with on_duty(letter_town_ground(), data, also=("--arrivals", "none")) as server:
        yield server


@pytest.fixture
def own_server(tmp_path) -> Iterator[Server]:
    """A service of the test's own, with an empty log."""
    with on_duty(letter_town_ground(), tmp_path / "data") as server:
        yield server


@pytest.fixture(scope="session")
def shared_client(server) -> Iterator[httpx.Client]:
    with server.client() as client:
        yield client


@pytest.fixture
def desk(shared_client) -> Iterator[DeskWork]:
    with desk_of(shared_client) as desk:
        yield desk


@pytest.fixture
def nothing_stored(server) -> Iterator[None]:
    """Whatever happens in the test, the log must not have grown by it."""
    before = server.position()
    yield
    assert server.told_since(before) == [], "a refused order left something in the log"
