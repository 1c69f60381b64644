"""Units that move, a call, and which of them is the nearest: 10 s a step."""

from threading import Event, Thread

import numpy as np
import pytest

from routing.hierarchy import units as units_module
from routing.hierarchy.engine import HierarchyEngine
from routing.hierarchy.units import Units
from routing.kernels import UNREACHED
from routing.metric import metric
from routing.snapper import Snapper
from routing.snapping import snap_destinations, snap_origins
from tests.road_questions import with_closures
from tests.towns import town

STREET = "a-b-c-d-e-f"


class Drawn:
    """A town, its engine, and places by corner."""

    def __init__(self, drawn, folder):
        self.town, self.road_map = drawn, drawn.road_map(folder)
        self.engine = HierarchyEngine(self.road_map)
        self.metric = metric(self.road_map, "van_normal")
        self.epoch = self.engine.epoch_of(self.metric)

    def origin(self, corner, **metres):
        at = snap_origins(self.road_map, [self.town.at(corner, **metres)], self.metric.profile)
        return int(at.edge[0]), float(at.along_m[0])

    def scene(self, corner, **metres):
        at = snap_destinations(self.road_map, [self.town.at(corner, **metres)], self.metric.profile)
        return int(at.edge[0]), float(at.along_m[0])

    def units(self, corners, **options):
        units = Units(self.road_map, self.epoch, len(corners), **options)
        for row, corner in enumerate(corners):
            if corner != " ":
                units.move(row, *self.origin(corner))
        return units


@pytest.fixture
def street(tmp_path):
    return Drawn(town(STREET), tmp_path)


def test_the_nearest_come_first_with_their_times(street):
    found = street.units("dfa").nearest(*street.scene("b"), 2)
    assert found.row.tolist() == [2, 0]
    assert found.ms.tolist() == pytest.approx([10_000, 20_000], abs=2)
    assert found.epoch is street.epoch


def test_units_in_one_place_come_in_their_order(street):
    found = street.units("ddddd").nearest(*street.scene("a"), 3)
    assert found.row.tolist() == [0, 1, 2]


def test_a_unit_that_moved_is_where_it_went(street):
    units = street.units("af")
    assert units.nearest(*street.scene("b"), 1).row.tolist() == [0]
    units.move(0, *street.origin("f"))
    units.move(1, *street.origin("b"))
    assert units.nearest(*street.scene("b"), 1).row.tolist() == [1]


def test_a_unit_on_the_street_of_the_call_drives_straight_on(street):
    units = street.units("f")
    units.move(0, *street.origin("b", east_m=20))
    found = units.nearest(*street.scene("b", east_m=70), 1)
    assert found.ms.tolist() == pytest.approx([5_000], abs=2)


def test_a_one_way_street_makes_it_drive_around(tmp_path):
    drawn = Drawn(town("a>b\n^ v\nd<c"), tmp_path)
    units = drawn.units("a")
    units.move(0, *drawn.origin("a", east_m=60))
    assert units.times(*drawn.scene("a", east_m=50)).ms.tolist() == pytest.approx([39_000], abs=4)
    assert units.times(*drawn.scene("a", east_m=70)).ms.tolist() == pytest.approx([1_000], abs=2)


def test_units_taken_away_never_placed_or_not_wanted_are_passed_over(street):
    units = street.units("ab cd")
    units.move(1, -1, 0.0)
    wanted = np.array([0, 1, 1, 1, 1], np.uint8)
    assert units.nearest(*street.scene("a"), 5, wanted).row.tolist() == [3, 4]
    times = units.times(*street.scene("a"), wanted)
    assert (times.ms == UNREACHED).tolist() == [True, True, True, False, False]


def test_an_island_has_no_way_and_none_is_invented(tmp_path):
    drawn = Drawn(town("a-b c-d"), tmp_path)
    units = drawn.units("ac")
    found = units.nearest(*drawn.scene("d"), 2)
    assert found.row.tolist() == [1]


def test_a_call_without_a_street_has_no_unit(street):
    units = street.units("ab")
    assert units.nearest(-1, 0.0, 2).row.tolist() == []
    assert units.times(-1, 0.0).ms.tolist() == [UNREACHED] * 2


def test_nobody_is_asked_for_and_nobody_comes(street):
    assert street.units("ab").nearest(*street.scene("a"), 0).row.tolist() == []


def test_hospitals_are_seen_from_the_scene(tmp_path):
    drawn = Drawn(town("a>b>c"), tmp_path)
    hospitals = Units(drawn.road_map, drawn.epoch, 2, leaving=False)
    hospitals.move(0, *drawn.scene("b", east_m=-5))
    hospitals.move(1, *drawn.scene("c", east_m=-5))
    found = hospitals.nearest(*drawn.origin("b", east_m=5), 2)
    assert found.row.tolist() == [1]
    assert found.ms.tolist() == pytest.approx([9_000], abs=2)


def test_new_traffic_changes_the_order_and_the_old_order_returns(tmp_path):
    drawn = Drawn(town("a-b-c\n|   |\nd-e-f"), tmp_path)
    units = drawn.units("af")
    scene = drawn.scene("b", east_m=-10)
    assert units.nearest(*scene, 2).row.tolist() == [0, 1]
    arcs = np.array([2 * scene[0], 2 * scene[0] + 1], np.int32)
    begin = drawn.road_map.streets.edge_m[scene[0]]
    assert begin == pytest.approx(100, abs=0.1)
    closed = drawn.engine.epochs.after(drawn.epoch, with_closures(drawn.metric, arcs), arcs, "closed")
    units.relabel(closed)
    assert units.nearest(*scene, 2).row.tolist() == []  # the call lies on the closed street itself
    beyond = drawn.scene("b")
    assert units.nearest(*beyond, 2).row.tolist() == [1, 0]
    units.relabel(drawn.epoch)
    assert units.nearest(*scene, 2).row.tolist() == [0, 1]
    assert units.epoch is drawn.epoch


def test_who_asks_and_who_moves_does_not_wait_for_new_labels(street, monkeypatch):
    units = street.units("af")
    labelling, go_on = Event(), Event()
    label_rows = units_module.label_rows

    def slow_label_rows(rows, *rest):
        labelling.set()
        assert go_on.wait(10)
        label_rows(rows, *rest)

    monkeypatch.setattr(units_module, "label_rows", slow_label_rows)
    newer = street.engine.epochs.first(street.metric, "newer")
    thread = Thread(target=units.relabel, args=(newer,))
    thread.start()
    assert labelling.wait(10)
    assert units.nearest(*street.scene("b"), 1).epoch is street.epoch
    units.move(0, *street.origin("f"))
    units.move(1, *street.origin("b"))
    go_on.set()
    thread.join()
    found = units.nearest(*street.scene("b"), 1)
    assert found.epoch is newer
    assert found.row.tolist() == [1]  # moves made meanwhile are not lost


@pytest.mark.parametrize(
    ("row", "edge", "along_m"), [(2, 0, 0.0), (-1, 0, 0.0), (0, 99, 0.0), (0, 0, float("nan"))]
)
def test_a_place_that_cannot_be_is_refused_and_nothing_moves(street, row, edge, along_m):
    units = street.units("af")
    with pytest.raises(ValueError, match="cannot stand"):
        units.move(row, edge, along_m)
    assert units.nearest(*street.scene("a"), 1).row.tolist() == [0]


@pytest.mark.parametrize("fix", [(2, 10.0, 106.0), (-1, 10.0, 106.0), (0, float("nan"), 106.0)])
def test_a_fix_that_cannot_be_is_refused_and_nothing_moves(street, fix):
    units = street.units("af", snapper=Snapper(street.road_map, street.metric.profile))
    with pytest.raises(ValueError, match="cannot stand"):
        units.fix(*fix)
    assert units.nearest(*street.scene("a"), 1).row.tolist() == [0]


def test_a_fix_far_from_every_street_takes_the_unit_out_of_the_ranking(street):
    units = street.units("af", snapper=Snapper(street.road_map, street.metric.profile))
    assert units.fix(0, 0.0, 0.0) == -1
    assert units.nearest(*street.scene("a"), 2).row.tolist() == [1]


def test_a_question_that_kernels_could_not_survive_is_refused(street):
    units = street.units("af")
    with pytest.raises(ValueError, match="no place"):
        units.nearest(99, 0.0, 1)
    for wanted in (np.ones(1, np.uint8), np.ones(2, bool), np.ones(4, np.uint8)[::2]):
        with pytest.raises(ValueError, match="uint8"):
            units.times(0, 0.0, wanted)
