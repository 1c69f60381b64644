"""Questions about places where PostGIS is away, behind or slow: memory answers, or a sentence, in time."""

import time
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from api.near import ask
from api.postgres.address import Address
from api.spoken_fault import SpokenFault
from domain.values import Position
from projections.memory import MemoryViews
from projections.spatial import Near, SpatialInMemory
from tests.map_tables import map_database
from tests.server import free_port

HERE = Position(10.77, 106.7)
INCIDENT = {
    "id": "1",
    "position": {"lat": HERE.lat, "lon": HERE.lon},
    "opened_at": "2026-03-02T05:00:00+00:00",
}


@dataclass
class Keeping:
    """How far the tables are, as a keeper tells."""

    working: bool = True
    reached: bool = True
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def projector(self) -> "Keeping":
        return self

    def wait_for(self, seq: int, timeout_s: float) -> bool:
        return self.reached


def a_centre(database: Address | None, maps: Keeping | None) -> Any:
    return SimpleNamespace(
        maps=maps,
        stores=SimpleNamespace(database=database),
        views=MemoryViews(),
        picture=SimpleNamespace(units_now=list),
    )


def nearest(places):
    return places.nearest("incidents", HERE, 1)


@pytest.fixture(scope="module")
def database():
    with map_database() as address:
        yield address


def test_tables_that_show_what_the_desks_see_answer(database):
    assert ask(a_centre(database, Keeping()), [INCIDENT], nearest) == ([], "postgis")


@pytest.mark.parametrize(
    "maps", [Keeping(working=False), Keeping(reached=False), Keeping(faults={"position keeper": "away"})]
)
def test_where_the_tables_are_behind_memory_answers(database, maps):
    assert ask(a_centre(database, maps), [INCIDENT], nearest) == ([Near("1", 0.0)], "memory")


def test_where_the_server_is_away_memory_answers_within_seconds():
    away = Address("127.0.0.1", free_port(), "vigil", "vigil")
    began = time.monotonic()
    assert ask(a_centre(away, Keeping()), [INCIDENT], nearest) == ([Near("1", 0.0)], "memory")
    assert time.monotonic() - began < 5


def test_a_question_that_takes_too_long_is_cut_off_with_a_sentence(database):
    def slow(places):
        assert not isinstance(places, SpatialInMemory)
        places._connection.execute("SELECT pg_sleep(20)")

    began = time.monotonic()
    with pytest.raises(SpokenFault, match="too long") as fault:
        ask(a_centre(database, Keeping()), (), slow)
    assert fault.value.status_code == 503
    assert time.monotonic() - began < 8


def test_a_question_can_change_nothing(database):
    def meddling(places):
        if not isinstance(places, SpatialInMemory):
            places._connection.execute("DELETE FROM vigil.hospitals")
        return nearest(places)

    assert ask(a_centre(database, Keeping()), [INCIDENT], meddling)[1] == "memory"
