"""E1: hospitals keep their beds up to date by themselves, also those where nobody has an account: by a link
for one hospital, which shows and changes its beds and nothing else."""

from uuid import uuid4

import httpx
import pytest

from tests.desk_work import ago
from tests.server import LOOPBACK, ok, refused
from tests.ward_work import ED, ICU

FULL = {ED: {"staffed": 20, "occupied": 17}, ICU: {"staffed": 4, "occupied": 4}}


@pytest.fixture
def link(ward_desk):
    """A link for the northern hospital, ended after the test."""
    body = {"id": str(uuid4()), "hospital_id": "bac", "label": "Khoa Cấp cứu", "days": 7}
    made = ok(ward_desk.client.post("/hospital-links", json=body), 201)
    yield made
    ok(ward_desk.client.delete(f"/hospital-links/{made['id']}"))


@pytest.fixture
def nurse(ward_server, link):
    """Somebody with the link and without an account."""
    secret = link["url"].partition("#")[2]
    base = f"{ward_server.url}/api/v1"
    with httpx.Client(base_url=base, headers={"X-Vigil-Link": secret}, **LOOPBACK) as client:
        yield client


def test_beds_counted_by_the_link_stand_on_the_desk_under_its_name(ward_desk, nurse):
    board = ok(nurse.get("/link/board"))
    assert (board["hospital_id"], board["name"]) == ("bac", ward_desk.hospital("bac")["name"])
    assert set(board["beds"]) == set(ward_desk.hospital("bac")["beds"])
    assert board["beds"][ED]["reported_by"] is None  # a user name is nothing for strangers
    key = {"Idempotency-Key": str(uuid4())}
    first = ok(nurse.put("/link/beds", json={"beds": FULL}, headers=key))
    again = ok(nurse.put("/link/beds", json={"beds": FULL}, headers=key))
    assert (again["seq"], again["repeated"]) == (first["seq"], True)
    assert ward_desk.beds("bac")["occupied"] == 17
    assert ward_desk.beds("bac")["reported_by"] == "link:Khoa Cấp cứu"


def test_a_count_that_could_not_be_sent_keeps_the_time_at_which_it_was_made(ward_server, ward_desk):
    at = ago(60)
    body = {"id": str(uuid4()), "hospital_id": "nam", "label": "Trực đêm"}
    made = ok(ward_desk.client.post("/hospital-links", json=body), 201)
    headers = {"X-Vigil-Link": made["url"].partition("#")[2]}
    with httpx.Client(base_url=f"{ward_server.url}/api/v1", headers=headers, **LOOPBACK) as nurse:
        # Somebody else counted in the meantime: the late count is told so and changes nothing.
        told = refused(nurse.put("/link/beds", json={"at": at, "beds": FULL}), 409)
        assert told["type"] == "urn:vigil:CountOvertaken"
        assert ward_desk.beds("nam")["occupied"] == 0


def test_a_link_opens_nothing_else(nurse, ward_desk):
    for path in (
        "/hospitals",
        "/hospitals/bac",
        "/snapshot",
        "/me",
        "/incidents",
        "/hospital-links",
        "/city",
    ):
        refused(nurse.get(path), 401)
    refused(nurse.put("/hospitals/bac/beds", json={"beds": FULL}), 401)
    refused(nurse.put("/hospitals/bac/diversion", json={"reason": "quá tải", "until": ago(-60)}), 401)
    told = str(ok(nurse.get("/link/board")))
    for other in ("dong", "nam"):
        assert ward_desk.hospital(other)["name"] not in told
    assert "inbound" not in told


def test_a_link_that_was_ended_is_told_apart_from_none_and_strangers_are_slowed(
    ward_server, ward_desk, nurse
):
    body = {"id": str(uuid4()), "hospital_id": "dong", "label": "Khoa Nội"}
    made = ok(ward_desk.client.post("/hospital-links", json=body), 201)
    ok(ward_desk.client.delete(f"/hospital-links/{made['id']}"))
    with httpx.Client(base_url=f"{ward_server.url}/api/v1", **LOOPBACK) as stranger:
        gone = {"X-Vigil-Link": made["url"].partition("#")[2]}
        told = refused(stranger.get("/link/board", headers={**gone, "Accept-Language": "vi"}), 401)
        assert told["detail"].startswith("Liên kết này không còn hiệu lực")
        statuses = [stranger.get("/link/board", headers={"X-Vigil-Link": f"guess {n}"}).status_code
                    for n in range(6)]  # fmt: skip
        assert statuses[0] == 401
        assert statuses[-1] == 429
    ok(nurse.get("/link/board"))  # who has a good link comes in beside the guesser


def test_only_supervisors_make_and_end_links(ward_server, link):
    body = {"id": str(uuid4()), "hospital_id": "bac", "label": "ai đó"}
    for user in ("hospital", "dispatcher", "crew", "planner"):
        with ward_server.client(user) as client:
            refused(client.get("/hospital-links"), 403)
            refused(client.post("/hospital-links", json=body), 403)
            refused(client.delete(f"/hospital-links/{link['id']}"), 403)


def test_the_list_of_links_holds_no_secret_and_the_picture_is_the_address(ward_desk, link):
    assert link["picture"].startswith("data:image/svg+xml")
    assert link["url"].startswith("http://127.0.0.1")
    listed = ok(ward_desk.client.get("/hospital-links"))
    (row,) = [row for row in listed if row["id"] == link["id"]]
    assert row["good"] is True
    assert link["url"].partition("#")[2] not in str(listed)
    refused(
        ward_desk.client.post("/hospital-links", json={**row, "id": str(uuid4()), "hospital_id": "x"}), 404
    )
