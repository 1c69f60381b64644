"""NEWS2 against the chart of the Royal College of Physicians, every band with both of its ends."""

from dataclasses import replace

import pytest

from dispatch.policies.news2 import Vitals, news2

WELL = Vitals(
    rate=16, spo2=98, on_oxygen=False, systolic=120, pulse=70, consciousness="A", temperature_c=37.0
)

CHART = {
    "rate": {3: [(0, 8), (25, 80)], 2: [(21, 24)], 1: [(9, 11)], 0: [(12, 20)]},
    "spo2": {3: [(0, 91)], 2: [(92, 93)], 1: [(94, 95)], 0: [(96, 100)]},
    "systolic": {3: [(0, 90), (220, 300)], 2: [(91, 100)], 1: [(101, 110)], 0: [(111, 219)]},
    "pulse": {3: [(0, 40), (131, 250)], 2: [(111, 130)], 1: [(41, 50), (91, 110)], 0: [(51, 90)]},
}
TEMPERATURE_TENTHS = {3: [(250, 350)], 2: [(391, 430)], 1: [(351, 360), (381, 390)], 0: [(361, 380)]}
LOW_AIM = {3: [(0, 83)], 2: [(84, 85)], 1: [(86, 87)], 0: [(88, 92)]}


def points_of(bands: dict[int, list[tuple[int, int]]], value: int) -> int:
    (points,) = [p for p, spans in bands.items() for low, high in spans if low <= value <= high]
    return points


@pytest.mark.parametrize("measure", CHART)
def test_each_measurement_scores_as_the_chart_says(measure):
    bands = CHART[measure]
    for spans in bands.values():
        for low, high in spans:
            for value in range(low, high + 1):
                parts = news2(replace(WELL, **{measure: value})).parts
                assert parts[measure] == points_of(bands, value), value


def test_temperature_scores_as_the_chart_says_to_the_tenth():
    for tenths in range(250, 431):
        parts = news2(replace(WELL, temperature_c=tenths / 10)).parts
        assert parts["temperature"] == points_of(TEMPERATURE_TENTHS, tenths), tenths


def test_a_patient_whose_aim_is_low_is_not_punished_for_it_and_is_for_too_much_oxygen():
    on_oxygen = {**LOW_AIM, 1: [(86, 87), (93, 94)], 2: [(84, 85), (95, 96)], 3: [(0, 83), (97, 100)]}
    on_air = {**LOW_AIM, 0: [(88, 100)]}
    for spo2 in range(101):
        low = replace(WELL, hypercapnic=True, spo2=spo2)
        assert news2(low).parts["spo2"] == points_of(on_air, spo2)
        assert news2(replace(low, on_oxygen=True)).parts["spo2"] == points_of(on_oxygen, spo2)


@pytest.mark.parametrize("state", ["C", "V", "P", "U"])
def test_anything_but_alert_scores_three(state):
    assert news2(replace(WELL, consciousness=state)).score == 3


@pytest.mark.parametrize(
    ("changed", "score", "risk"),
    [
        ({}, 0, "low"),
        ({"on_oxygen": True}, 2, "low"),
        ({"on_oxygen": True, "spo2": 93}, 4, "low"),
        ({"rate": 8}, 3, "low_medium"),
        ({"rate": 24, "pulse": 111, "temperature_c": 38.1}, 5, "medium"),
        ({"rate": 24, "pulse": 111, "spo2": 93}, 6, "medium"),
        ({"rate": 25, "pulse": 111, "temperature_c": 36.0}, 6, "medium"),
        ({"rate": 25, "pulse": 131, "temperature_c": 36.0}, 7, "high"),
        (
            {
                "rate": 25,
                "spo2": 91,
                "on_oxygen": True,
                "systolic": 90,
                "pulse": 131,
                "consciousness": "U",
                "temperature_c": 35.0,
            },
            20,
            "high",
        ),
    ],
)
def test_sums_and_bands_of_worked_cases(changed, score, risk):
    found = news2(replace(WELL, **changed))
    assert (found.score, found.risk) == (score, risk)
    assert sum(found.parts.values()) == score
