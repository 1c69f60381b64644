"""Where to take the patient: who can, who has a bed, how far, and how old that news is."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.policies.destination import (
    BedsNow,
    DestinationRules,
    HospitalNow,
    HospitalRanking,
    rank_hospitals,
)
from domain.service_hours import SaidOfService, read_hours
from domain.values import Needs, Position, Travel
from tests.builders import NOON, a_hospital_now, minutes

ED = "EmergencyDepartment"


def ranking(
    hospitals: list[HospitalNow], needs: Needs | None = None, **ways: float | None
) -> HospitalRanking:
    """ways : seconds of drive by hospital, 600 for those not named."""
    travel = {}
    for hospital in hospitals:
        way = ways.get(hospital.hospital_id, 600.0)
        travel[hospital.hospital_id] = None if way is None else Travel(way, way * 10)
    return rank_hospitals(hospitals, travel, needs or Needs(), DestinationRules(), NOON)


def why_rejected(hospital: HospitalNow, needs: Needs | None = None, **ways: float | None) -> str:
    """Beside one that can do everything: somebody always has to."""
    everything = a_hospital_now(
        "other", specialities=("general", "burns"), beds={ED: BedsNow(2, NOON), "Burn": BedsNow(2, NOON)}
    )
    (row,) = ranking([hospital, everything], needs, **ways).rejected
    assert row.reason_vi
    return f"{row.code}: {row.reason}"


def counted(at: datetime | None, free: int = 2) -> dict[str, BedsNow]:
    return {ED: BedsNow(free, at)}


def test_the_nearest_goes_first_and_the_id_settles_ties():
    hospitals = [a_hospital_now(name) for name in ("c", "b", "a")]
    rows = ranking(hospitals, None, a=600.0, b=600.0, c=100.0).hospitals
    assert [row.hospital_id for row in rows] == ["c", "a", "b"]


def test_only_a_hospital_with_the_speciality_is_asked():
    needs = Needs(speciality="burns")
    assert why_rejected(a_hospital_now(), needs) == "lacks_speciality: no burns"
    assert ranking([a_hospital_now(specialities=("burns",))], needs).hospitals


def test_a_hospital_that_diverts_everything_is_passed_over_until_then():
    until = minutes(30)
    (row,) = ranking([a_hospital_now("full", diverting_until=until), a_hospital_now("open")]).rejected
    assert (row.hospital_id, row.code, row.reason) == (
        "full",
        "diverting",
        "diverting until 2026-03-02T12:30+07:00",
    )
    assert "ngưng nhận" in row.reason_vi
    assert ranking([a_hospital_now(diverting_until=NOON)]).hospitals


@pytest.mark.parametrize(
    ("needs", "services", "passed_over"),
    [
        (Needs(speciality="stroke"), ("stroke",), True),
        (Needs(speciality="stroke"), ("trauma",), False),
        (Needs(speciality=None), ("trauma",), False),
        (Needs(), (ED,), True),
        (Needs(bed_kind=None), (ED,), False),
        (Needs(bed_kind=None), (), True),
    ],
)
def test_a_diversion_of_some_services_concerns_only_those_who_need_them(needs, services, passed_over):
    hospital = a_hospital_now("diverts", diverting_until=minutes(30), diverted_services=services)
    assert bool(ranking([hospital, a_hospital_now("open")], needs).rejected) == passed_over


@pytest.mark.parametrize("free", [0, -1])
def test_without_a_free_bed_a_hospital_is_passed_over(free):
    assert why_rejected(a_hospital_now(beds=counted(NOON, free))) == f"no_bed: no {ED} bed free"


def test_a_hospital_that_keeps_no_such_beds_is_passed_over():
    assert why_rejected(a_hospital_now(), Needs(bed_kind="Burn")) == "lacks_bed_kind: keeps no Burn beds"


def test_who_needs_no_bed_is_not_asked_for_one():
    (row,) = ranking([a_hospital_now(beds={})], Needs(bed_kind=None)).hospitals
    assert (row.bed_kind, row.free, row.parts) == (None, None, {"travel": 600.0})


def test_where_no_road_leads_no_patient_is_taken():
    assert why_rejected(a_hospital_now(), None, **{"cho-ray": None}) == "no_way: no way there by road"


@pytest.mark.parametrize(
    ("reported_at", "doubt_s"),
    [
        (NOON, 0),
        (minutes(-60), 175.7),  # 600 s x (1 - 0.5 ** 0.5)
        (minutes(-120), 300.0),
        (minutes(-240), 450.0),
        (minutes(-480), 562.5),
        (None, 300.0),
        (minutes(5), 0),
    ],
)
def test_trust_in_a_count_halves_every_two_hours_and_what_is_lost_costs_seconds_of_drive(
    reported_at, doubt_s
):
    (row,) = ranking([a_hospital_now(beds=counted(reported_at, free=3))]).hospitals
    assert row.parts == {"travel": 600.0, "data_age": doubt_s}
    assert row.score == 600 + doubt_s
    assert row.confidence == pytest.approx(1 - doubt_s / 600, abs=0.001)


def test_no_minute_makes_a_sudden_difference():
    ages = range(600)
    doubts = [
        ranking([a_hospital_now(beds=counted(minutes(-age), free=3))]).hospitals[0].parts["data_age"]
        for age in ages
    ]
    steps = [later - earlier for earlier, later in pairwise(doubts)]
    assert all(0 <= step < 4 for step in steps)


def test_a_count_of_four_hours_ago_is_shown_as_old_and_weighs_less():
    old = a_hospital_now("old", beds=counted(minutes(-240), free=9))
    fresh = a_hospital_now("fresh", beds=counted(NOON, free=9))
    rows = ranking([old, fresh], None, old=600.0, fresh=900.0).hospitals
    assert [(row.hospital_id, row.stale) for row in rows] == [("fresh", False), ("old", True)]
    assert {"en": "old count, trusted to 25 %", "vi": "số liệu cũ, độ tin cậy 25 %"} in rows[1].reasons


@pytest.mark.parametrize(("free", "scarce_s"), [(1, 40.0), (2, 20.0), (3, None), (30, None)])
def test_the_last_beds_may_be_gone_on_arrival(free, scarce_s):
    (row,) = ranking([a_hospital_now(beds=counted(NOON, free))]).hospitals
    assert row.parts.get("scarce") == scarce_s


def test_a_crowd_at_the_door_and_slow_handovers_cost_seconds_and_are_told():
    crowded = a_hospital_now("crowded", beds=counted(NOON, 9), waiting=3, inbound=2, handover_s=2700.0)
    quiet = a_hospital_now("quiet", beds=counted(NOON, 9), handover_s=600.0)
    rows = ranking([crowded, quiet], None, crowded=600.0, quiet=1900.0).hospitals
    assert rows[0].hospital_id == "crowded"
    assert rows[0].parts == {"travel": 600.0, "data_age": 0.0, "queue": 480.0, "handover": 750.0}
    assert rows[0].score == 1830.0
    assert rows[1].parts == {"travel": 1900.0, "data_age": 0.0}
    told = [reason["en"] for reason in rows[0].reasons]
    assert told[-2:] == ["3 waiting at the door, 2 on the way", "handing over took 45 min lately"]


@given(
    free=st.integers(1, 9),
    age=st.none() | st.integers(-10, 5000),
    crowd=st.tuples(st.integers(0, 9), st.integers(0, 9)),
    handover_s=st.none() | st.floats(0, 9000),
)
def test_the_parts_that_are_shown_add_up_to_the_score(free, age, crowd, handover_s):
    at = None if age is None else minutes(-age)
    hospital = a_hospital_now(
        beds=counted(at, free), waiting=crowd[0], inbound=crowd[1], handover_s=handover_s
    )
    (row,) = ranking([hospital]).hospitals
    assert row.score == pytest.approx(sum(row.parts.values()), abs=0.051)
    assert all(part >= 0 for part in row.parts.values())


# --- hours, bypassing, and what happens when all divert -----------------------------------------------

NIGHT = datetime(2026, 3, 3, 2, 0, tzinfo=NOON.tzinfo)
BY_DAY = {"pci": read_hours(["07:00-17:00"])}
HEART = Needs(speciality="pci")


def at_night(hospitals: list[HospitalNow], now: datetime = NIGHT) -> HospitalRanking:
    travel = {each.hospital_id: Travel(600.0, 6000.0) for each in hospitals}
    return rank_hospitals(hospitals, travel, HEART, DestinationRules(), now)


def test_a_cath_lab_that_is_closed_at_night_is_not_offered_at_two():
    by_day, always = a_hospital_now("by-day", hours=BY_DAY), a_hospital_now("always")
    found = at_night([by_day, always])
    assert [row.hospital_id for row in found.hospitals] == ["always"]
    assert [(row.code, row.reason) for row in found.rejected] == [("service_closed", "pci is closed now")]
    assert len(at_night([by_day, always], NOON).hospitals) == 2


def test_what_a_hospital_says_for_now_counts_before_its_hours_and_ends():
    opened = SaidOfService(True, NIGHT + timedelta(minutes=30))
    called_in = a_hospital_now("by-day", hours=BY_DAY, services={"pci": opened})
    assert at_night([called_in]).hospitals
    (over,) = at_night([called_in], NIGHT + timedelta(minutes=30)).hospitals
    assert over.flags == ["all_closed"]
    broken = a_hospital_now("broken", services={"pci": SaidOfService(False, minutes(60))})
    assert at_night([broken], NOON).hospitals[0].flags == ["all_closed"]
    assert at_night([broken], minutes(60)).hospitals


def test_a_heart_attack_bypasses_a_nearer_house_without_a_cath_lab_and_says_so():
    here = Position(10.77, 106.70)
    near = a_hospital_now("near", position=Position(10.771, 106.70), specialities=("general",))
    far = a_hospital_now("far", position=Position(10.80, 106.70))
    beyond = a_hospital_now("beyond", position=Position(10.90, 106.70), specialities=("general",))
    found = rank_hospitals(
        [near, far, beyond], {"far": Travel(400.0, 4000.0)}, HEART, DestinationRules(), NOON, here
    )
    assert [row.hospital_id for row in found.hospitals] == ["far"]
    assert found.hospitals[0].reasons[-1] == {
        "en": "bypasses Near, which is nearer: no pci",
        "vi": "bỏ qua Near gần hơn: không có chuyên khoa pci",
    }
    assert not [each for each in found.hospitals[0].reasons if "Beyond" in each["en"]]


def test_where_all_divert_the_least_loaded_is_offered_all_the_same_and_flagged():
    def diverting(name: str, staffed: int, free: int, waiting: int = 0) -> HospitalNow:
        return a_hospital_now(
            name, beds={ED: BedsNow(free, NOON, staffed)}, diverting_until=minutes(60), waiting=waiting
        )

    small = diverting("small", staffed=10, free=2)
    large = diverting("large", staffed=40, free=10)
    crowded = diverting("crowded", staffed=40, free=20, waiting=15)
    full = diverting("full", staffed=40, free=0)
    found = ranking([small, large, crowded, full])
    assert [(row.hospital_id, row.flags) for row in found.hospitals] == [("large", ["all_diverting"])]
    assert found.hospitals[0].reasons[0]["vi"].startswith("mọi nơi phù hợp đều ngưng nhận")
    assert {row.hospital_id: row.code for row in found.rejected} == {
        "small": "diverting",
        "crowded": "diverting",
        "full": "diverting",
    }
    one_open = a_hospital_now("open")
    assert [row.hospital_id for row in ranking([small, large, one_open]).hospitals] == ["open"]


def test_where_nobody_has_a_bed_the_least_loaded_is_offered_without_one():
    def full(name: str, staffed: int, **facts: object) -> HospitalNow:
        return a_hospital_now(name, beds={ED: BedsNow(0, NOON, staffed)}, **facts)

    without = a_hospital_now("without", beds={})
    crowded, diverting = full("crowded", 10, waiting=2), full("diverting", 40, diverting_until=minutes(60))
    (row,) = ranking([without, crowded, diverting]).hospitals
    assert (row.hospital_id, row.flags, row.bed_kind) == ("crowded", ["all_full"], None)
    (row,) = ranking([without, diverting]).hospitals
    assert (row.hospital_id, row.flags) == ("diverting", ["all_diverting", "all_full"])


def test_where_a_speciality_is_closed_everywhere_a_house_that_keeps_it_is_offered_and_marked():
    """A heart attack at two in the morning: the team is called in."""
    needs, shut = Needs(speciality="pci"), {"pci": SaidOfService(False, minutes(60))}
    closed = a_hospital_now("closed", services=shut)
    heart_house = a_hospital_now("heart", specialities=("pci",), services=shut)
    anybody = a_hospital_now("anybody", specialities=("general",))
    (row,) = ranking([closed, heart_house, anybody], needs).hospitals
    assert (row.hospital_id, row.flags, row.bed_kind) == ("closed", ["all_closed"], ED)
    assert row.reasons[0]["vi"].startswith("không nơi nào còn mở chuyên khoa pci")
    (row,) = ranking([heart_house, anybody], needs).hospitals
    assert (row.hospital_id, row.flags) == ("anybody", ["all_lack"])
    (row,) = ranking([heart_house], needs).hospitals
    assert (row.hospital_id, row.flags) == ("heart", ["all_closed"])
    full = replace(closed, beds={ED: BedsNow(0, NOON, 4)})
    assert [row.hospital_id for row in ranking([full, anybody], needs).hospitals] == ["anybody"]


def test_where_nobody_has_the_speciality_whoever_takes_everybody_is_offered_and_marked():
    needs = Needs(speciality="burns")
    near, far, eyes = (a_hospital_now(name) for name in ("near", "far", "eyes"))
    eyes = replace(eyes, specialities=("ophthalmology",))
    found = ranking([near, far, eyes], needs, near=300.0, eyes=60.0)
    assert [(row.hospital_id, row.flags) for row in found.hospitals] == [
        ("near", ["all_lack"]),
        ("far", ["all_lack"]),
    ]
    assert [(row.hospital_id, row.code) for row in found.rejected] == [("eyes", "lacks_speciality")]
    assert [row.hospital_id for row in ranking([eyes], needs).hospitals] == ["eyes"]


@pytest.mark.parametrize("beds", [{}, {ED: BedsNow(0, NOON, 0)}])
def test_where_no_house_has_a_staffed_bed_one_is_offered_without_a_bed(beds):
    names = ("near", "far")
    found = ranking([a_hospital_now(name, beds=beds) for name in names], None, near=300.0)
    assert [(row.hospital_id, row.flags, row.bed_kind) for row in found.hospitals] == [
        (name, ["all_full"], None) for name in names
    ]


@given(st.data())
def test_whatever_the_houses_say_somebody_is_named(data):
    def drawn(name: str) -> HospitalNow:
        return a_hospital_now(
            name,
            specialities=tuple(data.draw(st.sets(st.sampled_from(["general", "pci", "burns"]), max_size=2))),
            beds=data.draw(
                st.dictionaries(
                    st.sampled_from([ED, "Burn"]),
                    st.builds(BedsNow, st.integers(-1, 2), st.just(NOON), st.integers(0, 2)),
                )
            ),
            diverting_until=data.draw(st.sampled_from([None, minutes(30)])),
            diverted_services=data.draw(st.sampled_from([(), ("pci",), (ED,)])),
            services={"pci": SaidOfService(data.draw(st.booleans()), minutes(30))},
        )

    houses = [drawn(name) for name in data.draw(st.sampled_from(["a", "ab", "abc"]))]
    needs = Needs(
        (), data.draw(st.sampled_from([ED, "Burn", None])), data.draw(st.sampled_from(["pci", "burns", None]))
    )
    found = ranking(houses, needs)
    assert found.hospitals
    told = [row.hospital_id for row in (*found.hospitals, *found.rejected)]
    assert sorted(told) == [house.hospital_id for house in houses]
    for row in found.hospitals:
        house = next(each for each in houses if each.hospital_id == row.hospital_id)
        if row.bed_kind is not None:
            assert house.beds[row.bed_kind].free > 0
        lacks = needs.speciality is not None and needs.speciality not in house.specialities
        assert lacks == ("all_lack" in row.flags)


def test_a_fresh_count_a_little_further_goes_before_an_old_one():
    old = a_hospital_now("old", beds=counted(None))
    fresh = a_hospital_now("fresh")
    rows = ranking([old, fresh], None, old=600.0, fresh=800.0).hospitals
    assert [row.hospital_id for row in rows] == ["fresh", "old"]
    assert {"en": "beds never reported", "vi": "chưa từng báo giường"} in rows[1].reasons
    assert rows[1].reported_at is None


def test_the_reasons_say_distance_beds_and_age_of_the_count():
    (row,) = ranking([a_hospital_now(beds=counted(minutes(-12), free=3))]).hospitals
    assert [reason["en"] for reason in row.reasons] == ["6.0 km by road", "3 free", "counted 12 min ago"]


def test_an_estimate_is_called_so():
    ways = {"cho-ray": Travel(100, 1500, "straight_line")}
    (row,) = rank_hospitals([a_hospital_now()], ways, Needs(), DestinationRules(), NOON).hospitals
    assert row.reasons[0]["en"] == "1.5 km, straight line estimate"


@pytest.mark.parametrize(
    "told",
    [
        {"diverting_until": NOON + timedelta(minutes=1)},
        {"beds": counted(NOON - timedelta(minutes=30))},
        {"hours": {"general": read_hours(["00:00-12:01"])}},
    ],
    ids=["diverting", "counted", "hours"],
)
def test_what_hangs_on_the_hour_is_asked_again_though_the_hospitals_are_the_same(told):
    hospitals = [a_hospital_now("a", **told), a_hospital_now("b")]
    needs, ways = Needs(bed_kind=ED, speciality="general"), {"a": Travel(60, 600), "b": Travel(90, 900)}

    def at(minute: int, asked: list[HospitalNow]) -> HospitalRanking:
        now = NOON + timedelta(minutes=minute)
        return rank_hospitals(asked, ways, needs, DestinationRules(), now, Position(10.7, 106.6))

    before, after = at(0, hospitals), at(2, hospitals)
    assert before != after
    assert after == at(2, [replace(each) for each in hospitals])  # of hospitals that nobody asked about yet


BURNS = Needs(speciality="burns")


def test_one_hospital_that_is_another_is_judged_anew_and_so_are_other_rules_and_needs():
    hospitals = [a_hospital_now("a"), a_hospital_now("b", specialities=("general", "burns"))]
    ways = {"a": Travel(60, 600), "b": Travel(90, 900)}
    rules = [DestinationRules(), DestinationRules(inbound_s=77.0)]
    crowded = [hospitals[0], replace(hospitals[1], inbound=3)]
    for _ in range(2):
        for needs in (BURNS, Needs(), Needs(bed_kind=ED)):
            for which in rules:
                for asked in (hospitals, crowded):
                    (burns,) = (
                        row
                        for row in rank_hospitals(asked, ways, needs, which, NOON).hospitals
                        if row.hospital_id == "b"
                    )
                    waits = 3 * which.inbound_s if asked is crowded else 0.0
                    assert burns.parts.get("queue", 0.0) == waits
    hospitals[1] = replace(hospitals[1], specialities=("general",))
    hospitals[0] = replace(hospitals[0], specialities=("burns",))
    (row,) = rank_hospitals(hospitals, ways, BURNS, rules[0], NOON).rejected
    assert (row.hospital_id, row.code) == ("b", "lacks_speciality")
