"""D7: what a crew reads on its phone on the way: whom to ring, and what is known of the place."""

from tests.desk_work import point
from tests.server import ok, refused
from tests.small_city import where


def brief_of(client, run):
    return client.get(f"/runs/{run['run_id']}/brief")


def test_a_crew_reads_who_rang_and_what_was_noted_as_long_as_its_run_goes_on(server, desk):
    incident = desk.incident(where("T"))
    run = desk.send(incident, "C1")
    call_id = desk.row("incidents", incident["id"])["call_ids"][0]
    note = "cổng sau, bấm chuông tầng 3"
    ok(desk.client.post(f"/incidents/{incident['id']}/notes", json={"text": note}), 201)
    with server.client("crew") as crew:
        told = ok(brief_of(crew, run))
        assert [caller["phone"] for caller in told["callers"]] == [desk.row("calls", call_id)["phone"]]
        assert [each["text"] for each in told["notes"]] == [note]
        desk.report(run, "stood_down")
        assert ok(brief_of(crew, run))["callers"] == [], "a number is told no longer than it is needed"


def test_what_was_dangerous_or_noted_at_the_place_before_is_told_and_no_other_patients_complaint(
    server, desk
):
    call = desk.call(position=point(where("T")), complaint="một chuyện riêng tư")
    body = {"call_id": call["id"], "position": point(where("T")), "priority": "P3"}
    before = ok(desk.client.post("/incidents", json=body), 201)
    ok(desk.client.post(f"/incidents/{before['id']}/notes", json={"text": "chó dữ"}), 201)
    ok(desk.client.put(f"/incidents/{before['id']}/danger", json={"danger": "có dao"}))
    ok(desk.client.post(f"/incidents/{before['id']}/close", json={"reason": "xong"}))
    run = desk.send(desk.incident(where("T")), "C1")
    with server.client("crew") as crew:
        answer = brief_of(crew, run)
        told = ok(answer)
    assert "chó dữ" in [each["text"] for each in told["before"]]
    assert "có dao" in [each["danger"] for each in told["dangers"]]
    assert "riêng tư" not in answer.text


def test_no_crew_is_briefed_for_another_and_no_hospital_at_all(server, desk):
    run = desk.send(desk.incident(where("T")), "C2")
    with (
        server.client("crew") as crew,
        server.client("hospital") as ward,
        server.client("planner") as planner,
    ):
        for client in (crew, ward, planner):
            refused(brief_of(client, run), 403)
