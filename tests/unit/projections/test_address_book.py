"""What happened near a place before, square by square."""

import pytest

from domain.values import Position
from projections.address_book import MOST, squares_around, told_in
from tests.histories import World
from tests.unit.projections.folding import views_of

HERE = Position(10.78, 106.7)


THERE = Position(10.76, 106.66)


@pytest.fixture
def world():
    return World()


def ids_around(world, place):
    views = views_of(world)
    books = [views.row("address_book", square) for square in squares_around(place)]
    return [its_id for book in books if book for _, its_id in told_in(book)]


def an_incident_at(world, place):
    world.wait(minutes=1)
    call = world.call(position=place)
    return str(world.open(call).id)


def test_the_newest_come_first_and_only_so_many_are_remembered(world):
    opened = [an_incident_at(world, HERE) for _ in range(MOST + 3)]
    assert ids_around(world, HERE) == opened[: -MOST - 1 : -1]
    assert ids_around(world, THERE) == []


def test_one_that_turns_out_to_be_elsewhere_is_found_there(world):
    moved = an_incident_at(world, HERE)
    incident = world.incidents[-1]
    incident.relocate(THERE, None, world.act())
    world.save(incident)
    assert ids_around(world, THERE) == [moved]


def test_a_place_at_the_edge_of_a_square_is_found_from_the_other_side():
    assert len(set(squares_around(HERE))) == 9
    beside = Position(HERE.lat - 1e-7, HERE.lon - 1e-7)
    assert set(squares_around(HERE)) & set(squares_around(beside))
    assert not set(squares_around(HERE)) & set(squares_around(Position(HERE.lat + 0.01, HERE.lon)))
