"""Who may drive which street: one line a rule."""

import pytest

from routing.access import driving_kmh
from routing.practice import GENERAL, VIETNAMESE, practice_at
from routing.profiles import PROFILES

BOTH_WAYS, AHEAD, BACK, CLOSED = (True, True), (True, False), (False, True), (False, False)


def open_to(tags, profile, practice=VIETNAMESE):
    """(forward, backward): which directions of a way with these tags the profile may drive."""
    kmh = driving_kmh(tags, practice)[:, PROFILES.index(profile)]
    return bool(kmh[0] > 0), bool(kmh[1] > 0)


def speed(tags, profile, practice=VIETNAMESE):
    return float(driving_kmh(tags, practice)[0, PROFILES.index(profile)])


RULES = [
    # tags, van, motorbike, normal van, normal motorbike
    ("highway=residential", BOTH_WAYS, BOTH_WAYS, BOTH_WAYS, BOTH_WAYS),
    ("highway=construction", CLOSED, CLOSED, CLOSED, CLOSED),
    ("highway=steps", CLOSED, CLOSED, CLOSED, CLOSED),
    ("highway=residential area=yes", CLOSED, CLOSED, CLOSED, CLOSED),
    ("highway=busway", BOTH_WAYS, BOTH_WAYS, CLOSED, CLOSED),
    ("highway=motorway", AHEAD, CLOSED, AHEAD, CLOSED),
    ("highway=motorway oneway=no", BOTH_WAYS, CLOSED, BOTH_WAYS, CLOSED),
    ("highway=motorway motorcycle=yes", AHEAD, AHEAD, AHEAD, AHEAD),
    ("highway=trunk motorroad=yes", BOTH_WAYS, CLOSED, BOTH_WAYS, CLOSED),
    ("highway=footway", CLOSED, BOTH_WAYS, CLOSED, BOTH_WAYS),
    ("highway=footway footway=sidewalk", CLOSED, CLOSED, CLOSED, CLOSED),
    ("highway=path", CLOSED, BOTH_WAYS, CLOSED, BOTH_WAYS),
    ("highway=path access=yes", CLOSED, BOTH_WAYS, CLOSED, BOTH_WAYS),
    ("highway=path motor_vehicle=yes", BOTH_WAYS, BOTH_WAYS, BOTH_WAYS, BOTH_WAYS),
    ("highway=path motor_vehicle=no", CLOSED, CLOSED, CLOSED, CLOSED),
    ("highway=pedestrian", CLOSED, BOTH_WAYS, CLOSED, BOTH_WAYS),
    ("highway=pedestrian emergency=yes", BOTH_WAYS, BOTH_WAYS, CLOSED, BOTH_WAYS),
    ("highway=service", BOTH_WAYS, BOTH_WAYS, BOTH_WAYS, BOTH_WAYS),
    ("highway=service service=alley", CLOSED, BOTH_WAYS, CLOSED, BOTH_WAYS),
    ("highway=service service=alley width=3", BOTH_WAYS, BOTH_WAYS, BOTH_WAYS, BOTH_WAYS),
    ("highway=service service=alley width=1.5", CLOSED, BOTH_WAYS, CLOSED, BOTH_WAYS),
    ("highway=service service=alley motorcar=yes", BOTH_WAYS, BOTH_WAYS, BOTH_WAYS, BOTH_WAYS),
    ("highway=residential width=2", CLOSED, BOTH_WAYS, CLOSED, BOTH_WAYS),
    ("highway=residential maxwidth=2.2", CLOSED, BOTH_WAYS, CLOSED, BOTH_WAYS),
    ("highway=residential width=8104", BOTH_WAYS, BOTH_WAYS, BOTH_WAYS, BOTH_WAYS),
    ("highway=residential width=0.6", CLOSED, CLOSED, CLOSED, CLOSED),
    ("highway=residential maxheight=2.2", CLOSED, BOTH_WAYS, CLOSED, BOTH_WAYS),
    ("highway=residential maxweight=2.5", CLOSED, BOTH_WAYS, CLOSED, BOTH_WAYS),
    ("highway=residential width=2 emergency=yes", CLOSED, BOTH_WAYS, CLOSED, BOTH_WAYS),
    ("highway=residential access=private", CLOSED, CLOSED, CLOSED, CLOSED),
    ("highway=residential access=no emergency=yes", BOTH_WAYS, BOTH_WAYS, CLOSED, CLOSED),
    ("highway=residential access=destination", BOTH_WAYS, BOTH_WAYS, BOTH_WAYS, BOTH_WAYS),
    ("highway=residential access=no motorcycle=yes", CLOSED, BOTH_WAYS, CLOSED, BOTH_WAYS),
    ("highway=residential motor_vehicle=no", CLOSED, CLOSED, CLOSED, CLOSED),
    ("highway=residential vehicle=no motor_vehicle=yes", BOTH_WAYS, BOTH_WAYS, BOTH_WAYS, BOTH_WAYS),
    ("highway=residential motorcar=no", CLOSED, BOTH_WAYS, CLOSED, BOTH_WAYS),
    ("highway=residential motorcycle=no", BOTH_WAYS, CLOSED, BOTH_WAYS, CLOSED),
    ("highway=residential motor_vehicle:backward=no", AHEAD, AHEAD, AHEAD, AHEAD),
    ("highway=residential oneway=yes", AHEAD, AHEAD, AHEAD, AHEAD),
    ("highway=residential oneway=-1", BACK, BACK, BACK, BACK),
    ("highway=residential oneway=no;yes", AHEAD, AHEAD, AHEAD, AHEAD),
    ("highway=residential oneway=reversible", CLOSED, CLOSED, CLOSED, CLOSED),
    ("highway=residential oneway=yes oneway:motorcycle=no", AHEAD, BOTH_WAYS, AHEAD, BOTH_WAYS),
    ("highway=residential oneway=yes oneway:emergency=no", BOTH_WAYS, BOTH_WAYS, AHEAD, AHEAD),
    ("highway=residential junction=roundabout", AHEAD, AHEAD, AHEAD, AHEAD),
    ("route=ferry", BOTH_WAYS, BOTH_WAYS, BOTH_WAYS, BOTH_WAYS),
    ("route=ferry motorcar=no", CLOSED, CLOSED, CLOSED, CLOSED),
    ("route=ferry motorcar=no motorcycle=yes", CLOSED, BOTH_WAYS, CLOSED, BOTH_WAYS),
]


@pytest.mark.parametrize(("tags", "van", "motorbike", "normal_van", "normal_motorbike"), RULES)
def test_a_way_is_open_to_whom_its_tags_say(tags, van, motorbike, normal_van, normal_motorbike):
    parsed = dict(pair.split("=") for pair in tags.split(" "))
    assert [open_to(parsed, profile) for profile in PROFILES] == [
        van,
        motorbike,
        normal_van,
        normal_motorbike,
    ]


def test_outside_viet_nam_only_blue_light_takes_a_motorbike_onto_a_footway():
    footway = {"highway": "footway"}
    assert open_to(footway, "motorbike", GENERAL) == BOTH_WAYS
    assert open_to(footway, "motorbike_normal", GENERAL) == CLOSED


def test_outside_viet_nam_a_van_drives_into_an_alley_that_nobody_measured():
    assert open_to({"highway": "service", "service": "alley"}, "van", GENERAL) == BOTH_WAYS


def test_outside_viet_nam_a_ferry_must_say_that_it_takes_vehicles():
    assert open_to({"route": "ferry"}, "van", GENERAL) == CLOSED
    assert open_to({"route": "ferry", "motor_vehicle": "yes"}, "van", GENERAL) == BOTH_WAYS


def test_habits_go_by_where_the_map_lies():
    assert practice_at(10.77, 106.7) is VIETNAMESE
    assert practice_at(43.73, 7.42) is GENERAL


def test_a_signed_limit_is_driven_at_four_fifths():
    assert speed({"highway": "primary", "maxspeed": "50"}, "van_normal") == pytest.approx(40)
    assert speed({"highway": "residential", "maxspeed": "25 mph"}, "van_normal") == pytest.approx(
        32.19, abs=0.01
    )


def test_a_high_limit_makes_no_yard_faster():
    free = speed({"highway": "service"}, "van_normal")
    assert speed({"highway": "service", "maxspeed": "90"}, "van_normal") == free
    assert speed({"highway": "service", "maxspeed": "10"}, "van_normal") == pytest.approx(8)


def test_no_limit_is_not_taken_for_a_very_high_one():
    assert speed({"highway": "motorway", "maxspeed": "none"}, "van_normal") == speed(
        {"highway": "motorway"}, "van_normal"
    )


def test_blue_light_is_faster_and_bounded():
    street = {"highway": "primary"}
    assert speed(street, "van") == pytest.approx(1.2 * speed(street, "van_normal"))
    assert speed(street, "motorbike") == pytest.approx(1.25 * speed(street, "motorbike_normal"))
    assert speed({"highway": "motorway", "maxspeed": "150"}, "van") == 110


def test_a_limit_may_differ_by_direction():
    kmh = driving_kmh({"highway": "primary", "maxspeed:forward": "50", "maxspeed:backward": "30"}, VIETNAMESE)
    assert kmh[:, PROFILES.index("van_normal")].tolist() == pytest.approx([40, 24])
