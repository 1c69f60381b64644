"""A call ends in an incident, or with a reason."""

from datetime import timedelta

import pytest

from domain.call import Call
from domain.errors import CallAlreadySettled
from domain.triage_errors import OlderAnswers
from domain.values import Position
from tests.builders import HERE, NOON, a_call, an_act, an_id, happened

INCIDENT = an_id("incident")


def triage(call: Call, determinant: str = "chest_pain", priority: str | None = "P1") -> None:
    call.triage("general", 1, {"problem": "chest_pain"}, determinant, priority, an_act())


def test_a_call_joins_one_incident():
    call = a_call()
    call.join(INCIDENT, an_act())
    call.join(INCIDENT, an_act())
    assert happened(call) == ["Received", "Joined"]
    with pytest.raises(CallAlreadySettled, match="in_incident"):
        call.join(an_id("another"), an_act())


def test_a_call_in_an_incident_is_not_closed_by_itself():
    call = a_call()
    call.join(INCIDENT, an_act())
    with pytest.raises(CallAlreadySettled) as refusal:
        call.close("nhầm số", an_act())
    assert refusal.value.facts["incident_id"] == INCIDENT


def test_a_closed_call_is_over_for_everything():
    call = a_call()
    call.close("nhầm số", an_act())
    deeds = [
        lambda: call.close("lại", an_act()),
        lambda: call.join(INCIDENT, an_act()),
        lambda: triage(call),
        lambda: call.locate(HERE, None, an_act()),
    ]
    for deed in deeds:
        with pytest.raises(CallAlreadySettled, match="closed"):
            deed()
    assert happened(call) == ["Received", "Closed"]


def test_a_call_is_located_while_they_talk_also_within_an_incident():
    call = a_call(position=None)
    call.join(INCIDENT, an_act())
    call.locate(HERE, None, an_act())
    assert call.position == HERE


def test_a_place_without_words_keeps_the_words_said_before():
    call = a_call()
    call.locate(Position(10.7, 106.6), None, an_act())
    assert call.address == "12 Lê Lợi"
    call.locate(Position(10.7, 106.6), "Hẻm 5", an_act())
    assert call.address == "Hẻm 5"


def test_answers_that_were_given_before_the_newest_take_nothing_back():
    call = a_call()
    first, second = an_act(), an_act(NOON + timedelta(seconds=2))
    call.triage("general", 1, {"conscious": "no", "breathing": "none"}, "cardiac_arrest", "P1", second)
    with pytest.raises(OlderAnswers):
        call.triage("general", 1, {"conscious": "no"}, "unwell", "P3", first)
    assert (call.determinant, call.priority) == ("cardiac_arrest", "P1")
    call.triage("general", 1, {"conscious": "no", "breathing": "none"}, "cardiac_arrest", "P1", first)
    assert happened(call).count("Triaged") == 1, "said again it is no news, whenever it was said"


def test_the_newest_triage_counts_and_the_older_stays_in_the_history():
    call = a_call()
    triage(call)
    triage(call, "not_an_emergency", None)
    assert (call.determinant, call.priority) == ("not_an_emergency", None)
    assert happened(call).count("Triaged") == 2
