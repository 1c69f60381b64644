import pytest

from routing.barriers import stopped_profiles
from routing.profiles import BLUE_LIGHT, EVERY_PROFILE, MOTORBIKES, VANS, mask_of

NOBODY, ALL, ALL_VANS = 0, EVERY_PROFILE, mask_of(VANS)
WITHOUT_BLUE_LIGHT = EVERY_PROFILE & ~mask_of(BLUE_LIGHT)


@pytest.mark.parametrize(
    ("tags", "stopped"),
    [
        ("highway=crossing", NOBODY),
        ("barrier=gate", NOBODY),
        ("barrier=toll_booth", NOBODY),
        ("barrier=gate locked=yes", ALL),
        ("barrier=gate locked=yes emergency=yes", WITHOUT_BLUE_LIGHT),
        ("barrier=gate access=private", ALL),
        ("barrier=gate access=no emergency=yes", WITHOUT_BLUE_LIGHT),
        ("barrier=gate access=no motorcycle=yes", ALL & ~mask_of(MOTORBIKES)),
        ("barrier=bollard", ALL_VANS),
        ("barrier=bollard access=yes", ALL_VANS),
        ("barrier=bollard motor_vehicle=yes", NOBODY),
        ("barrier=bollard bollard=rising", mask_of(VANS) & WITHOUT_BLUE_LIGHT),
        ("barrier=lift_gate maxwidth=2", ALL_VANS),
        ("barrier=height_restrictor maxheight=2.1", ALL_VANS),
        ("barrier=height_restrictor maxheight=3.5", NOBODY),
        ("barrier=debris", ALL),
        ("barrier=kissing_gate", ALL),
    ],
)
def test_a_barrier_stops_whom_it_should(tags, stopped):
    assert stopped_profiles(dict(pair.split("=") for pair in tags.split(" "))) == stopped
