"""Two incidents that are one, and two again."""

import pytest

from domain.call_errors import (
    IncidentMerged,
    MergedWithItself,
    NoCallLeft,
    NotMerged,
    OnlyCallOfIncident,
    PlaceUnconfirmed,
)
from domain.incident import Incident
from domain.merging import merge, unmerge
from domain.places_said import SaidPlace
from domain.values import Needs
from tests.builders import HERE, an_act, an_id, an_incident, happened


def another(number: int = 8, priority: str = "P3") -> Incident:
    return Incident(
        number=number,
        call_id=an_id(f"call of {number}"),
        position=HERE,
        address=None,
        complaint="té xe",
        determinant=None,
        priority=priority,
        patients=1,
        needs=Needs(),
        act=an_act(),
        incident_id=an_id(f"incident {number}"),
    )


def test_what_one_has_goes_to_the_other_and_comes_back():
    stays, goes = another(8), another(9)
    goes.open_run(an_id("run"), "C1", an_act())
    merge(goes, stays, an_act())
    assert stays.call_ids == [an_id("call of 8"), an_id("call of 9")]
    assert (stays.serving, goes.serving) == ({an_id("run"): "C1"}, {})
    stays.open_run(an_id("later"), "C2", an_act())
    call_ids, run_ids = unmerge(goes, stays, an_act())
    assert (call_ids, run_ids) == ([an_id("call of 9")], [an_id("run")])
    assert (stays.serving, goes.serving) == ({an_id("later"): "C2"}, {an_id("run"): "C1"})
    assert stays.call_ids == [an_id("call of 8")]


def test_a_run_that_ended_meanwhile_comes_back_as_one_that_is_over():
    stays, goes = another(8), another(9)
    goes.open_run(an_id("run"), "C1", an_act())
    merge(goes, stays, an_act())
    stays.end_run(an_id("run"), "clear", an_act())
    assert unmerge(goes, stays, an_act())[1] == [an_id("run")]
    assert goes.serving == {}


@pytest.mark.parametrize(("taken_out", "left"), [(9, "9"), (8, "8")])
def test_two_stay_one_where_one_of_both_would_have_no_call(taken_out: int, left: str):
    stays, goes = another(8), another(9)
    merge(goes, stays, an_act())
    stays.separate_call(an_id(f"call of {taken_out}"), an_act())
    stood = happened(stays)
    with pytest.raises(NoCallLeft, match=f"Incident {left} would be left without a call"):
        unmerge(goes, stays, an_act())
    assert happened(stays) == stood


def test_a_call_that_was_taken_out_does_not_go_back_to_where_it_was_before_the_merge():
    stays, goes = another(8), another(9)
    merge(goes, stays, an_act())
    stays.separate_call(an_id("call of 9"), an_act())
    with pytest.raises(IncidentMerged):
        goes.join_call(an_id("call of 9"), an_act())


def test_the_more_urgent_tells_how_urgent_both_are_and_urgency_falls_back():
    stays, goes, third = another(8, "P3"), another(9, "P1"), another(10, "P2")
    merge(goes, stays, an_act())
    merge(third, stays, an_act())
    assert stays.priority == "P1"
    unmerge(goes, stays, an_act())
    assert stays.priority == "P2", "the other that is still part of it was that urgent"
    unmerge(third, stays, an_act())
    assert stays.priority == "P3"


def test_an_urgency_that_somebody_set_since_stays():
    stays, goes = another(8, "P3"), another(9, "P1")
    merge(goes, stays, an_act())
    stays.reprioritise("P2", Needs(), "tỉnh lại", an_act())
    unmerge(goes, stays, an_act())
    assert stays.priority == "P2"


def test_nothing_new_begins_at_an_incident_that_was_merged():
    stays, goes = another(8), another(9)
    merge(goes, stays, an_act())
    for order in (
        lambda: goes.open_run(an_id(), "C1", an_act()),
        lambda: goes.join_call(an_id(), an_act()),
        lambda: goes.close("xong", an_act()),
        lambda: merge(goes, another(10), an_act()),
        lambda: merge(another(10), goes, an_act()),
    ):
        with pytest.raises(IncidentMerged, match="8"):
            order()


def test_nobody_merges_an_incident_with_itself_or_takes_apart_what_is_one():
    with pytest.raises(MergedWithItself):
        merge(another(8), another(8), an_act())
    with pytest.raises(NotMerged):
        unmerge(another(9), another(8), an_act())


def test_a_chain_is_taken_apart_from_its_end():
    first, second, third = another(8), another(9), another(10)
    merge(third, second, an_act())
    merge(second, first, an_act())
    assert len(first.call_ids) == 3
    with pytest.raises(IncidentMerged):
        unmerge(third, second, an_act())
    unmerge(second, first, an_act())
    unmerge(third, second, an_act())
    assert [each.call_ids for each in (first, second, third)] == [
        [an_id("call of 8")],
        [an_id("call of 9")],
        [an_id("call of 10")],
    ]


def test_a_call_that_was_separated_meanwhile_does_not_come_back():
    stays, goes = another(8), another(9)
    goes.join_call(an_id("second"), an_act())
    merge(goes, stays, an_act())
    stays.separate_call(an_id("second"), an_act())
    assert unmerge(goes, stays, an_act())[0] == [an_id("call of 9")]


def test_the_only_call_of_an_incident_cannot_be_separated():
    with pytest.raises(OnlyCallOfIncident):
        another(8).separate_call(an_id("call of 8"), an_act())


def test_nobody_is_sent_to_a_place_in_doubt():
    incident = an_incident()
    incident.say_place(SaidPlace("gazetteer", 0.4), False, an_act())
    with pytest.raises(PlaceUnconfirmed, match="confidence 40 %"):
        incident.open_run(an_id(), "C1", an_act())
    incident.confirm_place(an_act())
    incident.confirm_place(an_act())
    incident.open_run(an_id(), "C1", an_act())
    assert happened(incident)[-2:] == ["PlaceConfirmed", "RunOpened"]
