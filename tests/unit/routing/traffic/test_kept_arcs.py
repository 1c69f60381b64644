"""What a stretch means is looked up once, and kept within bounds."""

import numpy as np

from domain.traffic import Stretch
from routing.traffic.kept_arcs import KEY_BYTES, POINT_BYTES, KeptArcs

ARCS = 80_000


class Counted:
    def __init__(self, found):
        self.found, self.asked = np.array(found, np.int32), 0

    def __call__(self, stretch, heading_deg):
        self.asked += 1
        return self.found


def area(number, points=3):
    return Stretch("area", tuple((10 + number + i / 1e6, 106.0) for i in range(points)))


def test_what_was_looked_up_is_not_looked_up_again():
    for found in ([], [3, 7], range(0, ARCS, 2), range(ARCS)):
        find = Counted(found)
        kept = KeptArcs(find, ARCS)
        answers = [kept(area(1), None) for _ in range(3)]
        assert find.asked == 1
        assert all(answer.dtype == np.int32 for answer in answers)
        assert all(answer.tolist() == list(found) for answer in answers)


def test_the_way_that_was_driven_is_another_question():
    find = Counted([3])
    kept = KeptArcs(find, ARCS)
    kept(area(1), None), kept(area(1), 90.0), kept(area(1), 90.0)
    assert find.asked == 2


def test_a_large_area_takes_a_bit_for_each_arc():
    kept = KeptArcs(Counted(range(ARCS)), ARCS)
    kept(area(1), None)
    assert kept.bytes == ARCS // 8 + 3 * POINT_BYTES + KEY_BYTES


def test_what_is_kept_is_bounded_by_bytes_and_what_was_asked_last_stays():
    find = Counted(range(ARCS))
    kept = KeptArcs(find, ARCS, most_bytes=100_000)
    for number in range(60):
        kept(area(number, 50), None)
        kept(area(0, 50), None)
        assert kept.bytes <= 100_000
    assert find.asked == 60
    kept(area(1, 50), None)
    assert find.asked == 61


def test_one_that_is_too_large_is_answered_all_the_same():
    kept = KeptArcs(Counted([1, 2]), ARCS, most_bytes=10)
    assert kept(area(1), None).tolist() == [1, 2]
    assert kept.bytes == 0
