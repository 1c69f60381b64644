"""An incident is one need at one place: calls join it, runs serve it, and it ends when nobody does."""

import pytest

from domain.errors import IncidentOver, IncidentStillServed
from domain.values import Needs, Position
from tests.builders import HERE, an_act, an_id, an_incident, happened

RUN_1, RUN_2 = an_id("run 1"), an_id("run 2")


def test_an_incident_is_not_closed_while_it_is_served():
    incident = an_incident()
    incident.open_run(RUN_2, "T1", an_act())
    incident.open_run(RUN_1, "C1", an_act())
    with pytest.raises(IncidentStillServed, match="Incident 7 cannot be closed: C1, T1 are still on it"):
        incident.close("xong", an_act())
    incident.end_run(RUN_1, "clear", an_act())
    with pytest.raises(IncidentStillServed, match="T1"):
        incident.close("xong", an_act())
    incident.end_run(RUN_2, "clear", an_act())
    incident.close("xong", an_act())
    assert incident.closed_reason == "xong"


def test_an_incident_that_is_over_takes_nothing_but_notes():
    incident = an_incident()
    incident.close("báo giả", an_act())
    deeds = [
        lambda: incident.close("lại", an_act()),
        lambda: incident.open_run(RUN_1, "C1", an_act()),
        lambda: incident.join_call(an_id("late call"), an_act()),
        lambda: incident.reprioritise("P4", Needs(), None, an_act()),
        lambda: incident.relocate(HERE, None, an_act()),
    ]
    for deed in deeds:
        with pytest.raises(IncidentOver, match="7"):
            deed()
    incident.note(an_id(), "Bệnh nhân quên túi", an_act())
    assert happened(incident) == ["Opened", "Closed", "Noted", "Remembered"]


def test_the_end_of_a_run_is_told_with_its_outcome_once():
    incident = an_incident()
    incident.open_run(RUN_1, "C1", an_act())
    incident.end_run(RUN_1, "stood_down", an_act())
    incident.end_run(RUN_1, "stood_down", an_act())
    assert happened(incident) == ["Opened", "RunOpened", "RunEnded"]
    assert incident.serving == {}


def test_a_note_is_kept_once_by_its_id():
    incident = an_incident()
    for text in ("Cổng sau", "Cổng sau", "khác"):
        incident.note(an_id("note"), text, an_act())
    assert happened(incident) == ["Opened", "Noted", "Remembered"]


def test_a_call_joins_once():
    call_id = an_id("first")
    incident = an_incident(call_id=call_id)
    incident.join_call(call_id, an_act())
    incident.join_call(an_id("second"), an_act())
    incident.join_call(an_id("second"), an_act())
    assert incident.call_ids == [call_id, an_id("second")]


def test_a_run_told_twice_serves_once():
    incident = an_incident()
    incident.open_run(RUN_1, "C1", an_act())
    incident.open_run(RUN_1, "C1", an_act())
    assert happened(incident) == ["Opened", "RunOpened"]


def test_only_a_change_of_urgency_is_a_fact():
    incident = an_incident()
    incident.reprioritise("P1", incident.needs, "?", an_act())
    assert happened(incident) == ["Opened"]
    incident.reprioritise("P2", incident.needs, "tỉnh", an_act())
    incident.reprioritise("P2", Needs(), None, an_act())
    assert happened(incident) == ["Opened", "Reprioritised", "Reprioritised"]
    assert incident.pending_events[1].was == "P1"  # type: ignore[attr-defined]


def test_a_new_place_without_words_keeps_the_old_words():
    incident = an_incident()
    incident.relocate(Position(10.7, 106.6), None, an_act())
    assert (incident.position, incident.address) == (Position(10.7, 106.6), "12 Lê Lợi")
