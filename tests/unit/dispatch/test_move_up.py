"""Standby posts on cells that can be counted by eye, and any town against trying out every move."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.policies.coverage import Standing
from dispatch.policies.move_up import Movable, MoveUpRules, PostCell, moves
from domain.coverage import NO_WAY_S
from tests.cover_twin import cells_of, expected, times_of

# Two towns of two cells each, 60 s inside, 600 s between them.
NEAR, FAR = 60, 600
TOWNS = {
    "van": times_of(
        cells_of((0.3, 0.2, 0.4, 0.1)),
        [[0, NEAR, FAR, FAR], [NEAR, 0, FAR, FAR], [FAR, FAR, 0, NEAR], [FAR, FAR, NEAR, 0]],
    )
}
POSTS = [PostCell("west", 0), PostCell("east", 2)]
RULES = MoveUpRules(least_gain=0.01)


def a_van(callsign, cell, **facts):
    return Movable(Standing(callsign, "van", cell), facts.pop("here", cell), **facts)


def proposed(fleet, rules=RULES, posts=POSTS, q=0.5):
    return moves(TOWNS, fleet, posts, rules, limit_s=120.0, busy_fraction=q)


def test_of_two_units_in_one_town_one_is_sent_to_the_other():
    (move,) = proposed([a_van("C1", 0), a_van("C2", 1)])
    assert (move.callsign, move.post_id) == ("C1", "east")
    # Leaving: 0.5 x (0.5 x 0.5); arriving: 0.5 x 0.5.
    assert move.gain == pytest.approx(0.25 - 0.125)
    assert (move.covered_before, move.covered_after) == (0.5, 1.0)
    assert move.after - move.before == pytest.approx(move.gain)
    assert move.seconds == FAR


def test_nothing_is_proposed_where_everybody_stands_well():
    assert proposed([a_van("C1", 0), a_van("C2", 2)]) == []
    assert proposed([]) == []
    assert proposed([a_van("C1", 0)], posts=[]) == []


def test_no_move_below_the_least_gain():
    fleet = [a_van("C1", 0), a_van("C2", 1)]
    assert proposed(fleet, MoveUpRules(least_gain=0.13)) == []
    assert len(proposed(fleet, MoveUpRules(least_gain=0.12))) == 1


def test_a_unit_on_its_way_counts_where_it_is_bound_for():
    on_its_way = a_van("C1", 2, here=0, post="east")
    assert proposed([on_its_way, a_van("C2", 1)]) == []


def test_a_unit_that_is_off_the_map_is_not_moved_as_if_it_stood_elsewhere():
    nobody_knows_how_far = a_van("C1", 0, here=-1, post="west")
    assert proposed([nobody_knows_how_far, a_van("C2", 1, moves=99)]) == []
    # It still counts where it is bound for: nobody else is missed there.
    assert proposed([nobody_knows_how_far, a_van("C2", 2)]) == []


def test_nobody_drives_too_far_too_often_or_where_the_crew_said_no():
    fleet = [a_van("C1", 0), a_van("C2", 1)]
    assert proposed(fleet, MoveUpRules(longest_s=599.0)) == []
    tired = [a_van("C1", 0, moves=6), a_van("C2", 1)]
    assert [move.callsign for move in proposed(tired)] == ["C2"]
    said_no = [a_van("C1", 0, declined=frozenset({"east"})), a_van("C2", 1)]
    assert [move.callsign for move in proposed(said_no)] == ["C2"]


def test_who_is_too_far_by_road_from_the_best_post_goes_to_the_next_best_that_is_near_enough():
    """The table of the cells knows drives on lights; nobody drives on lights to wait."""
    fleet = [a_van("C1", 0), a_van("C2", 1, moves=99)]
    posts = [*POSTS, PostCell("outskirts", 3)]
    towns = {
        "van": times_of(
            cells_of((0.1, 0.1, 0.5, 0.3)),
            [[0, NEAR, FAR, FAR], [NEAR, 0, FAR, FAR], [FAR, FAR, 0, FAR], [FAR, FAR, FAR, 0]],
        )
    }
    by_road = {"east": 901.0, "outskirts": 900.0, "west": 0.0}

    def proposed_by_road(drive_s):
        return moves(towns, fleet, posts, MoveUpRules(least_gain=-1.0), 120.0, 0.5, drive_s)

    assert [move.post_id for move in proposed_by_road(None)] == ["east"]
    assert [move.post_id for move in proposed_by_road(lambda _, post: by_road[post])] == ["outskirts"]
    no_way = by_road | {"outskirts": None}
    assert [move.post_id for move in proposed_by_road(lambda _, post: no_way[post])] == ["west"]
    assert proposed_by_road(lambda *_: None) == []


def test_its_own_station_is_near_enough_however_far_it_is():
    """Else whoever ends a run far away would stay there, and its corner of the city bare."""
    fleet = [a_van("C1", 0, home="east"), a_van("C2", 1, moves=99)]
    near = MoveUpRules(longest_s=599.0)
    (move,) = moves(TOWNS, fleet, POSTS, near, 120.0, 0.5, lambda *_: 1_200.0)
    assert (move.callsign, move.post_id) == ("C1", "east")
    assert moves(TOWNS, fleet, POSTS, near, 120.0, 0.5, lambda *_: None) == [], "there is no way"


def test_where_the_best_mover_is_too_far_by_road_another_goes():
    fleet = [a_van("C1", 0), a_van("C2", 1)]
    found = moves(TOWNS, fleet, POSTS, RULES, 120.0, 0.5, lambda who, _: 901.0 if who == "C1" else 600.0)
    assert [(move.callsign, move.post_id) for move in found] == [("C2", "east")]


def test_the_second_move_knows_of_the_first():
    fleet = [a_van(f"C{i}", 0) for i in range(1, 5)]
    found = proposed(fleet, MoveUpRules(least_gain=0.01, most=3))
    assert [move.post_id for move in found] == ["east", "east"]  # then both towns have two
    assert len({move.callsign for move in found}) == 2
    assert found[1].before == pytest.approx(found[0].after, abs=1e-4)


@st.composite
def towns(draw):
    size = draw(st.integers(1, 5))
    weights = [draw(st.integers(1, 9)) for _ in range(size)]
    seconds = [[draw(st.sampled_from([0, 60, 121, NO_WAY_S])) for _ in range(size)] for _ in range(size)]
    times = {"van": times_of(cells_of([each / sum(weights) for each in weights]), seconds)}
    fleet = [a_van(f"C{i}", draw(st.integers(0, size - 1))) for i in range(draw(st.integers(1, 4)))]
    posts = [PostCell(f"p{i}", draw(st.integers(0, size - 1))) for i in range(draw(st.integers(1, 3)))]
    return times, fleet, posts


@given(towns(), st.sampled_from([0.0, 0.3, 0.8]))
def test_the_first_move_of_any_town_is_the_best_of_all_moves(town, q):
    times, fleet, posts = town
    standing = [each.standing for each in fleet]
    now = expected(times, standing, 120.0, q)
    size = len(times["van"].cells.weights)
    best = 0.0
    for i, unit in enumerate(fleet):
        for post in posts:
            drive = int.from_bytes(times["van"].seconds[2 * (unit.here * size + post.cell) :][:2], "little")
            if drive != NO_WAY_S:
                moved = [*standing[:i], Standing("moved", "van", post.cell), *standing[i + 1 :]]
                best = max(best, expected(times, moved, 120.0, q) - now)
    found = moves(times, fleet, posts, MoveUpRules(least_gain=1e-6, most=1), 120.0, q)
    if best < 1e-6:
        assert found == []
    else:
        assert found[0].gain == pytest.approx(best, abs=1e-7)
