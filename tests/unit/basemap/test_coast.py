import shapely

from api.basemap.coast import sea

FRAME = (0.0, 0.0, 1000.0, 1000.0)  # y grows to the south


def test_the_sea_lies_to_the_right_of_the_coast():
    walked_east = shapely.LineString([(-10, 400), (1010, 400)])
    [water], unclear = sea([walked_east], FRAME)
    assert water.bounds == (0, 400, 1000, 1000)
    assert unclear == 0


def test_the_coast_walked_the_other_way_has_the_sea_in_the_north():
    [water], _ = sea([shapely.LineString([(1010, 400), (-10, 400)])], FRAME)
    assert water.bounds == (0, 0, 1000, 400)


def test_an_island_stays_dry():
    # Land on the left: seen with y to the south, the ring runs against the clock.
    island = shapely.LineString([(400, 400), (400, 600), (600, 600), (600, 400), (400, 400)])
    [water], _ = sea([island], FRAME)
    assert water.contains(shapely.Point(100, 100))
    assert not water.contains(shapely.Point(500, 500))


def test_a_coast_cut_off_just_inside_the_frame_is_carried_on_to_its_edge():
    [water], unclear = sea([shapely.LineString([(20, 400), (980, 400)])], FRAME)
    assert water.bounds == (0, 400, 1000, 1000)
    assert unclear == 0


def test_a_coast_with_a_gap_draws_no_sea_rather_than_flood_the_land():
    surfaces, unclear = sea([shapely.LineString([(-10, 400), (500, 400)])], FRAME)
    assert surfaces == []
    assert unclear == 1


def test_no_coast_no_sea():
    assert sea([], FRAME) == ([], 0)
    elsewhere = shapely.LineString([(5000, 5000), (6000, 6000)])
    assert sea([elsewhere], FRAME) == ([], 1)
