"""What the streams find out reaches a centre as orders: once, and never against what people reported."""

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import httpx
import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaConnectionError
from msgspec.structs import replace

from api.streams.back_to_centre import BackToCentre, BadDoor, Door, Unreachable, read_door
from api.streams.broker_settings import BrokerSettings
from api.streams.orders import Arrivals, order_of
from projections.streams.effects import Alert, Proposal, effect_id
from projections.streams.plan import ENCODER
from tests.desk_work import DeskWork
from tests.server import Server, ok
from tests.servers.minikafka import MiniKafka

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    return datetime.now(UTC)


def a_proposal(run: dict[str, Any], incident: dict[str, Any], kind: str = "arrived_scene") -> Proposal:
    return Proposal(
        id=effect_id("letters", run["run_id"], kind),
        kind=kind,
        centre="letters",
        subject=run["run_id"],
        run_id=run["run_id"],
        incident_id=incident["id"],
        callsign="A1",
        place_id=incident["id"],
        at=now() - timedelta(seconds=1),
        lat=10.75,
        lon=106.65,
        accuracy_m=8.0,
    )


def an_alert(**facts: Any) -> Alert:
    said = {"id": effect_id("alert", uuid4()), "kind": "late_acknowledgement", "level": "red"}
    return Alert(**{**said, "centre": "letters", "subject": "r", "since": now(), "callsign": "A1", **facts})


def deliver(server: Server, *notices: Alert | Proposal, arrivals: Arrivals = "note") -> dict[str, int]:
    async def all_of_them() -> dict[str, int]:
        back = BackToCentre(Door("letters", server.url, "dispatcher", "demo"), arrivals)
        for notice in notices:
            await back.deliver(notice, now())
        return dict(back.counts)

    return asyncio.run(all_of_them())


def notes(desk: DeskWork, incident: dict[str, Any]) -> list[str]:
    entries = ok(desk.client.get(f"/incidents/{incident['id']}/timeline"))
    return [str(entry) for entry in entries if "Noted" in str(entry)]


def prompts(desk: DeskWork, incident: dict[str, Any]) -> list[str]:
    """The callsigns of those that people were asked about."""
    entries = ok(desk.client.get(f"/incidents/{incident['id']}/timeline"))
    return [entry["data"]["callsign"] for entry in entries if entry["topic"] == "Prompt.Raised"]


@pytest.fixture
def under_way(desk: DeskWork) -> tuple[dict[str, Any], dict[str, Any]]:
    incident = desk.incident()
    unit = next(
        row["callsign"]
        for row in ok(desk.client.get("/units"))
        if row["status"] == "AV" and row["kind"] == "van"
    )
    run = desk.send(incident, unit)
    desk.report(run, "accepted", "en_route")
    return incident, run


def test_people_are_asked_once_about_a_proposal(server: Server, desk: DeskWork, under_way: Any):
    incident, run = under_way
    proposal = a_proposal(run, incident)
    assert deliver(server, proposal, proposal) == {"sent": 2}
    assert prompts(desk, incident) == [run["callsign"]]
    assert desk.row("runs", run["run_id"])["prompt"]["milestone"] == "on_scene"
    assert notes(desk, incident) == []
    assert "on_scene" not in desk.row("runs", run["run_id"])["milestones"]


def test_where_the_operator_wants_it_an_arrival_is_reported(server: Server, desk: DeskWork, under_way: Any):
    incident, run = under_way
    proposal = a_proposal(run, incident)
    proposal = replace_at(proposal, now())
    assert deliver(server, proposal, proposal, arrivals="report") in ({"sent": 1, "passed": 1}, {"sent": 2})
    assert "on_scene" in desk.row("runs", run["run_id"])["milestones"]


def replace_at(proposal: Proposal, at: datetime) -> Proposal:
    return replace(proposal, at=at)


def test_what_the_crew_reported_itself_is_not_asked_again(server: Server, desk: DeskWork, under_way: Any):
    incident, run = under_way
    desk.report(run, "on_scene")
    assert deliver(server, a_proposal(run, incident)) == {"passed": 1}
    assert prompts(desk, incident) == []


def test_a_run_that_is_over_is_not_asked_about(server: Server, desk: DeskWork, under_way: Any):
    incident, run = under_way
    desk.report(run, "stood_down")
    assert deliver(server, a_proposal(run, incident)) == {"passed": 1}


def test_an_alert_with_weight_becomes_a_note_and_no_other_does(
    server: Server, desk: DeskWork, under_way: Any
):
    incident, run = under_way
    desk.report(run, "on_scene")
    red = an_alert(kind="long_on_scene", incident_id=incident["id"], run_id=run["run_id"])
    amber = an_alert(incident_id=incident["id"], level="amber")
    ended = an_alert(incident_id=incident["id"], ended_at=now())
    elsewhere = an_alert(incident_id=incident["id"], centre="mannheim")
    of_nothing = an_alert(kind="surge")
    assert deliver(server, red, red, amber, ended, elsewhere, of_nothing) == {"sent": 2, "passed": 3}
    assert len(notes(desk, incident)) == 1


@pytest.mark.parametrize("nowhere", [str(UUID(int=7)), "no id", "", "../calls"])
def test_an_incident_that_the_centre_does_not_have_is_settled_by_that(server: Server, nowhere: str):
    assert deliver(server, an_alert(incident_id=nowhere)) == {"passed": 1}


def test_what_was_answered_since_the_relay_died_is_not_said_to_wait(
    server: Server, desk: DeskWork, under_way: Any
):
    """The streams heard of the order, and of nothing after it."""
    served, run = under_way
    waits, ids = desk.incident(), {"run_id": run["run_id"], "incident_id": served["id"]}
    unanswered = an_alert(**ids)
    unserved = an_alert(kind="waiting_incident", incident_id=served["id"], since=now() - timedelta(minutes=6))
    waiting = an_alert(kind="waiting_incident", incident_id=waits["id"])
    assert deliver(server, unanswered, unserved, waiting) == {"passed": 2, "sent": 1}
    assert notes(desk, served) == []
    (note,) = notes(desk, waits)
    assert "Waiting for a unit since" in note


def test_a_proposal_of_long_ago_is_let_go(server: Server, desk: DeskWork, under_way: Any):
    incident, run = under_way
    old = replace_at(a_proposal(run, incident), now() - timedelta(hours=1))
    assert deliver(server, old) == {"too_old": 1}


def test_an_alert_of_long_ago_is_let_go_and_one_that_turned_red_just_now_is_told(
    server: Server, desk: DeskWork, under_way: Any
):
    incident, run = under_way
    desk.report(run, "on_scene")
    ids = {"kind": "long_on_scene", "incident_id": incident["id"], "run_id": run["run_id"]}
    of_days_ago = an_alert(since=now() - timedelta(days=3), **ids)
    just_red = an_alert(since=now() - timedelta(minutes=31), **ids)
    assert deliver(server, of_days_ago, just_red) == {"too_old": 1, "sent": 1}
    (note,) = notes(desk, incident)
    assert "On scene since" in note


def test_the_same_key_is_sent_until_the_centre_answers():
    """The first answer is lost on its way, the second says that the centre is busy."""
    waits = {"status": "waiting", "runs": []}
    keys: list[str] = []
    fates: list[Callable[[], httpx.Response]] = [
        _lost,
        lambda: httpx.Response(503),
        lambda: httpx.Response(201),
    ]

    def centre(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/login"):
            return httpx.Response(200, json={"token": "t"})
        if request.url.path.endswith("/city"):
            return httpx.Response(200, json={"timezone": "Asia/Ho_Chi_Minh"})
        if request.method == "GET":
            return httpx.Response(200, json=waits)
        keys.append(request.headers["Idempotency-Key"])
        return fates[len(keys) - 1]()

    async def patiently() -> dict[str, int]:
        client = httpx.AsyncClient(base_url="http://centre", transport=httpx.MockTransport(centre))
        back = BackToCentre(Door("letters", "http://centre", "u", "p"), client=client)
        alert = an_alert(kind="waiting_incident", incident_id=str(uuid4()))
        await back._patiently(ENCODER.encode(alert), asyncio.Event())
        return dict(back.counts)

    assert asyncio.run(patiently()) == {"sent": 1}
    assert len(keys) == 3
    assert len(set(keys)) == 1


def _lost() -> httpx.Response:
    raise httpx.ReadError("the line went dead")


def test_a_session_that_is_over_is_begun_anew():
    tokens = iter(["first", "second"])
    seen: list[str] = []

    def centre(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/login"):
            return httpx.Response(200, json={"token": next(tokens)})
        seen.append(request.headers["Authorization"])
        return httpx.Response(401 if len(seen) == 1 else 200, json={"timezone": "UTC"})

    async def ask() -> ZoneInfo:
        client = httpx.AsyncClient(base_url="http://centre", transport=httpx.MockTransport(centre))
        return await BackToCentre(Door("letters", "http://centre", "u", "p"), client=client)._time_zone()

    assert asyncio.run(ask()) == ZoneInfo("UTC")
    assert seen == ["Bearer first", "Bearer second"]


def test_somebody_without_rights_is_said_and_tried_again():
    def centre(request: httpx.Request) -> httpx.Response:
        return httpx.Response(403, text="not your role")

    async def ask() -> None:
        client = httpx.AsyncClient(base_url="http://centre", transport=httpx.MockTransport(centre))
        await BackToCentre(Door("letters", "http://centre", token="t"), client=client)._time_zone()

    with pytest.raises(Unreachable, match="403 not your role"):
        asyncio.run(ask())


def test_a_door_says_what_is_missing():
    with pytest.raises(BadDoor, match="CENTRE=http"):
        read_door("hcmc", {})
    with pytest.raises(BadDoor, match="VIGIL_CENTRE_TOKEN"):
        read_door("hcmc=http://127.0.0.1:1", {})
    door = read_door("hcmc=http://127.0.0.1:1/", {"VIGIL_CENTRE_TOKEN": "secret"})
    assert (door.centre, door.url) == ("hcmc", "http://127.0.0.1:1")
    assert "secret" not in repr(door)


def test_the_words_tell_the_time_of_the_city():
    since = datetime(2026, 3, 2, 5, 4, tzinfo=UTC)
    alert = an_alert(kind="waiting_incident", incident_id="i", since=since)
    order = order_of(alert, "note", ZONE, {"status": "waiting", "runs": []})
    assert order is not None
    assert "12:04" in order.body["text"]
    assert order.key == effect_id(alert.id, "red")


def test_the_topic_is_the_queue_and_what_was_answered_is_not_sent_again(
    server: Server, desk: DeskWork, under_way: Any
):
    incident, run = under_way
    with MiniKafka({"vigil.alerts": 2}) as kafka:
        broker, found = BrokerSettings(kafka.address), a_proposal(run, incident)
        for _ in range(2):  # the second worker begins where the first ended
            asyncio.run(_publish(broker, found))
            counts = _run_a_while(broker, server)
            assert counts == {"sent": 1}
    assert len(prompts(desk, incident)) == 1


async def _publish(broker: BrokerSettings, notice: Proposal) -> None:
    producer = AIOKafkaProducer(**broker.options())
    await producer.start()
    await producer.send_and_wait("vigil.alerts", ENCODER.encode(notice), b"r")
    await producer.stop()


def _run_a_while(broker: BrokerSettings, server: Server) -> dict[str, int]:
    async def work() -> dict[str, int]:
        back, stop = BackToCentre(Door("letters", server.url, "dispatcher", "demo")), asyncio.Event()
        loop = asyncio.get_running_loop()
        threading.Timer(4.0, lambda: loop.call_soon_threadsafe(stop.set)).start()
        await back.run(broker, stop)
        return dict(back.counts)

    return asyncio.run(work())


def test_a_broker_that_leaves_is_waited_for(monkeypatch):
    monkeypatch.setattr("api.streams.back_to_centre.PAUSES_S", (0.01,))
    fates = [KafkaConnectionError("gone"), OSError("no way"), None]
    stop = asyncio.Event()

    async def read(broker: BrokerSettings, stop: asyncio.Event) -> None:
        fate = fates.pop(0)
        if fate is not None:
            raise fate
        stop.set()

    async def work() -> None:
        back = BackToCentre(Door("letters", "http://centre", "u", "p"))
        monkeypatch.setattr(back, "_read", read)
        await back.run(BrokerSettings("127.0.0.1:1"), stop)

    asyncio.run(work())
    assert not fates


def test_a_notice_that_fails_for_a_fault_of_ours_keeps_no_other_waiting(monkeypatch):
    async def stumble(notice: Any, now: datetime) -> None:
        raise KeyError("timezone")

    async def work() -> dict[str, int]:
        back = BackToCentre(Door("letters", "http://centre", "u", "p"))
        monkeypatch.setattr(back, "deliver", stumble)
        await back._patiently(ENCODER.encode(an_alert(incident_id="i")), asyncio.Event())
        return dict(back.counts)

    assert asyncio.run(work()) == {"failed": 1}
