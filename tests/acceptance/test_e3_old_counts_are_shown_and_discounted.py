"""E3: "Age of data shown; confidence decays": a 4-h old report is greyed and discounted in the score."""

from tests.desk_work import ago, now
from tests.ward_work import ED, WardWork, place


def test_a_count_of_four_hours_ago_is_marked_as_old_and_costs_seconds(own_server):
    with own_server.client() as client:
        desk = WardWork(client)
        incident = desk.incident(place("D"))
        full = {ED: {"staffed": 20, "occupied": 5}}
        desk.count("bac", full, at=ago(4 * 3600))
        desk.count("nam", full, at=now().isoformat())
        rows = {row["hospital_id"]: row for row in desk.advice(incident)["hospitals"]}
        old, fresh = rows["bac"], rows["nam"]
        assert (old["stale"], fresh["stale"]) == (True, False)
        assert abs(old["confidence"] - 0.25) < 0.01
        assert abs(old["parts"]["data_age"] - 450) < 5
        assert fresh["parts"]["data_age"] < 5
        assert any("trusted to 25 %" in reason["en"] for reason in old["reasons"])
        assert any(reason["en"] == "counted 240 min ago" for reason in old["reasons"])
        for row in rows.values():
            assert abs(row["score"] - sum(row["parts"].values())) < 0.06
        # The scene lies at its door, and yet the house that counted just now goes first.
        assert old["eta_s"] < fresh["eta_s"]
        assert old["score"] > fresh["score"]
