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
from domain.known import together
from domain.merging import merge, unmerge
from domain.places_said import SaidPlace
from domain.values import Needs
from tests.builders import HERE, an_act, an_id, an_incident, happened


def another(number: int = 8, priority: str = "P3", patients: int = 1, needs: Needs | None = None) -> Incident:
    return Incident(
        number=number,
        call_id=an_id(f"call of {number}"),
        position=HERE,
        address=None,
        complaint="té xe",
        determinant=None,
        priority=priority,
        patients=patients,
        needs=needs or Needs(),
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


def known(number: int, danger: str | None, level: int, patients: int, priority: str = "P3") -> Incident:
    incident = another(number, priority, patients=patients)
    incident.tell_danger(danger, an_act())
    incident.set_alarm_level(level, "đông người", an_act())
    return incident


def taken(incident: Incident) -> tuple[object, ...]:
    return incident.danger, incident.alarm_level, incident.patients, incident.determinant, incident.needs


def test_danger_alarm_level_and_patients_go_along_and_fall_back():
    stays, goes, third = known(8, None, 1, 1), known(9, "có dao", 3, 30), known(10, "chó dữ", 2, 40)
    stood = taken(stays)
    merge(goes, stays, an_act())
    assert taken(stays)[:3] == ("có dao", 3, 30)
    merge(third, stays, an_act())
    assert taken(stays)[:3] == ("có dao; chó dữ", 3, 40)
    unmerge(goes, stays, an_act())
    assert taken(stays)[:3] == ("chó dữ", 2, 40)
    unmerge(third, stays, an_act())
    assert taken(stays) == stood


def test_a_danger_goes_down_a_whole_chain():
    first, second, third = known(8, None, 1, 1), known(9, None, 2, 1), known(10, "có dao", 3, 30)
    merge(third, second, an_act())
    merge(second, first, an_act())
    assert taken(first)[:3] == ("có dao", 3, 30)
    unmerge(second, first, an_act())
    assert (taken(first)[:3], taken(second)[:3]) == ((None, 1, 1), ("có dao", 3, 30))


def test_each_crew_hears_of_the_danger_that_is_new_to_it():
    for danger_of, told in (("goes", {an_id("run of 8")}), ("stays", {an_id("run of 9")})):
        stays = known(8, "có dao" if danger_of == "stays" else None, 1, 1)
        goes = known(9, "có dao" if danger_of == "goes" else None, 1, 1)
        for incident, callsign in ((stays, "C1"), (goes, "C2")):
            incident.open_run(an_id(f"run of {incident.number}"), callsign, an_act())
        merge(goes, stays, an_act())
        fact = next(fact for fact in reversed(stays.pending_events) if isinstance(fact, Incident.DangerTold))
        assert fact.danger == "có dao"
        assert told <= set(fact.run_ids)


def test_a_danger_that_is_over_does_not_come_again_with_the_next_merge():
    stays, goes, third = known(8, None, 1, 1), known(9, "có dao", 1, 1), known(10, None, 1, 1)
    merge(goes, stays, an_act())
    stays.tell_danger(None, an_act())
    merge(third, stays, an_act())
    assert stays.danger is None
    unmerge(goes, stays, an_act())
    assert (stays.danger, goes.danger) == (None, "có dao")


HEART = Needs(("ALS", "transport"), "AdultICU", "pci")


def heart_attack(number: int) -> Incident:
    incident = another(number, "P1", needs=HEART)
    title = {"vi": "Nhồi máu cơ tim", "en": "Heart attack"}
    incident.triage(incident.call_ids[0], ("chest_pain", 2), "heart_attack", title, "cardiac", "P1", an_act())
    return incident


@pytest.mark.parametrize("priority", ["P1", "P3"])
def test_what_it_is_goes_to_one_that_nobody_triaged_and_leaves_it_again(priority: str):
    stays, goes = another(8, priority), heart_attack(9)
    stood = stays.known()
    merge(goes, stays, an_act())
    assert (stays.determinant, stays.plan, stays.needs) == ("heart_attack", "cardiac", HEART)
    assert stays.triaged_by == an_id("call of 9")
    unmerge(goes, stays, an_act())
    assert stays.known() == stood


def test_one_that_was_triaged_keeps_what_it_is_where_the_other_is_no_more_urgent():
    stays, goes = heart_attack(8), another(9, "P1")
    stood = stays.known()
    merge(goes, stays, an_act())
    assert stays.known() == stood


def test_a_merge_of_before_took_over_nothing_but_urgency():
    stays, goes = known(8, None, 1, 1), heart_attack(9)
    stood = stays.known()
    stays.absorb(goes, an_act())
    fact = stays.pending_events[-1]
    state = {name: value for name, value in vars(fact).items() if name in ("priority", "needs")}
    Incident.Absorbed.upcast_v1_v2(state)
    assert state["determinant"] is state["danger"] is None
    before = stays.absorbed[goes.id].known._replace(
        triage=None, danger=state["danger"], alarm_level=state["alarm_level"], patients=state["patients"]
    )
    assert together(stood, before)[1:] == stood[1:]


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
