"""C12: Policy switch: closest / DMEXCLP / preparedness / penalty, per priority: same calls, 4 policies,
reproducible KPIs (the comparison over a recorded day: `vigil policies compare`,
tests/integration/policy_day)."""

import pytest

from tests.server import ok, refused
from tests.small_city import where
from tests.standing_crews import stand


def choose(server, **said):
    with server.client("supervisor") as supervisor:
        return ok(supervisor.put("/policy", json={"reason": "thử nghiệm", **said}))


@pytest.fixture
def policies(tight_server):
    """Chooses, and puts everything back afterwards."""
    yield lambda **said: choose(tight_server, **said)
    choose(tight_server, P1="closest", P2="closest", P3="closest", P4="closest_kept_back")


def recommended(desk, corner, priority):
    incident = desk.incident(where(corner), priority=priority)
    return ok(desk.client.get(f"/incidents/{incident['id']}/recommendation"))


def order(advice):
    return [row["callsign"] for row in advice["units"] if row["free_in_s"] is None]


def test_the_rules_of_the_city_choose_until_a_supervisor_says_otherwise(own_server):
    with own_server.client() as client:
        said = ok(client.get("/policy"))
        assert {name: each["said_by"] for name, each in said["policies"].items()} == dict.fromkeys(
            ("P1", "P2", "P3", "P4"), "rules"
        )
        assert said["by"] is None
        choose(own_server, P3="dmexclp")
        said = ok(client.get("/policy"))
        assert said["policies"]["P3"] == {"policy": "dmexclp", "said_by": "supervisor"}
        assert said["policies"]["P1"] == {"policy": "closest", "said_by": "rules"}
        assert (said["by"], said["reason"]) == ("supervisor", "thử nghiệm")
        own_server.stop()
        own_server.start()
    with own_server.client() as client:
        assert ok(client.get("/policy"))["policies"]["P3"]["policy"] == "dmexclp"


def test_the_owner_of_the_figures_is_told(tight_desk):
    assert ok(tight_desk.client.get("/policy"))["owner"] == "the planner of Letter Town"


def test_each_priority_is_served_by_its_own_policy(tight_desk, policies):
    # C1 is nearer and alone on its side of the town; T1 has a twin beside it.
    stand(tight_desk, C1="T", T1="N", T2="N")
    policies(P2="dmexclp", P3="closest")
    urgent, calm = recommended(tight_desk, "L", "P2"), recommended(tight_desk, "L", "P3")
    assert order(calm)[0] == "C1"
    assert order(urgent)[0] == "T1"
    assert urgent["policy"] == "dmexclp"
    assert calm["policy"] == "closest"


def test_dmexclp_sends_nobody_who_would_be_late(tight_desk, policies):
    policies(P2="dmexclp")
    stand(tight_desk, C1="B", T1="u", T2="u")  # T1 is missed least, and more than 20 s away
    assert order(recommended(tight_desk, "A", "P2"))[0] == "C1"


def test_coverage_has_its_price_in_seconds(tight_desk, policies):
    stand(tight_desk, C1="T", T1="d", T2="d")
    policies(P2="coverage_cost")
    advice = recommended(tight_desk, "L", "P2")
    rows = {row["callsign"]: row for row in advice["units"]}
    cover = rows["C1"]["coverage"]
    lost = 100 * (cover["before"] - cover["after"])
    assert cover["lost"] == pytest.approx(lost / 100)
    assert rows["C1"]["parts"]["coverage"] == round(2.5 * lost, 1) > 0
    assert rows["T1"]["parts"]["coverage"] == 0
    for row in rows.values():
        assert row["score"] == round(sum(row["parts"].values()), 1)


def test_preparedness_is_kept_for_who_can_wait(tight_desk, policies):
    stand(tight_desk, C1="T", T1="N", T2="N")
    policies(P1="preparedness", P2="preparedness")
    assert order(recommended(tight_desk, "L", "P1"))[0] == "C1"
    assert order(recommended(tight_desk, "L", "P2"))[0] == "T1"


def test_the_last_unit_with_life_support_is_kept_back_from_who_can_wait(tight_desk, policies):
    stand(tight_desk, C1="T", T1="w")
    advice = recommended(tight_desk, "T", "P4")
    assert order(advice) == ["T1", "C1"]
    kept = next(row for row in advice["units"] if row["callsign"] == "C1")
    assert any(said["vi"].startswith("để dành") for said in kept["reasons"])
    assert order(recommended(tight_desk, "T", "P3")) == ["C1", "T1"]


def test_the_decision_tells_which_policy_chose(tight_desk, policies):
    policies(P3="preparedness")
    stand(tight_desk, C1="T", T1="w")
    incident = tight_desk.incident(where("L"), priority="P3")
    advice = ok(tight_desk.client.get(f"/incidents/{incident['id']}/recommendation"))
    tight_desk.send(incident, advice["units"][0]["callsign"], decision_id=advice["decision_id"])
    stored = ok(tight_desk.client.get(f"/decisions/{advice['decision_id']}"))
    assert stored["policy"] == "preparedness"


def test_only_supervisors_choose_and_only_what_there_is(tight_server, tight_desk):
    refused(tight_desk.client.put("/policy", json={"P1": "dmexclp", "reason": "x"}), 403)
    with tight_server.client("supervisor") as supervisor:
        refused(supervisor.put("/policy", json={"P1": "farthest", "reason": "x"}), 422)
        refused(supervisor.put("/policy", json={"P1": "closest"}), 422)
        body = refused(supervisor.put("/policy", json={"reason": "không chọn gì"}), 422)
        assert body["type"] == "urn:vigil:NoPolicySaid"
