"""What was sent is refused while the caller does other things: it hears why, and can go on."""

import time

import psycopg
import pytest
from psycopg.errors import InvalidTextRepresentation

from api.postgis_projector import connected
from projections.postgis.relations import Relations
from projections.postgis.sending import Sending
from projections.postgis.store import Overtaken
from tests.map_tables import emptied, map_database

SLOW, REFUSED, GOOD = (
    (b"SELECT pg_sleep(0.2)", ()),
    (b"SELECT 'no number'::int", ()),
    (b"SELECT 1", ()),
)
ELSEWHERE_S = 0.6
"""So long the caller folds: the refusal is there before anybody asks for the rest of the answer."""


@pytest.fixture(scope="module")
def address():
    with map_database() as made:
        yield made


@pytest.fixture
def connection(address):
    with connected(address) as connection:
        yield connection


@pytest.mark.parametrize("elsewhere_s", [0.0, ELSEWHERE_S])
def test_who_settles_hears_why_the_first_was_refused_and_not_that_the_rest_was_left_undone(
    connection, elsewhere_s
):
    sending = Sending(connection)
    sending.send([SLOW, REFUSED, GOOD])
    time.sleep(elsewhere_s)
    with pytest.raises(InvalidTextRepresentation):
        sending.settle()
    sending.send([GOOD])
    sending.settle()
    assert connection.execute("SELECT 7").fetchone() == (7,)


def test_who_is_overtaken_while_it_folds_the_next_batch_hears_just_that(address, connection):
    store = emptied(connection)
    with psycopg.connect(address.libpq) as another:
        # The write waits here. For a locked row it would not: a place that is NULL is refused before that.
        another.execute("LOCK TABLE vigil.tables_position IN EXCLUSIVE MODE")
        store.send(Relations({}), 40, 41)
    time.sleep(ELSEWHERE_S)
    with pytest.raises(Overtaken):
        store.settle()
    assert store.position == 0
