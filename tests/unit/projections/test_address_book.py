"""What happened near a place before, square by square."""

from itertools import permutations

import pytest

from domain.values import Position
from projections.address_book import ALL, DANGEROUS, MOST, NOTED, AddressBook, squares_around, told_in
from tests.histories import World
from tests.unit.projections.folding import views_of

HERE = Position(10.78, 106.7)


THERE = Position(10.76, 106.66)


@pytest.fixture
def world():
    return World()


def ids_around(world, place, part=ALL):
    views = views_of(world)
    books = [views.row("address_book", square) for square in squares_around(place)]
    return [its_id for book in books if book for _, its_id in told_in(book, part)]


def an_incident_at(world, place):
    world.wait(minutes=1)
    call = world.call(position=place)
    return str(world.open(call).id)


def a_danger_at(world, place, danger="Chủ nhà cầm dao"):
    its_id = an_incident_at(world, place)
    incident = world.incidents[-1]
    incident.tell_danger(danger, world.act())
    world.save(incident)
    return its_id


def test_the_newest_come_first_and_only_so_many_are_remembered(world):
    opened = [an_incident_at(world, HERE) for _ in range(MOST[ALL] + 3)]
    assert ids_around(world, HERE) == opened[: -MOST[ALL] - 1 : -1]
    assert ids_around(world, THERE) == []


def test_one_that_turns_out_to_be_elsewhere_is_found_there(world):
    moved = an_incident_at(world, HERE)
    incident = world.incidents[-1]
    incident.relocate(THERE, None, world.act())
    world.save(incident)
    assert ids_around(world, THERE) == [moved]


def test_no_number_of_dull_ones_pushes_out_a_note_and_no_number_of_notes_a_danger(world):
    knife = a_danger_at(world, HERE)
    dog = an_incident_at(world, HERE)
    world.note(world.incidents[-1], "Chó dữ")
    for _ in range(MOST[ALL] + 1):
        an_incident_at(world, HERE)
    assert not {knife, dog} & set(ids_around(world, HERE))
    assert ids_around(world, HERE, NOTED) == [dog]
    for _ in range(MOST[NOTED] + 1):
        an_incident_at(world, HERE)
        world.note(world.incidents[-1], "Gọi trước")
    assert len(ids_around(world, HERE, NOTED)) == MOST[NOTED]
    assert ids_around(world, HERE, DANGEROUS) == [knife]


def test_what_is_remembered_goes_along_to_where_the_incident_turns_out_to_be(world):
    moved = a_danger_at(world, HERE)
    incident = world.incidents[-1]
    world.note(incident)
    incident.relocate(THERE, None, world.act())
    world.save(incident)
    assert ids_around(world, THERE, NOTED) == ids_around(world, THERE, DANGEROUS) == [moved]


def test_a_second_note_and_a_danger_that_is_over_are_no_news_for_the_book(world):
    its_id = a_danger_at(world, HERE)
    incident = world.incidents[-1]
    world.note(incident)
    before = views_of(world).rows("address_book")
    incident.tell_danger(None, world.act())
    world.save(incident)
    world.note(incident)
    assert views_of(world).rows("address_book") == before
    assert ids_around(world, HERE, DANGEROUS) == [its_id]


def test_in_whatever_order_it_is_told_the_same_is_remembered(world, monkeypatch):
    monkeypatch.setitem(MOST, ALL, 1)
    monkeypatch.setitem(MOST, DANGEROUS, 2)
    for _ in range(3):
        a_danger_at(world, HERE)
    world.note(world.incidents[0])
    facts = [fact for _, fact in world.log if type(fact).__name__ in ("Opened", "Remembered")]
    facts = [fact for fact in facts if hasattr(fact, "position")]
    assert len(facts) == 7
    found = set()
    for order in permutations(facts):
        book, row = AddressBook(), None
        for seq, fact in enumerate(order, 1):
            row = book.fold(book.keys(fact)[0], row, fact, seq)
        found.add(str(sorted((name, told) for name, told in row.items() if name != "seq")))
    assert len(found) == 1


def test_a_place_at_the_edge_of_a_square_is_found_from_the_other_side():
    assert len(set(squares_around(HERE))) == 9
    beside = Position(HERE.lat - 1e-7, HERE.lon - 1e-7)
    assert set(squares_around(HERE)) & set(squares_around(beside))
    assert not set(squares_around(HERE)) & set(squares_around(Position(HERE.lat + 0.01, HERE.lon)))
