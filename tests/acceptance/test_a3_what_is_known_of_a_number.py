"""A3: caller/address history on open: 2nd call from number shows the 1st within 200 ms."""

from time import perf_counter

import pytest

from tests.desk_work import point
from tests.server import ok, refused
from tests.small_city import where


def test_the_second_call_from_a_number_shows_the_first_at_once(desk):
    first = desk.call(phone="0913 444 555", caller_name="Bà Sáu", address="hẻm 12/3", complaint="ngất")
    body = {"call_id": first["id"], "position": point(where("T")), "priority": "P2"}
    incident = ok(desk.client.post("/incidents", json=body), 201)
    note = {"text": "chó dữ, gọi trước"}
    ok(desk.client.post(f"/incidents/{incident['id']}/notes", json=note), 201)
    closing = {"reason": "tự đi", "outcome": "self_transport"}
    ok(desk.client.post(f"/incidents/{incident['id']}/close", json=closing))
    desk.call(phone="+84 913 444 555", complaint="lại ngất")
    began = perf_counter()
    card = ok(desk.client.get("/callers/84913444555"))
    assert perf_counter() - began < 0.2
    assert [call["complaint"] for call in card["calls"]] == ["lại ngất", "ngất"]
    known = card["calls"][1]["incident"]
    assert (known["number"], known["status"], known["outcome"]) == (
        incident["number"],
        "closed",
        "self_transport",
    )
    assert [note["text"] for note in card["notes"]] == ["chó dữ, gọi trước"]
    assert card["addresses"] == ["hẻm 12/3"]
    assert not card["suspected"]


def test_a_number_nobody_knows_has_an_empty_card_and_nonsense_is_refused(desk):
    card = ok(desk.client.get("/callers/0999 999 998"))
    assert (card["calls"], card["score"], card["callback"]) == ([], 0.0, None)
    refused(desk.client.get("/callers/abc"), 422)


@pytest.mark.parametrize("account", ["hospital", "crew", "planner"])
def test_nobody_but_the_desk_learns_of_callers(server, account):
    with server.client(account) as client:
        refused(client.get("/callers/0913444555"), 403)
        refused(client.get("/callbacks"), 403)
        refused(client.get("/calls/queue"), 403)
        assert ok(client.get("/snapshot"))["callbacks"] == []


def test_what_was_noted_at_an_address_is_shown_to_whoever_rings_from_there(desk):
    old = desk.incident(where("K"), complaint="bị đâm")
    ok(desk.client.post(f"/incidents/{old['id']}/notes", json={"text": "con chó dữ ở sân"}), 201)
    ok(
        desk.client.post(
            f"/incidents/{old['id']}/close", json={"reason": "xong", "outcome": "self_transport"}
        )
    )
    elsewhere = desk.incident(where("M"))
    began = perf_counter()
    known = history_at(desk, where("K"))
    assert perf_counter() - began < 0.2
    incident = known["incidents"][0]
    assert (incident["number"], incident["status"]) == (old["number"], "closed")
    assert (incident["outcome"], incident["distance_m"] < 1) == ("self_transport", True)
    assert "con chó dữ ở sân" in [note["text"] for note in known["notes"]]
    assert elsewhere["number"] not in [each["number"] for each in known["incidents"]]
    ok(desk.client.post(f"/incidents/{elsewhere['id']}/close", json={"reason": "xong"}))


def test_a_knife_at_an_address_is_told_however_much_happened_there_since(desk):
    knife = desk.incident(where("Z"), complaint="đánh nhau")
    ok(desk.client.put(f"/incidents/{knife['id']}/danger", json={"danger": "chủ nhà cầm dao"}))
    ok(desk.client.put(f"/incidents/{knife['id']}/danger", json={"danger": None}))
    dog = desk.incident(where("Z"))
    ok(desk.client.post(f"/incidents/{dog['id']}/notes", json={"text": "chó dữ"}), 201)
    for incident in (knife, dog, *(desk.incident(where("Z"), priority="P3") for _ in range(13))):
        ok(desk.client.post(f"/incidents/{incident['id']}/close", json={"reason": "xong"}))
    known = history_at(desk, where("Z"))
    first, second, *others = known["incidents"]
    assert (first["number"], first["danger"], first["danger_over"]) == (
        knife["number"],
        "chủ nhà cầm dao",
        True,
    )
    assert second["number"] == dog["number"]
    assert [each["danger"] for each in others] == [None] * 6
    assert "chó dữ" in [note["text"] for note in known["notes"]]


@pytest.mark.parametrize("account", ["hospital", "crew", "planner"])
def test_nobody_but_the_desk_learns_what_happened_at_an_address(server, account):
    with server.client(account) as client:
        refused(client.get("/places/history", params={"at": "10.75,106.65"}), 403)


def test_nonsense_is_no_address(desk):
    refused(desk.client.get("/places/history", params={"at": "somewhere"}), 422)


def history_at(desk, place):
    return ok(desk.client.get("/places/history", params={"at": f"{place.lat},{place.lon}"}))
