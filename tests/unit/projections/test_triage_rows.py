"""What triage and the clinicians add to rows and timelines."""

from datetime import UTC
from uuid import uuid4

import pytest

from domain.call import Call
from projections.memory import MemoryViews
from projections.sentences import read_timeline
from projections.triage_part import incident_begins
from tests.histories import World


@pytest.fixture
def world() -> World:
    return World()


def views(world: World) -> MemoryViews:
    found = MemoryViews()
    for seq, fact in world.log:
        found.apply(seq, fact)
    return found


def row(world: World, view: str, thing) -> dict:
    found = views(world).row(view, str(thing.id))
    assert found is not None
    return found


def told(world: World, incident, language: str) -> list[str]:
    entries = read_timeline(str(incident.id), views(world), UTC) or []
    return [entry["text"][language] for entry in entries]


def test_a_call_row_names_its_determinant_in_both_languages_and_the_card_it_comes_from(world):
    call = world.call()
    before = row(world, "calls", call)
    assert (before["determinant"], before["determinant_title"], before["referral"]) == (None, None, None)
    world.triage(call, "P1")
    after = row(world, "calls", call)
    assert after["determinant_title"] == {"vi": "Khó thở nặng", "en": "Breathless"}
    assert (after["plan"], after["protocol"], after["protocol_version"]) == ("breathing", "breathing", 2)


def test_a_fact_of_before_tells_its_determinant_by_the_title_it_had():
    state: dict = {"determinant": "child_breathless"}
    Call.Triaged.upcast_v1_v2(state)
    assert state["title"] == {"vi": "Trẻ khó thở", "en": "Child short of breath"}
    assert incident_begins("child_breathless")["determinant_title"] == state["title"]
    unknown: dict = {"determinant": str(uuid4())}
    Call.Triaged.upcast_v1_v2(unknown)
    assert (unknown["title"], unknown["plan"]) == (None, None)


def test_a_referral_and_a_call_back_stand_in_the_rows_and_are_told(world):
    call = world.call()
    world.refer(call)
    incident = world.open(call)
    world.ring_back(incident, "no_answer")
    referral = row(world, "calls", call)["referral"]
    assert (referral["by"], referral["reason"]) == ("linh", "nghe yếu")
    assert row(world, "incidents", incident)["safety_call"]["finding"] == "no_answer"
    assert "Chuyển bác sĩ xem lại cuộc gọi. Lý do: nghe yếu." in told(world, incident, "vi")
    assert "Safety call: no answer. Note: vẫn tỉnh." in told(world, incident, "en")


def test_answers_that_change_an_incident_are_told_as_such(world):
    incident = world.open(world.call(), "P3")
    world.retriage(incident, "P1")
    found = row(world, "incidents", incident)
    assert (found["priority"], found["determinant"], found["plan"]) == ("P1", "at-P1", "arrest")
    assert found["determinant_title"] == {"vi": "Ngừng tim", "en": "Arrest"}
    assert told(world, incident, "vi")[-2:] == [
        "Vụ được phân loại: Ngừng tim.",
        "Đổi mức ưu tiên từ P3 sang P1. Lý do: theo câu trả lời của người gọi.",
    ]


def test_what_was_read_to_the_caller_is_told_with_its_beat_and_its_end(world):
    call = world.call()
    world.instruct(call, ended=False)
    world.instruct(call, ended=True)
    incident = world.open(call)
    lines = told(world, incident, "en")
    assert "Told the caller: Press (beat 110 a minute)" in lines
    assert any(line.startswith("Instruction ended at ") for line in lines)


def test_an_outcome_is_told_in_words(world):
    incident = world.open(world.call())
    world.close(incident, outcome="referred")
    assert row(world, "incidents", incident)["outcome"] == "referred"
    assert "Kết quả xử lý vụ: giới thiệu đến cơ sở y tế khác." in told(world, incident, "vi")
