"""One running service for all acceptance tests; they speak to it over HTTP alone, as screens do."""

from collections.abc import Iterator

import httpx
import pytest

from tests.at_the_desk import desk_of, on_duty
from tests.desk_work import DeskWork
from tests.quick_city import quick
from tests.server import Server, letter_town_ground, running_server
from tests.tight_city import tight
from tests.ward_city import wards
from tests.ward_work import WardWork


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Iterator[Server]:
    with on_duty(letter_town_ground(), tmp_path_factory.mktemp("acceptance")) as server:
        yield server


@pytest.fixture
def own_server(tmp_path) -> Iterator[Server]:
    """A service of the test's own, with an empty log: for what would disturb the others."""
    with on_duty(letter_town_ground(), tmp_path / "data") as server:
        yield server


@pytest.fixture
def own_desk(own_server) -> Iterator[DeskWork]:
    """The dispatcher there; for one, nobody has told yet where any unit is."""
    with own_server.client() as client:
        yield DeskWork(client)


@pytest.fixture(scope="session")
def shared_client(server) -> Iterator[httpx.Client]:
    with server.client() as client:
        yield client


@pytest.fixture
def desk(shared_client) -> Iterator[DeskWork]:
    """The dispatcher; what the test left under way is ended after it."""
    with desk_of(shared_client) as desk:
        yield desk


@pytest.fixture(scope="session")
def quick_server(tmp_path_factory) -> Iterator[Server]:
    """A service whose city waits for nothing: see `tests.quick_city`."""
    folder = tmp_path_factory.mktemp("quick")
    with on_duty(quick(letter_town_ground(), folder), folder / "data") as server:
        yield server


@pytest.fixture
def quick_desk(quick_server) -> Iterator[DeskWork]:
    with quick_server.client() as client, desk_of(client) as desk:
        yield desk


@pytest.fixture(scope="session")
def tight_server(tmp_path_factory) -> Iterator[Server]:
    """A service in whose city a few streets are far: see `tests.tight_city`."""
    folder = tmp_path_factory.mktemp("tight")
    with running_server(tight(letter_town_ground(), folder), folder / "data") as server:
        yield server


@pytest.fixture
def tight_desk(tight_server) -> Iterator[DeskWork]:
    with tight_server.client() as client, desk_of(client) as desk:
        yield desk


@pytest.fixture(scope="session")
def ward_server(tmp_path_factory) -> Iterator[Server]:
    """A service whose hospitals the tests fill, close and empty as they like: see `tests.ward_city`."""
    folder = tmp_path_factory.mktemp("wards")
    with on_duty(wards(letter_town_ground(), folder), folder / "data") as server:
        yield server


@pytest.fixture
def ward_desk(ward_server) -> Iterator[WardWork]:
    """Every hospital counts a quiet day before the test; what the test left under way is ended after it."""
    with ward_server.client("supervisor") as client:
        desk = WardWork(client)
        desk.quiet_day()
        yield desk
        desk.clear_the_board()


@pytest.fixture(scope="module")
def fleet_server(tmp_path_factory) -> Iterator[Server]:
    """For a file whose tests place the whole fleet: nobody else's units stand about in it."""
    with on_duty(letter_town_ground(), tmp_path_factory.mktemp("fleet")) as server:
        yield server


@pytest.fixture
def fleet_desk(fleet_server) -> Iterator[DeskWork]:
    with fleet_server.client() as client, desk_of(client) as desk:
        yield desk
