"""D5: Legal status machine per assignment: illegal jump refused; two assignments never bleed."""

from datetime import datetime

import pytest

from tests.server import ok, refused
from tests.small_city import where


@pytest.fixture
def course(desk):
    return {state["milestone"]: state for state in ok(desk.client.get("/run-course"))["states"]}


def report(desk, run, milestone, **facts):
    return desk.client.post(f"/runs/{run['run_id']}/milestones", json={"milestone": milestone, **facts})


def test_the_course_that_is_served_is_the_one_that_is_kept(desk, course):
    """Every jump that the course does not show is refused, at every state of a whole run."""
    incident = desk.incident(where("T"))
    run = desk.send(incident, "C1")
    whole = ["accepted", "en_route", "on_scene", "patient_contact", "transporting", "at_hospital"]
    for status, following in zip(["assigned", *whole], [*whole, "handed_over"], strict=True):
        row = desk.row("runs", run["run_id"])
        assert (row["status"], row["next"]) == (status, course[status]["next"])
        for jump in set(course) - set(row["next"]) - {status}:
            assert report(desk, run, jump).status_code == 409, f"{status} to {jump}"
        assert desk.row("runs", run["run_id"])["seq"] == row["seq"], "a refusal changes nothing"
        ok(report(desk, run, following))
    ok(report(desk, run, "clear"))
    assert course["clear"]["over"]
    assert desk.row("runs", run["run_id"])["next"] == []


def test_every_state_has_words_in_both_languages(course):
    assert all(state["label"]["vi"] and state["label"]["en"] for state in course.values())
    assert course["on_scene"]["label"]["vi"] == "đến hiện trường"


def test_two_assignments_of_one_unit_and_two_units_of_one_incident_never_bleed(desk):
    first, second = desk.incident(where("T")), desk.incident(where("D"))
    one, other = desk.send(first, "C1"), desk.send(first, "C2")
    desk.report(one, "accepted", "en_route")
    assert desk.row("runs", other["run_id"])["status"] == "assigned"
    desk.report(one, "stood_down")
    again = desk.send(second, "C1")
    late = refused(report(desk, one, "on_scene"), 409)
    assert late["type"] == "urn:vigil:IllegalMilestone", "the old run of the unit is over"
    assert desk.row("runs", again["run_id"])["status"] == "assigned"
    assert list(desk.row("runs", again["run_id"])["milestones"]) == ["assigned"]
    assert desk.row("units", "C1")["incident_id"] == second["id"]


def test_what_crew_and_desk_both_tell_is_answered_as_told_before(desk):
    run = desk.send(desk.incident(where("T")), "C1")
    first = desk.report(run, "accepted")
    again = desk.report(run, "accepted")
    assert (first["repeated"], again["repeated"]) == (False, True)
    assert again["next"] == first["next"]
    assert desk.row("runs", run["run_id"])["status"] == "accepted"


def test_a_refusal_is_told_in_vietnamese_words_and_its_facts_stay_codes(desk):
    run = desk.send(desk.incident(where("T")), "C1", override_reason="other")
    body = {"milestone": "at_hospital"}
    path, header = f"/runs/{run['run_id']}/milestones", {"Accept-Language": "vi"}
    told = refused(desk.client.post(path, json=body, headers=header), 409)
    assert told["detail"].startswith("C1 đang ở mốc “giao lệnh”, chưa thể báo “đến bệnh viện”.")
    assert told["allowed"] == "accepted, declined, en_route, stood_down"
    entries = ok(desk.client.get(f"/incidents/{run['incident_id']}/timeline"))
    assert any("Chọn khác đề xuất: lý do khác." in entry["text"]["vi"] for entry in entries)


def test_with_a_patient_in_their_hands_a_crew_is_not_stood_down_but_tells_how_it_ended(desk):
    run = desk.send(desk.incident(where("T")), "C1")
    desk.report(run, "en_route", "on_scene", "patient_contact")
    refused(report(desk, run, "stood_down"), 409)
    nonsense = refused(report(desk, run, "clear", outcome="went_home"), 422)
    assert "refused" in nonsense["detail"]
    ok(report(desk, run, "clear", outcome="refused"))
    assert desk.row("runs", run["run_id"])["outcome"] == "refused"
    outcomes = [each["outcome"] for each in ok(desk.client.get("/run-course"))["outcomes"]]
    assert {"refused", "dead_on_scene", "treated_on_scene"} <= set(outcomes)


def test_the_waits_of_a_run_and_of_an_incident_are_served_with_their_limits(desk):
    incident = desk.incident(where("T"), priority="P1")
    (waiting,) = desk.row("incidents", incident["id"])["timers"]
    assert (waiting["name"], seconds(waiting)) == ("waiting", (60, 120))
    run = desk.send(incident, "C1")
    assert desk.row("incidents", incident["id"])["timers"] == []
    assert timers(desk, run) == {"acknowledge": (60, 90)}
    desk.report(run, "accepted")
    assert timers(desk, run) == {}
    desk.report(run, "en_route", "on_scene")
    assert timers(desk, run) == {"on_scene": (1200, 1800), "welfare": (1200, 1260)}
    desk.report(run, "patient_contact", "transporting", "at_hospital")
    assert timers(desk, run) == {"handover": (1800, 2700)}
    desk.report(run, "handed_over")
    assert timers(desk, run) == {}


def timers(desk, run):
    return {timer["name"]: seconds(timer) for timer in desk.row("runs", run["run_id"])["timers"]}


def seconds(timer):
    since, amber, red = (datetime.fromisoformat(timer[name]) for name in ("since", "amber_at", "red_at"))
    return (amber - since).total_seconds(), (red - since).total_seconds()
