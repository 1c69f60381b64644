import pytest

from routing.measures import UNLIMITED_KMH, WALKING_KMH, duration_s, length_m, speed_kmh, weight_t


@pytest.mark.parametrize(
    ("text", "kmh"),
    [
        ("50", 50),
        ("50 km/h", 50),
        ("30 mph", 48.28),
        ("20mph", 32.19),
        ("7,5", 7.5),
        ("VN:urban", 50),
        ("VN:rural", 80),
        ("VN:motorway", 120),
        ("DE:urban", 50),
        ("DE:zone:30", 30),
        ("DE:zone30", 30),
        ("GB:nsl_single", 96.6),
        ("walk", WALKING_KMH),
        ("DE:walk", WALKING_KMH),
        ("none", UNLIMITED_KMH),
        ("60;40", 40),
        ("signals", None),
        ("variable", None),
        ("", None),
        ("0", None),
        ("9999", None),
        (None, None),
    ],
)
def test_a_speed_limit_is_read_in_any_of_its_spellings(text, kmh):
    assert speed_kmh(text) == (None if kmh is None else pytest.approx(kmh, abs=0.01))


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("2.5", 2.5),
        ("2,5 m", 2.5),
        ("250 cm", 2.5),
        ("8 ft", 2.438),
        ("8'6\"", 2.591),
        ("8'", 2.438),
        ("8104", None),  # a road number that slipped into the width, as in Ho Chi Minh City
        ("narrow", None),
        ("0.1", None),
        (None, None),
    ],
)
def test_a_width_is_read_and_disbelieved_where_it_cannot_be(text, metres):
    assert length_m(text) == (None if metres is None else pytest.approx(metres, abs=0.001))


@pytest.mark.parametrize(
    ("text", "tonnes"), [("3.5", 3.5), ("3.5 t", 3.5), ("2500 kg", 2.5), ("heavy", None), (None, None)]
)
def test_a_weight_is_read_in_tonnes(text, tonnes):
    assert weight_t(text) == tonnes


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1:30", 5400),
        ("0:05:30", 330),
        ("12", 720),
        ("PT20M", 1200),
        ("PT", None),
        ("soon", None),
        (None, None),
    ],
)
def test_a_ferry_says_how_long_it_takes(text, seconds):
    assert duration_s(text) == seconds
