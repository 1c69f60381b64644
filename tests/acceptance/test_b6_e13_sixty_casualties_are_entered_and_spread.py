"""B6: "60 patients entered in 3 min, totals match". E13: "60 patients spread with no hospital over cap"."""

from collections import Counter
from time import monotonic
from uuid import uuid4

from tests.server import ok, refused
from tests.ward_work import ED, HOSPITALS, place

COUNTS = {"red": 9, "yellow": 16, "green": 30, "black": 5}


def test_sixty_casualties_are_entered_within_three_minutes_and_the_totals_match(ward_desk):
    incident = ward_desk.incident(patients=60)
    path = f"/incidents/{incident['id']}"
    began = monotonic()
    for _ in range(2):  # over a bad link, twice
        body = {"id": "9f0c3c1e-6a2f-4f5e-9a51-1d8f5e0f7a11", **COUNTS, "green": 24}
        ok(ward_desk.client.post(f"{path}/casualties", json=body), 201)
    for number in range(6):  # and six by hand, tag by tag
        ward_desk.tag(incident, {"tag": f"X-{number}", "category": "green"})
    seconds = monotonic() - began
    told = ok(ward_desk.client.get(f"{path}/patients"))
    assert (told["in_all"], told["totals"]) == (60, COUNTS)
    assert len({row["tag"] for row in told["patients"]}) == 60
    assert seconds < 180
    refused(ward_desk.client.post(f"{path}/casualties", json={}), 422)


def test_where_nobody_comes_any_more_nobody_is_entered_and_no_bed_is_held(ward_desk):
    closed, merged, stays = (ward_desk.incident() for _ in range(3))
    (tagged,), (goes_on,) = ward_desk.tag(closed), ward_desk.tag(merged)
    client = ward_desk.client
    ok(client.post(f"/incidents/{closed['id']}/close", json={"reason": "xong"}))
    ok(client.post(f"/incidents/{merged['id']}/merge", json={"into": stays["id"]}))
    bound = {"hospital_id": "nam", "bed_kind": ED}
    for incident, why in ((closed, "IncidentOver"), (merged, "IncidentMerged")):
        path = f"/incidents/{incident['id']}"
        spread = {"sent": [{"patient_id": tagged["id"], **bound}]}
        for problem in (
            refused(client.post(f"{path}/casualties", json={"red": 2}), 409),
            refused(client.post(f"{path}/patients", json={"patients": [{}]}), 409),
            refused(client.post(f"{path}/distribution", json=spread), 409),
        ):
            assert problem["type"] == f"urn:vigil:{why}"
    refused(client.put(f"/patients/{tagged['id']}/destination", json=bound), 409)
    assert ward_desk.beds("nam")["held"] == 0
    ok(client.put(f"/patients/{goes_on['id']}/destination", json=bound))  # of the incident that goes on
    assert ward_desk.beds("nam")["held"] == 1

    note = ok(client.post(f"/incidents/{merged['id']}/notes", json={"text": "Chó dữ"}), 201)
    assert note["id"] == stays["id"]
    told = ok(client.get(f"/incidents/{stays['id']}/timeline"))
    assert any("Chó dữ" in entry["text"]["vi"] for entry in told)
    ok(client.post(f"/incidents/{stays['id']}/close", json={"reason": "xong"}))
    assert ward_desk.beds("nam")["held"] == 0


def test_they_are_spread_over_hospitals_red_first_and_none_gets_more_than_its_share_or_its_beds(ward_desk):
    incident = ward_desk.incident(place("T"), patients=30)
    path = f"/incidents/{incident['id']}"
    counts = {"red": 6, "yellow": 8, "green": 12, "black": 4}
    ok(ward_desk.client.post(f"{path}/casualties", json=counts), 201)
    proposed = ok(ward_desk.client.get(f"{path}/distribution"))
    assert (len(proposed["sent"]), len(proposed["staying"]), proposed["unplaced"]) == (26, 4, [])
    given = Counter(row["hospital_id"] for row in proposed["sent"])
    loads = {row["hospital_id"]: row for row in proposed["hospitals"]}
    for hospital_id, load in loads.items():
        assert given[hospital_id] == load["proposed"] <= load["cap"] == 11
        kinds = Counter(row["bed_kind"] for row in proposed["sent"] if row["hospital_id"] == hospital_id)
        assert all(kinds[kind] <= load["free"][kind] for kind in kinds)
    nearest = min(loads.values(), key=lambda load: load["eta_s"])["hospital_id"]
    assert {row["hospital_id"] for row in proposed["sent"] if row["category"] == "red"} == {nearest}

    sent = [
        {name: row[name] for name in ("patient_id", "hospital_id", "bed_kind")} for row in proposed["sent"]
    ]
    body = {"id": str(uuid4()), "sent": sent}
    assert ok(ward_desk.client.post(f"{path}/distribution", json=body), 201)["bound"] == 26
    assert ok(ward_desk.client.post(f"{path}/distribution", json=body), 201)["repeated"]
    held = sum(sum(kind["held"] for kind in ward_desk.hospital(name)["beds"].values()) for name in HOSPITALS)
    assert held == 26
    assert ok(ward_desk.client.get(f"{path}/distribution"))["sent"] == []
    ok(ward_desk.client.post(f"{path}/close", json={"reason": "diễn tập xong", "outcome": "no_emergency"}))
    assert all(ward_desk.beds(name)["held"] == 0 for name in HOSPITALS)


def test_where_a_bed_is_gone_by_now_none_is_held_and_it_says_whose(ward_desk):
    incident = ward_desk.incident(patients=3)
    path = f"/incidents/{incident['id']}"
    ok(ward_desk.client.post(f"{path}/casualties", json={"red": 3}), 201)
    everybody = ok(ward_desk.client.get(f"{path}/patients"))["patients"]
    ward_desk.count("dong", {ED: {"staffed": 2, "occupied": 0}})
    sent = [{"patient_id": row["id"], "hospital_id": "dong", "bed_kind": ED} for row in everybody]
    told = refused(ward_desk.client.post(f"{path}/distribution", json={"sent": sent}), 409)
    assert told["failed"] == [everybody[2]["id"]]
    assert everybody[2]["tag"] in told["detail"]
    assert ward_desk.beds("dong")["held"] == 0
