"""C11: Coverage cost shown ("taking A7 drops 15-min coverage 91->84%"): the number matches the coverage
projection, exactly, with and without the unit."""

import pytest

from tests.desk_work import DeskWork
from tests.server import ok
from tests.small_city import where
from tests.standing_crews import cells, stand
from tests.waiting import wait_for


def ranked(desk, corner="T", **facts):
    incident = desk.incident(where(corner), **facts)
    advice = ok(desk.client.get(f"/incidents/{incident['id']}/recommendation"))
    return incident, advice, {row["callsign"]: row for row in advice["units"]}


def at_one_moment(desk):
    """Coverage and ranked units while the demand was the same: each new incident counts for it, a moment
    later."""
    incident, before = desk.incident(where("T")), cells(desk)
    advice = ok(desk.client.get(f"/incidents/{incident['id']}/recommendation"))
    if cells(desk)["calls"] != before["calls"]:
        return None
    return before, {row["callsign"]: row for row in advice["units"]}


def test_the_number_beside_a_unit_is_the_coverage_with_and_without_it(tight_desk):
    stand(tight_desk, C1="A", C2="B", C3="w", T1="u")
    now, rows = wait_for(lambda: at_one_moment(tight_desk))
    assert 0 < now["share"] < 1
    for callsign in ("C1", "C2", "C3", "T1"):
        before, after = now["share"], now["without"][callsign]
        told = {"before": before, "after": after, "lost": round(before - after, 4)}
        assert rows[callsign]["coverage"] == told
    assert any(row["coverage"]["lost"] > 0 for row in rows.values())
    for row in rows.values():
        before, after = row["coverage"]["before"], row["coverage"]["after"]
        lost = after < before
        words = [said for said in row["reasons"] if "coverage" in said["en"]]
        assert bool(words) == lost
        if lost:
            assert f"from {100 * before:.1f} to {100 * after:.1f} %" in words[0]["en"]
            assert words[0]["vi"].startswith("lấy xe này thì độ phủ")


def test_what_was_announced_is_what_happens(tight_desk):
    """The unit is sent, and the live coverage is the number that was shown before."""
    stand(tight_desk, C1="A", C2="D", T1="w")
    incident, advice, rows = ranked(tight_desk, "T")
    first = advice["units"][0]["callsign"]
    tight_desk.send(incident, first, decision_id=advice["decision_id"])
    after = cells(tight_desk)
    # Not to the last digit here: the new incident itself counts for the demand by now.
    assert after["share"] == pytest.approx(rows[first]["coverage"]["after"], abs=0.002)
    assert first not in after["without"]
    tight_desk.clear_the_board()
    assert cells(tight_desk)["share"] == pytest.approx(rows[first]["coverage"]["before"], abs=0.002)


def test_the_stored_decision_keeps_the_number(tight_desk):
    stand(tight_desk, C1="A", C2="h")
    incident, advice, rows = ranked(tight_desk, "T")
    first = advice["units"][0]["callsign"]
    tight_desk.send(incident, first, decision_id=advice["decision_id"])
    stored = ok(tight_desk.client.get(f"/decisions/{advice['decision_id']}"))
    kept = next(row for row in stored["units"] if row["callsign"] == first)
    assert kept["coverage"] == rows[first]["coverage"]


def test_the_cells_add_up_to_the_share_and_lie_near_the_coverage_to_the_street(tight_desk):
    stand(tight_desk, C1="A", C2="J", T1="w", T2="c")
    for minutes in (0.1, 0.2, 0.4, 5):
        now = cells(tight_desk, minutes=minutes, profile="van")
        assert sum(cell["weight"] for cell in now["cells"]) == pytest.approx(1.0, abs=1e-4)
        reached = sum(cell["weight"] for cell in now["cells"] if cell["units"] > 0)
        assert now["share"] == pytest.approx(reached, abs=1e-4)
        by_time = [c for c in now["cells"] if c["soonest_s"] is not None and c["soonest_s"] <= 60 * minutes]
        assert len(by_time) == sum(cell["units"] > 0 for cell in now["cells"])
        exact = ok(tight_desk.client.get("/coverage", params={"minutes": minutes}))
        assert now["share"] == pytest.approx(exact["demand_share"], abs=0.12)
    assert now["share"] == 1.0


def test_emergencies_of_the_past_weigh_beside_the_streets(own_server):
    with own_server.client() as client:
        desk = DeskWork(client)
        stand(desk, C1="A")
        assert cells(desk)["demand"] == "streets"
        for _ in range(3):
            desk.incident(where("A"))
        counted = wait_for(lambda: (now := cells(desk))["calls"] == 3 and now)
        assert counted["demand"] == "calls"


def test_a_planner_sees_the_figures_and_a_crew_only_itself(tight_server, tight_desk):
    stand(tight_desk, C1="A", C2="w")
    with tight_server.client("planner") as planner:
        whole = ok(planner.get("/coverage/cells"))
        assert set(whole["without"]) == {"C1", "C2"}
        number = ok(planner.get("/coverage/cells", params={"cells": False}))
        assert whole["cells"]
        assert number["cells"] == [], "a screen that shows the number alone is not sent every cell"
        assert number["share"] == whole["share"]
    with tight_server.client("crew") as crew:
        assert set(ok(crew.get("/coverage/cells"))["without"]) <= {"C1"}
    with tight_server.client("hospital") as hospital:
        assert hospital.get("/coverage/cells").status_code == 403
