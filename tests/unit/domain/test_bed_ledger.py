"""Only beds that are staffed, empty, open and not promised may be promised."""

import pytest

from domain.bed_ledger import BedLedger
from domain.errors import BadBedCount, CountOvertaken, NoBedFree
from domain.values import BedCount, ReadBeds
from tests.builders import a_ledger, an_act, an_id, happened, minutes

RUN_1, RUN_2, RUN_3 = an_id("run 1"), an_id("run 2"), an_id("run 3")


def hold(ledger: BedLedger, run_id=RUN_1, callsign: str = "C1", at: float = 0, until: float = 60) -> None:
    ledger.hold(run_id, callsign, minutes(until), "Chợ Rẫy", an_act(minutes(at)))


def test_what_the_city_file_assumes_counts_until_the_hospital_speaks():
    ledger = a_ledger(staffed=4)
    assert ledger.free == 4
    ledger.report(BedCount(10, 7, 1), an_act())
    assert ledger.free == 2


def test_a_promise_takes_a_bed_and_a_release_gives_it_back():
    ledger = a_ledger(staffed=2)
    hold(ledger)
    assert ledger.free == 1
    ledger.release(RUN_1, an_act())
    assert ledger.free == 2
    ledger.release(RUN_1, an_act())
    assert happened(ledger) == ["Opened", "Held", "Released"]


def test_the_same_run_is_promised_one_bed():
    ledger = a_ledger(staffed=2)
    hold(ledger)
    hold(ledger)
    assert ledger.free == 1
    assert happened(ledger).count("Held") == 1


def test_the_last_bed_is_promised_once_and_the_refusal_says_all():
    ledger = a_ledger(staffed=4)
    ledger.report(BedCount(4, 1, 1), an_act())
    hold(ledger, RUN_1, "C2")
    hold(ledger, RUN_2, "C1")
    with pytest.raises(NoBedFree) as refusal:
        hold(ledger, RUN_3, "C3")
    assert refusal.value.sentence() == (
        "Chợ Rẫy has no EmergencyDepartment bed free: 4 staffed, 1 occupied, 1 blocked, 2 held."
    )
    assert refusal.value.facts["held_for"] == ["C1", "C2"]


def test_a_hospital_that_reports_fewer_beds_than_were_promised_keeps_its_word_and_gives_no_more():
    ledger = a_ledger(staffed=2)
    hold(ledger, RUN_1)
    hold(ledger, RUN_2)
    ledger.report(BedCount(2, 2), an_act())
    assert ledger.free == -2
    assert set(ledger.holds) == {RUN_1, RUN_2}
    with pytest.raises(NoBedFree):
        hold(ledger, RUN_3)


def test_who_arrives_turns_the_promise_into_an_occupied_bed():
    ledger = a_ledger(staffed=2)
    hold(ledger)
    ledger.consume(RUN_1, an_act())
    ledger.consume(RUN_1, an_act())
    assert (ledger.occupied, ledger.free, ledger.holds) == (1, 1, {})
    assert happened(ledger) == ["Opened", "Held", "Consumed"]


def test_who_was_promised_nothing_occupies_nothing():
    ledger = a_ledger(staffed=2)
    ledger.consume(RUN_1, an_act())
    assert ledger.occupied == 0


def test_a_promise_ends_at_its_minute_and_not_before():
    ledger = a_ledger()
    hold(ledger, RUN_1, until=60)
    hold(ledger, RUN_2, until=90)
    ledger.expire(an_act(minutes(59.9)))
    assert set(ledger.holds) == {RUN_1, RUN_2}
    ledger.expire(an_act(minutes(60)))
    assert set(ledger.holds) == {RUN_2}
    assert happened(ledger) == ["Opened", "Held", "Held", "Expired"]


def test_a_lapsed_promise_makes_room_for_the_next_one():
    ledger = a_ledger(staffed=1)
    hold(ledger, RUN_1, until=60)
    hold(ledger, RUN_2, at=60, until=120)
    assert set(ledger.holds) == {RUN_2}
    assert happened(ledger) == ["Opened", "Held", "Expired", "Held"]


def test_a_run_whose_promise_lapsed_occupies_no_bed_by_arriving():
    ledger = a_ledger(staffed=1)
    hold(ledger, RUN_1, until=60)
    ledger.expire(an_act(minutes(60)))
    ledger.consume(RUN_1, an_act(minutes(70)))
    assert ledger.occupied == 0


@pytest.mark.parametrize(
    "count",
    [
        *(BedCount(-1, 0), BedCount(5, -1), BedCount(5, 0, -1), BedCount(5, 6), BedCount(5, 3, 3)),
        BedCount(5, 0, 0, physical=4),
    ],
)
def test_a_count_that_cannot_be_is_refused(count):
    ledger = a_ledger(staffed=4)
    with pytest.raises(BadBedCount, match="EmergencyDepartment"):
        ledger.report(count, an_act())
    assert (ledger.staffed, happened(ledger)) == (4, ["Opened"])


@pytest.mark.parametrize("count", [BedCount(0, 0), BedCount(5, 5), BedCount(5, 2, 3)])
def test_a_full_or_closed_ward_is_a_fair_count(count):
    ledger = a_ledger()
    ledger.report(count, an_act())
    assert ledger.free == 0


def test_an_unchanged_count_is_news_all_the_same():
    ledger = a_ledger()
    ledger.report(BedCount(2, 1), an_act())
    ledger.report(BedCount(2, 1), an_act(minutes(5)))
    assert happened(ledger).count("Reported") == 2


def test_a_count_older_than_the_one_known_is_refused():
    ledger = a_ledger()
    ledger.report(BedCount(2, 2), an_act(minutes(10)))
    with pytest.raises(CountOvertaken):
        ledger.report(BedCount(2, 0), an_act(minutes(9)))
    ledger.report(BedCount(2, 1), an_act(minutes(10)))
    assert ledger.occupied == 1


def test_each_kind_in_each_hospital_has_its_own_ledger():
    ids = {BedLedger.create_id(hospital, kind) for hospital in ("a", "b") for kind in ("Burn", "AdultICU")}
    assert len(ids) == 4


# --- promises that ran out, counts that come late ---------------------------------------------------


def test_a_lapsed_promise_is_renewed_at_the_same_hospital():
    ledger = a_ledger(staffed=1)
    hold(ledger, RUN_1, until=60)
    hold(ledger, RUN_1, at=61, until=180)
    assert ledger.holds[RUN_1].until == minutes(180)
    assert happened(ledger) == ["Opened", "Held", "Expired", "Held"]


def test_a_lapsed_promise_is_not_renewed_where_another_has_the_bed_by_now():
    ledger = a_ledger(staffed=1)
    hold(ledger, RUN_1, until=60)
    hold(ledger, RUN_2, at=61, until=180)
    with pytest.raises(NoBedFree):
        hold(ledger, RUN_1, at=62, until=180)


def test_a_promise_said_again_stands_until_the_later_moment_even_in_a_full_house():
    ledger = a_ledger(staffed=1)
    hold(ledger, RUN_1, until=60)
    hold(ledger, RUN_1, at=30, until=90)
    hold(ledger, RUN_1, at=31, until=70)
    assert ledger.holds[RUN_1].until == minutes(90)
    assert happened(ledger) == ["Opened", "Held", "Prolonged"]


def test_a_count_taken_before_somebody_arrived_does_not_erase_the_arrival():
    ledger = a_ledger(staffed=10)
    hold(ledger, RUN_1)
    hold(ledger, RUN_2)
    ledger.consume(RUN_1, an_act(minutes(10)))
    ledger.consume(RUN_2, an_act(minutes(20)))
    ledger.report(BedCount(10, 5), an_act(minutes(15), heard_at=minutes(25)))
    assert (ledger.occupied, ledger.free) == (6, 4)
    assert happened(ledger)[-2:] == ["Reported", "ArrivedSince"]
    ledger.report(BedCount(10, 6), an_act(minutes(30)))
    assert (ledger.occupied, ledger.free) == (6, 4)
    assert happened(ledger)[-1] == "Reported"


def test_who_arrived_after_two_counts_is_added_to_each_of_them():
    ledger = a_ledger(staffed=10)
    hold(ledger, RUN_1)
    ledger.consume(RUN_1, an_act(minutes(20)))
    for at in (10, 15):
        ledger.report(BedCount(10, 5), an_act(minutes(at), heard_at=minutes(25)))
        assert ledger.occupied == 6


def test_of_fourteen_beds_only_the_ten_with_staff_may_be_promised():
    ledger = a_ledger(staffed=0)
    ledger.report(BedCount(10, 0, 0, physical=14), an_act())
    ledger.report(BedCount(10, 0, 0, physical=14), an_act(minutes(1)))
    assert (ledger.physical, ledger.free) == (14, 10)
    assert happened(ledger) == ["Opened", "Reported", "Sized", "Reported"]


# --- counts made over figures that have moved -------------------------------------------------------


def counted_by_two() -> BedLedger:
    """Read at minute 0 as 4 of 10 occupied; counted by somebody else at minute 5 as 7."""
    ledger = a_ledger(staffed=10)
    ledger.report(BedCount(10, 4), an_act())
    ledger.report(BedCount(10, 7), an_act(minutes(5)))
    return ledger


READ = ReadBeds(10, 4, 0, minutes(0))


@pytest.mark.parametrize(
    ("count", "read", "moved"),
    [
        (BedCount(10, 5), READ, True),  # one more than was read, not than is known
        (BedCount(10, 4), READ, True),  # "unchanged", of what stands no longer
        (BedCount(10, 7), READ, False),  # both counted the same
        (BedCount(10, 5), ReadBeds(10, 7, 0, minutes(5)), False),
        (BedCount(10, 7), ReadBeds(10, 7, 0, minutes(0)), False),  # the other one said "unchanged"
        (BedCount(10, 6), ReadBeds(10, 4, 0, None), True),  # read before anybody had counted
    ],
)
def test_a_count_over_figures_that_somebody_else_has_changed_is_told_from_one_over_those_that_stand(
    count, read, moved
):
    assert counted_by_two().moved_since(read, count, an_act(minutes(6))) is moved


def test_who_counts_anew_has_counted_those_who_came_and_unchanged_has_not():
    ledger = a_ledger(staffed=10)
    ledger.report(BedCount(10, 4), an_act())
    hold(ledger)
    ledger.consume(RUN_1, an_act(minutes(5)))
    assert ledger.moved_since(READ, BedCount(10, 4), an_act(minutes(6)))
    assert not ledger.moved_since(READ, BedCount(10, 6), an_act(minutes(6)))
    assert not ledger.moved_since(READ, BedCount(10, 4), an_act(minutes(4))), "came after the tap"
