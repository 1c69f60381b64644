"""D7: Crew works offline, queues, keeps true times: 10 min tunnel: 4 statuses arrive once, in order, real
times."""

from datetime import datetime, timedelta

from tests.desk_work import ago, now
from tests.server import all_events, ok, refused
from tests.small_city import where


def test_four_statuses_kept_through_ten_minutes_without_a_line_arrive_once_in_order_with_true_times(
    server, desk
):
    """The crew was sent, drove into a tunnel, and told all it had kept when it came out, twice to be sure."""
    incident = desk.incident(where("T"))
    run = desk.send(incident, "C1")
    sent = {"milestone": "assigned", "at": ago(660), "reason": "cuộc ghi lại: điều xe từ 11 phút trước"}
    ok(desk.client.post(f"/runs/{run['run_id']}/corrections", json=sent), 201)
    minutes_ago = {"accepted": 10, "en_route": 9, "on_scene": 3, "patient_contact": 0.5}
    kept = [{"milestone": name, "at": ago(60 * minutes)} for name, minutes in minutes_ago.items()]
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
        heard = datetime.fromisoformat(event["recorded_at"]) - datetime.fromisoformat(event["at"])
        minutes = minutes_ago[each["milestone"]]
        assert timedelta(minutes=minutes) <= heard < timedelta(minutes=minutes + 2), "when we heard"


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
