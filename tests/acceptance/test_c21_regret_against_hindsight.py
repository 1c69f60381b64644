"""C21: regret vs hindsight optimum per shift: "report computed from yesterday's log"."""

from datetime import datetime

import pytest

from tests.desk_work import now
from tests.server import ok
from tests.small_city import where


def test_the_report_tells_what_each_choice_and_the_whole_day_gave_up(desk):
    start = now()
    for callsign, corner in (("T1", "U"), ("T2", "A"), ("T3", "w")):
        desk.ping(callsign, where(corner))
    incident = desk.incident(where("T"))
    advice = ok(desk.client.get(f"/incidents/{incident['id']}/recommendation"))
    offered = [row for row in advice["units"] if row["kind"] == "van" and row.get("free_in_s") is None]
    assert len(offered) > 1
    arrivals = {row["callsign"]: row["parts"]["travel"] + row["parts"]["turnout"] for row in offered}
    worse = max(offered, key=lambda row: (arrivals[row["callsign"]], row["callsign"]))["callsign"]
    order = {"decision_id": advice["decision_id"], "override_reason": "crew_knows: kíp biết đường"}
    run = desk.send(incident, worse, **order)
    desk.report(run, "en_route", "on_scene", "clear")
    report = told(desk, start)
    assert report["complete"]
    assert report["choices"]["n"] >= 1
    mine = next(row for row in report["choices"]["worst"] if row["run_id"] == run["run_id"])
    assert (mine["sent"], mine["overridden"]) == (worse, True)
    assert mine["regret_s"] == pytest.approx(arrivals[worse] - min(arrivals.values()), abs=0.11)
    (day,) = report["days"][-1:]
    assert day["jobs"] >= 1
    assert day["exact"]
    assert day["mean_best_s"] < day["mean_as_sent_s"]
    assert report["predictions"]["total"]["n"] >= 1
    assert {row["key"] for row in report["predictions"]["by_kind"]} >= {"van"}


def told(desk, start: datetime) -> dict:
    asked = {"from": start.isoformat(), "to": now().isoformat()}
    return ok(desk.client.get("/reports/regret", params=asked))


def test_without_a_period_it_is_the_last_shift_day_that_is_over(desk):
    report = ok(desk.client.get("/reports/regret"))
    begins, ends = (datetime.fromisoformat(report[name]) for name in ("from", "to"))
    assert (ends - begins).total_seconds() == 86_400
    assert ends <= now()
    assert [day["jobs"] for day in report["days"]] == [0]


def test_more_than_a_week_is_not_solved_while_somebody_waits(desk):
    answer = desk.client.get("/reports/regret", params={"from": "2026-01-01", "to": "2026-02-01"})
    assert answer.status_code == 422
    assert "8" in answer.json()["detail"]


def test_regret_is_for_those_who_plan_and_dispatch(server, desk):
    with server.client("planner") as planner:
        assert planner.get("/reports/regret").status_code == 200
    with server.client("crew") as crew:
        assert crew.get("/reports/regret").status_code == 403
