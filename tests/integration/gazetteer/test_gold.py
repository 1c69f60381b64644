"""The gold set: addresses of Ho Chi Minh City in every way they are said, each with the place that is meant.

`tests/gold/hcmc_addresses.csv` tells how they were found without the gazetteer.
"""

import csv
from collections import Counter
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

from domain.places import FoundPlace
from domain.values import Position
from tests.named_town import apart_m, hcmc_gazetteer
from tests.shared_data import ROOT, shared_file

GOLD = ROOT / "tests" / "gold" / "hcmc_addresses.csv"
NEAR_M = 100.0
RIGHT_OR_ASKED = 0.95
RIGHT_UNASKED = 0.80


@dataclass(frozen=True)
class Answer:
    kind: str
    said: str
    must_ask: bool
    far_m: float
    found: list[FoundPlace]

    @property
    def asks(self) -> bool:
        return bool(self.found) and self.found[0].ambiguous

    @property
    def right(self) -> bool:
        return self.asks if self.must_ask else self.far_m <= NEAR_M


def gold() -> list[dict[str, str]]:
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


@cache
def answers() -> list[Answer]:
    gazetteer = hcmc_gazetteer()
    told = []
    for row in gold():
        found = gazetteer.find(row["said"])
        must_ask = row["flag"] == "must"
        far = float("inf")
        if found and not must_ask:
            far = apart_m(found[0].position, Position(float(row["lat"]), float(row["lon"])))
        told.append(Answer(row["kind"], row["said"], must_ask, far, found))
    return told


def told(wrong: list[Answer]) -> str:
    return "\n".join(f"{each.said}: {each.found[:1]}" for each in wrong)


def test_the_set_is_large_and_of_all_kinds():
    kinds = Counter(row["kind"] for row in gold())
    assert sum(kinds.values()) >= 200
    assert len(kinds) >= 12
    assert min(kinds.values()) >= 6


def test_nearly_all_are_within_100_m_or_flagged():
    wrong = [each for each in answers() if not (each.right or each.asks)]
    assert 1 - len(wrong) / len(answers()) >= RIGHT_OR_ASKED, told(wrong)


def test_flagging_everything_would_not_pass():
    clear = [each for each in answers() if not each.must_ask]
    wrong = [each for each in clear if each.asks or not each.right]
    print(f"\nright and unflagged at the first place: {len(clear) - len(wrong)} of {len(clear)}")
    assert 1 - len(wrong) / len(clear) >= RIGHT_UNASKED, told(wrong)


def test_places_of_which_there_are_several_are_always_flagged():
    unasked = [each for each in answers() if each.must_ask and not each.asks]
    assert not unasked, told(unasked)


def test_the_radius_that_is_told_is_honest():
    """Of the unflagged answers nearly all lie within twice the radius told, or within 100 m."""
    clear = [each for each in answers() if not each.must_ask and not each.asks and each.found]
    honest = [each.far_m <= max(NEAR_M, 2 * each.found[0].radius_m) for each in clear]
    assert np.mean(honest) >= 0.97


def test_old_and_new_wards_of_a_place_are_both_told():
    found = hcmc_gazetteer().find("31 Thái Văn Lung, quận 1")[0]
    assert found.parts["district"] == "Quận 1"
    assert found.parts["old_ward"] == "Phường Bến Nghé"
    assert found.parts["ward"] == "Phường Sài Gòn"


def test_most_places_are_given_the_ward_they_lie_in_today():
    """Against the rings of 2025, which the gazetteer does not have: it goes by the wards they replaced."""
    import json

    import shapely

    raw = json.loads(shared_file("hcmc/wards-2025.json").read_text(encoding="utf-8"))
    rings = {
        unit["name"]: shapely.make_valid(
            shapely.MultiPolygon(
                [shapely.Polygon([(lon, lat) for lat, lon in ring]) for ring in unit["rings"]]
            )
        )
        for unit in raw["units"]
        if unit["level"] == 6
    }
    hits = []
    for each in answers():
        if each.must_ask or not each.found:
            continue
        spot = each.found[0].position
        inside = {name for name, shape in rings.items() if shape.covers(shapely.Point(spot.lon, spot.lat))}
        if inside:
            hits.append(each.found[0].parts.get("ward") in inside)
    assert np.mean(hits) >= 0.9, np.mean(hits)


@pytest.mark.parametrize("kind", ["house", "crossing", "poi", "alley"])
def test_each_common_kind_holds_by_itself(kind):
    mine = [each for each in answers() if each.kind == kind]
    assert np.mean([each.right or each.asks for each in mine]) >= RIGHT_OR_ASKED
