"""D7: Crew works offline, queues, keeps true times: 10 min tunnel: 4 statuses arrive once, in order, real
times."""

from datetime import datetime, timedelta

from tests.desk_work import now
from tests.server import all_events, ok, refused
from tests.small_city import where


def test_four_statuses_kept_through_ten_minutes_without_a_line_arrive_once_in_order_with_true_times(
    server, desk
):
    """The crew was sent, drove into a tunnel, and told all it had kept when it came out, twice to be sure."""
    incident = desk.incident(where("T"))
    run = desk.send(incident, "C1")
    assigned = datetime.fromisoformat(desk.row("runs", run["run_id"])["milestones"]["assigned"])
    hand = now()
    step = (hand - assigned) / 5
    kept = [
        {"milestone": milestone, "at": (assigned + step * (place + 1)).isoformat()}
        for place, milestone in enumerate(["accepted", "en_route", "on_scene", "patient_contact"])
    ]
    path = f"/runs/{run['run_id']}/milestones"
    with server.client("crew") as crew:
        answers = [ok(crew.post(path, json=body)) for body in kept]
        assert not any(answer["repeated"] for answer in answers)
        assert all(ok(crew.post(path, json=body))["repeated"] for body in kept), "sent again, told once"
    row = desk.row("runs", run["run_id"])
    assert [row["milestones"][each["milestone"]] for each in kept] == [_utc(each["at"]) for each in kept]
    told = [
        event
        for event in all_events(desk.client)
        if event["topic"] == "Run.Progressed" and event["data"]["run_id"] == run["run_id"]
    ]
    assert [event["data"]["milestone"] for event in told] == [each["milestone"] for each in kept]
    for event, each in zip(told, kept, strict=True):
        assert event["at"] == _utc(each["at"]), "when it happened"
        assert event["recorded_at"] > event["at"], "when we heard"


def test_a_status_that_comes_out_of_order_is_refused_and_the_others_stand(server, desk):
    run = desk.send(desk.incident(where("T")), "C1")
    desk.report(run, "en_route")
    too_early = (now() - timedelta(minutes=10)).isoformat()
    body = {"milestone": "on_scene", "at": too_early}
    with server.client("crew") as crew:
        problem = refused(crew.post(f"/runs/{run['run_id']}/milestones", json=body), 422)
    assert problem["type"] == "urn:vigil:OutOfOrder"
    assert desk.row("runs", run["run_id"])["status"] == "en_route"


def _utc(text):
    return datetime.fromisoformat(text).isoformat()
