"""B8: Protocol version pinned in the event: replay of a 6-month-old call shows the exact questions asked
then."""

import pytest

from tests.acceptance.test_b1_a_card_is_edited import card, director, publish, triage
from tests.server import ok

__all__ = ["card", "director"]


def test_an_old_call_shows_the_questions_of_its_own_version_after_newer_ones(desk, director, card):
    ok(publish(director, card), 201)
    call = desk.call(complaint="ong đốt")
    triage(desk, call, card, 12)
    before = ok(desk.client.get(f"/calls/{call['id']}/triage"))

    edited = card(version=2, limit=5).replace("How many?", "How many stings do you count?")
    body = {"text": edited.replace('vi = "Mấy vết?"', 'vi = "Anh chị đếm được mấy vết?"')}
    ok(director.post(f"/protocols/{card.name}/versions", json=body), 201)
    assert ok(desk.client.get(f"/protocols/{card.name}"))["questions"][0]["text"]["en"].startswith(
        "How many st"
    )

    after = ok(desk.client.get(f"/calls/{call['id']}/triage"))
    assert after == before
    (used,) = after["cards"]
    assert (used["version"], used["determinant"], used["priority"]) == (1, "sting", "P3")
    (question,) = used["questions"]
    assert question["text"] == {"vi": "Mấy vết?", "en": "How many?"}
    assert question["given"] == "12"
    assert question["numbers"]["most"] == 500


def test_the_fact_in_the_log_names_card_version_answers_and_outcome(desk):
    call = desk.call(complaint="đau ngực")
    answers = {"conscious": "yes", "breathing": "normal", "bleeding": "no", "problem": "chest_pain"}
    body = {"protocol": "general", "answers": answers}
    outcome = ok(desk.client.put(f"/calls/{call['id']}/triage", json=body))
    page = ok(desk.client.get("/events", params={"after": outcome["seq"] - 5, "limit": 50}))
    (fact,) = [
        event["data"]
        for event in page["events"]
        if event["topic"] == "Call.Triaged" and event["data"]["call_id"] == call["id"]
    ]
    assert (fact["protocol"], fact["protocol_version"], fact["answers"]) == ("general", 2, answers)
    assert fact["title"] == {"vi": "Đau ngực", "en": "Chest pain"}


@pytest.mark.parametrize("version", [1, 2])
def test_every_version_that_ever_came_with_the_program_can_be_read(desk, version):
    told = ok(desk.client.get("/protocols/general", params={"version": version}))
    assert told["version"] == version
    assert f"version = {version}" in told["text"]


def test_two_cards_of_one_call_are_both_kept_in_the_order_they_were_asked(desk):
    call = desk.call(complaint="đau ngực")
    first = {"protocol": "general", "answers": {"problem": "chest_pain"}}
    outcome = ok(desk.client.put(f"/calls/{call['id']}/triage", json=first))
    then = {"protocol": outcome["leads_to"], "answers": {"age": 61}}
    ok(desk.client.put(f"/calls/{call['id']}/triage", json=then))
    cards = ok(desk.client.get(f"/calls/{call['id']}/triage"))["cards"]
    assert [each["protocol"] for each in cards] == ["general", "chest_pain"]
    assert cards[1]["determinant"] == "heart_attack"
    row = desk.row("calls", call["id"])
    assert (row["determinant"], row["protocol"], row["protocol_version"]) == ("heart_attack", "chest_pain", 1)
