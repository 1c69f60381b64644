"""B1: Open, editable question protocol -> determinant -> response plan: medical director edits a card, new
calls use it, old calls keep theirs."""

from uuid import uuid4

import pytest

from tests.server import ok, refused

CARD = """
id = "{name}"
version = {version}
signed_off = {signed_off}
title = {{ vi = "Ong đốt", en = "Bee sting" }}
otherwise = "sting"

[[question]]
id = "stings"
text = {{ vi = "Mấy vết?", en = "How many?" }}
danger = "rising"
number = {{ least = 0, most = 500, unit = {{ vi = "vết", en = "stings" }} }}

[[rule]]
when = {{ stings = {{ at_least = {limit} }} }}
determinant = "many_stings"

[determinant.many_stings]
title = {{ vi = "Nhiều vết đốt", en = "Many stings" }}
priority = "P1"
plan = "poison"
capabilities = ["ALS", "transport"]

[determinant.sting]
title = {{ vi = "Ong đốt", en = "Bee sting" }}
priority = "P3"
"""


@pytest.fixture
def director(server):
    with server.client("supervisor") as client:
        yield client


@pytest.fixture
def card():
    """A card of the test's own, so that no other test asks by it."""
    name = f"bees_{uuid4().hex[:8]}"

    def text(version=1, limit=30, signed_off="false"):
        return CARD.format(name=name, version=version, limit=limit, signed_off=signed_off)

    text.name = name
    return text


def publish(client, card, **facts):
    return client.post(f"/protocols/{card.name}/versions", json={"text": card(**facts)})


def triage(desk, call, card, stings):
    body = {"protocol": card.name, "answers": {"stings": stings}}
    return ok(desk.client.put(f"/calls/{call['id']}/triage", json=body))


def test_new_calls_use_the_edited_card_and_old_calls_keep_theirs(desk, director, card):
    ok(publish(director, card), 201)
    old = desk.call(complaint="ong đốt")
    first = triage(desk, old, card, 15)
    assert (first["determinant"], first["priority"], first["protocol_version"]) == ("sting", "P3", 1)

    edited = ok(publish(director, card, version=2, limit=10, signed_off="true"), 201)
    assert (edited["version"], edited["signed_off"]) == (2, True)

    again = triage(desk, old, card, 15.0)
    assert (again["determinant"], again["protocol_version"]) == ("sting", 1)
    new = triage(desk, desk.call(complaint="ong đốt"), card, "15")
    assert (new["determinant"], new["plan"], new["protocol_version"]) == ("many_stings", "poison", 2)
    assert new["urgency"] == {"code": "critical", "vi": "Nguy kịch", "en": "Critical"}
    assert new["signed_off"] is True

    told = ok(desk.client.get(f"/protocols/{card.name}"))
    assert [(each["version"], each["origin"]) for each in told["versions"]] == [
        (1, "supervisor"),
        (2, "supervisor"),
    ]
    assert ok(desk.client.get(f"/protocols/{card.name}", params={"version": 1}))["text"] == card()


def test_an_incident_has_the_plan_the_new_card_names(desk, director, card):
    ok(publish(director, card), 201)
    call = desk.call(complaint="ong đốt")
    triage(desk, call, card, 99)
    body = {"call_id": call["id"], "position": {"lat": 10.0, "lon": 106.0}}
    body["position"] = desk.row("calls", call["id"])["position"]
    incident = ok(desk.client.post("/incidents", json=body), 201)
    row = desk.row("incidents", incident["id"])
    assert (row["priority"], row["determinant"], row["plan"]) == ("P1", "many_stings", "poison")
    assert row["determinant_title"] == {"vi": "Nhiều vết đốt", "en": "Many stings"}
    assert row["needs"]["capabilities"] == ["ALS", "transport"]


def test_a_card_with_a_fault_changes_nothing_and_the_place_of_the_fault_is_told(desk, director, card):
    ok(publish(director, card), 201)
    bad = card(version=2).replace('determinant = "many_stings"', 'determinant = "swarm"')
    path = f"/protocols/{card.name}/versions"
    said = refused(director.post(path, json={"text": bad}), 422)
    assert "a rule leads to swarm, which is not described" in said["detail"]
    in_vietnamese = director.post(path, json={"text": bad}, headers={"Accept-Language": "vi"}).json()
    assert "một quy tắc dẫn đến swarm" in in_vietnamese["detail"]
    broken = card(version=2).replace("[[question]]", "[[question")
    assert "line" in refused(director.post(path, json={"text": broken}), 422)["detail"]
    deep = refused(director.post(path, json={"text": "a=" + "[" * 5000}), 422)
    assert "nested too deeply" in deep["detail"]
    upside_down = card(version=2).replace('danger = "rising"', 'danger = "falling"')
    assert "less urgent" in refused(director.post(path, json={"text": upside_down}), 422)["detail"]
    refused(publish(director, card, version=3), 409)
    refused(director.post("/protocols/general/versions", json={"text": card(version=2)}), 422)
    assert [each["version"] for each in ok(director.get(f"/protocols/{card.name}"))["versions"]] == [1]


def test_only_those_who_answer_for_the_desk_edit_cards(desk, card):
    refused(publish(desk.client, card), 403)


def test_the_shipped_cards_say_that_a_clinician_has_not_signed(desk):
    cards = {card["id"]: card for card in ok(desk.client.get("/protocols"))}
    shipped = {
        "general",
        "chest_pain",
        "breathing",
        "unconscious",
        "stroke",
        "trauma",
        "birth",
        "child_fever",
    }
    shipped |= {"poisoning", "burns", "diabetic", "psychiatric", "transfer", "cpr", "choking", "childbirth"}
    assert shipped <= set(cards)
    assert not any(cards[name]["signed_off"] for name in shipped)
    assert cards["general"]["kind"] == "entry"
