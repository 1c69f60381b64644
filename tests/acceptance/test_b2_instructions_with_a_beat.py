"""B2: Pre-arrival instructions incl. CPR metronome, childbirth, choking: vi + en, timer logged."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.desk_work import now
from tests.server import ok, refused


def arrest(desk):
    call = desk.call(complaint="không thở")
    body = {"protocol": "general", "answers": {"breathing": "none"}}
    return call, ok(desk.client.put(f"/calls/{call['id']}/triage", json=body))


def test_compressions_are_told_with_a_beat_in_both_languages(desk):
    _, outcome = arrest(desk)
    beats = [step for step in outcome["instructions"] if step["metronome_bpm"]]
    assert [step["metronome_bpm"] for step in beats] == [110]
    assert all(step["vi"] and step["en"] for step in outcome["instructions"])
    assert outcome["leads_to"] == "cpr"


@pytest.mark.parametrize(
    ("card", "answers", "determinant"),
    [
        ("cpr", {"patient": "baby"}, "cpr_baby"),
        ("choking", {"awake": "yes", "cough": "no", "patient": "baby"}, "choking_baby"),
        ("childbirth", {"born": "no", "shown": "head"}, "birth_now"),
        ("bleeding", {"place": "limb", "still": "yes"}, "tourniquet"),
        ("recovery", {"breathing": "normal"}, "unconscious"),
    ],
)
def test_what_to_do_until_help_comes_is_there_step_by_step(desk, card, answers, determinant):
    call = desk.call()
    body = {"protocol": card, "answers": answers}
    outcome = ok(desk.client.put(f"/calls/{call['id']}/triage", json=body))
    assert outcome["determinant"] == determinant
    assert len(outcome["instructions"]) >= 2
    assert all(step["vi"] and step["en"] and step["id"] for step in outcome["instructions"])


def test_which_step_was_read_from_when_to_when_stands_in_the_log(desk):
    call, outcome = arrest(desk)
    step = next(each for each in outcome["instructions"] if each["metronome_bpm"])
    began = now() - timedelta(seconds=90)
    told = {
        "id": str(uuid4()),
        "protocol": "general",
        "determinant": "cardiac_arrest",
        "step": step["id"],
        "began_at": began.isoformat(),
    }
    path = f"/calls/{call['id']}/instructions"
    first = ok(desk.client.post(path, json=told), 201)
    assert first["metronome_bpm"] == 110
    assert ok(desk.client.post(path, json=told), 201)["repeated"] is True
    ended = began + timedelta(seconds=75)
    ok(desk.client.post(path, json={**told, "ended_at": ended.isoformat()}), 201)

    (kept,) = ok(desk.client.get(f"/calls/{call['id']}/triage"))["instructions"]
    assert kept["text"] == {"vi": step["vi"], "en": step["en"]}
    assert (kept["step"], kept["metronome_bpm"]) == (step["id"], 110)
    assert (kept["began_at"][:19], kept["ended_at"][:19]) == (began.isoformat()[:19], ended.isoformat()[:19])

    position = desk.row("calls", call["id"])["position"]
    body = {"call_id": call["id"], "position": position}
    incident = ok(desk.client.post("/incidents", json=body), 201)
    lines = [entry["text"] for entry in ok(desk.client.get(f"/incidents/{incident['id']}/timeline"))]
    assert any(
        "Hướng dẫn người gọi: Ấn mạnh và nhanh" in line["vi"] and "110" in line["vi"] for line in lines
    )
    assert any(line["en"].startswith("Instruction ended at") for line in lines)


def test_a_step_no_card_has_and_an_end_before_the_beginning_are_refused(desk):
    call, _ = arrest(desk)
    told = {
        "id": str(uuid4()),
        "protocol": "general",
        "determinant": "cardiac_arrest",
        "step": "99",
        "began_at": now().isoformat(),
    }
    path = f"/calls/{call['id']}/instructions"
    refused(desk.client.post(path, json=told), 404)
    early = {**told, "step": "1", "ended_at": (now() - timedelta(minutes=5)).isoformat()}
    refused(desk.client.post(path, json=early), 422)
    assert ok(desk.client.get(f"/calls/{call['id']}/triage"))["instructions"] == []
