"""Whom to send: the soonest, with reasons; and why each of the others stays."""

from datetime import timedelta

import pytest

from dispatch.policies.send import SendRules, UnitNow, UnitRanking, can, rank_units
from domain.values import Needs, Position, Travel
from tests.builders import NOON, a_unit_now, minutes, seconds

ALS = Needs(("ALS", "transport"))
BLS = Needs(("BLS", "transport"))


def ranking(units: list[UnitNow], needs: Needs = BLS, **ways: Travel | float | None) -> UnitRanking:
    """ways : seconds of drive by callsign, 60 for those not named."""
    travel = {unit.callsign: ways.get(unit.callsign, 60.0) for unit in units}
    return rank_units(
        units,
        {c: Travel(w, w * 10) if isinstance(w, float) else w for c, w in travel.items()},
        needs,
        SendRules(),
        NOON,
    )


def why_rejected(
    unit: UnitNow, needs: Needs = BLS, way: Travel | float | None = 60.0
) -> tuple[str, str, str]:
    """Beside another that can do everything and is free: where nobody is left, few are rejected."""
    everything = ("ALS", "neonatal", "isolation", "motorbike")
    other = a_unit_now("C999", capabilities=everything)
    (row,) = ranking([unit, other], needs, **{unit.callsign: way}).rejected
    return row.code, row.reason, row.reason_vi


def test_the_soonest_goes_first():
    rows = ranking([a_unit_now("C1"), a_unit_now("C2")], C1=90.0, C2=30.0).units
    assert [(row.callsign, row.eta_s) for row in rows] == [("C2", 30.0), ("C1", 90.0)]


def test_equal_times_are_settled_by_callsign_in_whatever_order_they_come():
    units = [a_unit_now(callsign) for callsign in ("T2", "C3", "C1")]
    for order in (units, units[::-1]):
        assert [row.callsign for row in ranking(order).units] == ["C1", "C3", "T2"]


def test_the_score_is_the_sum_of_its_parts_in_seconds():
    (row,) = ranking([a_unit_now()], C1=123.4).units
    assert row.parts == {"travel": 123.4, "turnout": 60.0}
    assert row.score == pytest.approx(183.4)


def test_a_slow_turnout_counts():
    rules = SendRules(turnout_s={"van": 90.0, "motorbike": 30.0})
    units = [a_unit_now("C1"), a_unit_now("M1", kind="motorbike")]
    ways = {"C1": Travel(60, 600), "M1": Travel(100, 600)}
    rows = rank_units(units, ways, Needs(("BLS",)), rules, NOON).units
    assert [row.callsign for row in rows] == ["M1", "C1"]


def test_a_crew_with_advanced_support_counts_as_basic_and_not_the_other_way_round():
    als, bls = a_unit_now("C1"), a_unit_now("T1", capabilities=("BLS",))
    assert can(als, "BLS")
    assert not can(bls, "ALS")
    assert [row.callsign for row in ranking([als, bls], ALS).units] == ["C1"]
    assert why_rejected(bls, ALS) == ("lacks_capability", "lacks ALS", "thiếu ALS")


def test_all_that_is_lacking_is_named():
    needs = Needs(("BLS", "transport", "neonatal", "isolation"))
    assert why_rejected(a_unit_now(), needs)[1] == "lacks neonatal, isolation"


def test_a_motorbike_carries_nobody():
    bike = a_unit_now("M1", kind="motorbike", capabilities=("BLS", "motorbike"))
    assert why_rejected(bike)[:2] == ("cannot_transport", "cannot carry a patient")


def test_a_motorbike_that_may_go_says_that_a_van_must_follow():
    bike = a_unit_now("M1", kind="motorbike", capabilities=("BLS", "motorbike"))
    (row,) = ranking([bike], Needs(("BLS",))).units
    assert row.reasons[-1] == {
        "en": "first care only: a van must follow",
        "vi": "chỉ sơ cứu: cần xe cứu thương đi sau",
    }


def test_a_motorbike_can_be_asked_for():
    needs = Needs(("BLS", "motorbike"))
    assert why_rejected(a_unit_now("C1"), needs)[0] == "lacks_capability"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"incident_number": 12}, ("busy", "on incident 12", "đang phục vụ vụ 12")),
        ({"duty": "off_duty"}, ("off_duty", "off duty", "không trực")),
        ({"duty": "out_of_service"}, ("out_of_service", "out of service", "ngưng hoạt động")),
        ({"position": None}, ("no_position", "has not reported a position", "chưa báo vị trí")),
        ({"position_at": None}, ("no_position", "has not reported a position", "chưa báo vị trí")),
        (
            {"position_at": NOON - timedelta(seconds=185)},
            ("stale_position", "position is 3:05 old", "vị trí đã cũ 3:05"),
        ),
    ],
)
def test_a_unit_passed_over_says_why(change, reason):
    assert why_rejected(a_unit_now(**change)) == reason


def test_a_position_of_exactly_two_minutes_still_counts():
    assert ranking([a_unit_now(position_at=minutes(-2))]).units
    assert why_rejected(a_unit_now(position_at=seconds(-121)))[0] == "stale_position"


def test_where_no_road_leads_the_unit_is_rejected_and_not_put_last():
    assert why_rejected(a_unit_now(), way=None) == (
        "no_way",
        "no way to the scene by road",
        "không có đường tới hiện trường",
    )


def test_a_straight_line_is_called_so():
    (row,) = ranking([a_unit_now()], C1=Travel(100, 2340, "straight_line")).units
    assert row.method == "straight_line"
    assert row.reasons[0] == {
        "en": "2.3 km, straight line estimate",
        "vi": "2,3 km, ước tính đường chim bay",
    }


def test_every_unit_is_either_ranked_or_rejected():
    units = [
        a_unit_now("C1"),
        a_unit_now("C2", duty="off_duty"),
        a_unit_now("C3", position=None),
        a_unit_now("C4", incident_number=3, position=Position(10.0, 106.0)),
    ]
    result = ranking(units, ALS, C1=None)
    named = [row.callsign for row in result.units] + [row.callsign for row in result.rejected]
    assert sorted(named) == ["C1", "C2", "C3", "C4"]


def test_nobody_free_is_an_empty_list_and_no_error():
    assert ranking([]) == UnitRanking([], [])
