"""Turns and closed streets together: copies are followed, nobody is caught between a sign and a closure."""

import pytest

from domain.traffic import Traffic
from routing.dijkstra import DijkstraEngine
from routing.hierarchy.engine import HierarchyEngine
from routing.kernels import UNREACHED
from routing.live import LiveRoads
from routing.profiles import PROFILES
from routing.snapping import snap_destinations, snap_origins
from tests.towns import town
from tests.traffic_in_towns import NOW, closed, middle, slowed, traffic


class Live:
    """A town under traffic, asked by both engines; the hierarchy follows from change to change."""

    def __init__(self, drawing, restriction, folder):
        self.town = town(drawing)
        self.town.restrictions = [restriction]
        self.map = self.town.road_map(folder)
        self.fast = HierarchyEngine(self.map)
        self.roads, self.change = LiveRoads(self.map, self.fast), 0
        self.followed = 0
        follow = self.fast.follow

        def count(*given):
            self.followed += 1
            follow(*given)

        self.fast.follow = count

    def use(self, *things):
        self.change += 1
        self.roads.use(traffic(self.change, *things), NOW)

    def seconds(self, start, end, profile="van_normal"):
        weights = self.roads.metric(profile)
        begin = snap_origins(self.map, [start], weights.profile)
        finish = snap_destinations(self.map, [end], weights.profile)
        one, other = (
            int(engine.from_place(weights, begin, finish)[0][0])
            for engine in (self.fast, DijkstraEngine(self.map))
        )
        assert one == other
        return None if one == UNREACHED else one / 1000


ROWS = """
a-b-c-d-f-g-h-i
    |
    e-j-k-l-m-n
"""


def test_a_small_change_of_a_via_way_is_followed_on_its_copies_too(tmp_path):
    live = Live(ROWS, ("ab", "bc", "ce", {"restriction": "no_right_turn"}), tmp_path)
    assert len(live.map.graph.copied)
    start, end = live.town.between("a", "b"), live.town.at("d")
    for profile in PROFILES:
        live.fast.epoch_of(live.roads.metric(profile))
    assert live.seconds(start, end) == pytest.approx(25, abs=0.02)
    live.use(slowed(middle(live.town, "bc"), 0.5))
    assert live.followed
    assert live.seconds(start, end) == pytest.approx(35, abs=0.02)
    live.use(closed(middle(live.town, "bc")))
    assert live.seconds(start, end) is None
    live.use()
    assert live.seconds(start, end) == pytest.approx(25, abs=0.02)


CAUGHT = """
a-b-c-f-g
  |
  d-e-h-i
"""
ONLY = ("ab", "b", "bc", {"restriction": "only_straight_on"})


def test_who_may_only_drive_into_a_closed_street_may_turn_away(tmp_path):
    live = Live(CAUGHT, ONLY, tmp_path)
    start = live.town.between("a", "b")
    ends = [live.town.between(*street) for street in ("bd", "de")]
    lawful = [live.seconds(start, end) for end in ends]
    before = {profile: live.roads.metric(profile).arc_ms for profile in PROFILES}
    live.use(closed(middle(live.town, "bc")))
    assert [live.seconds(start, end) for end in ends] == [pytest.approx(s, abs=0.02) for s in (10, 20)]
    for profile in PROFILES:
        assert all(live.seconds(start, end, profile) is not None for end in ends)
    live.use(slowed(middle(live.town, "fg"), 0.5))  # open again: the sign binds as before
    assert [live.seconds(start, end) for end in ends] == lawful
    assert lawful[0] is None or lawful[0] > 20
    live.use()
    assert all((live.roads.metric(p).arc_ms == before[p]).all() for p in PROFILES)
    assert live.roads.still().traffic_version == "free_flow"
    assert [live.seconds(start, end) for end in ends] == lawful


def test_a_street_closed_to_vans_alone_frees_vans_alone(tmp_path):
    live = Live(CAUGHT, ONLY, tmp_path)
    start, end = live.town.between("a", "b"), live.town.between("b", "d")
    lawful = live.seconds(start, end, "motorbike_normal")
    live.use(closed(middle(live.town, "bc"), "van"))
    assert live.seconds(start, end) == pytest.approx(10, abs=0.02)
    assert live.seconds(start, end, "motorbike_normal") == lawful


def test_a_sign_binds_on_where_another_lawful_way_is_open(tmp_path):
    left = ("ab", "b", "bd", {"restriction": "no_right_turn"})
    live = Live("  j\n  |\n" + CAUGHT[1:], left, tmp_path)
    start, end = live.town.between("a", "b"), live.town.between("b", "d")
    live.use(closed(middle(live.town, "bc")))
    found = live.seconds(start, end)
    assert found is None or found > 20


def test_the_same_weights_stand_whatever_came_before(tmp_path):
    live = Live(CAUGHT, ONLY, tmp_path)
    shut = closed(middle(live.town, "bc"))
    live.use(slowed(middle(live.town, "de"), 0.5))
    live.use(shut)
    fresh = LiveRoads(live.map)
    fresh.use(Traffic(1, (shut,)), NOW)
    for profile in PROFILES:
        one, other = live.roads.metric(profile), fresh.metric(profile)
        assert (one.arc_ms == other.arc_ms).all()
        mine, theirs = live.fast.epoch_of(one), HierarchyEngine(live.map).epoch_of(other)
        assert (mine.cost == theirs.cost).all()
        assert (mine.up == theirs.up).all()
        assert (mine.down == theirs.down).all()
