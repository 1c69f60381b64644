"""The queue of notices never stands still for a record that nobody can read, nor for one nobody can send."""

import asyncio
from datetime import UTC, datetime

import httpx
import msgspec
import pytest

from api.streams.back_to_centre import BackToCentre, Door
from api.streams.broker_settings import BrokerSettings
from projections.streams.effects import Alert
from tests.brokers import run, send_all
from tests.servers.minikafka import MiniKafka

NO_UTF8 = b'{"type":"\xff"}'
DOOR = Door("letters", "http://centre", token="t")


def an_alert():
    said = {"id": "one", "kind": "late_acknowledgement", "level": "red", "centre": "letters", "subject": "r"}
    return msgspec.json.encode(
        Alert(**said, since=datetime.now(UTC), callsign="A1", incident_id="i", run_id="r")
    )


def an_incident(status="assigned"):
    run = {"run_id": "r", "status": status, "assigned_at": datetime.now(UTC).isoformat()}
    return {"id": "i", "status": status, "runs": [run]}


def a_centre(request):
    if request.method == "POST":
        return httpx.Response(201)
    if request.url.path.endswith("/incidents/i"):
        return httpx.Response(200, json=an_incident())
    return httpx.Response(200, json={"timezone": "Asia/Ho_Chi_Minh"})


def a_way_back(answer=a_centre):
    client = httpx.AsyncClient(base_url="http://centre", transport=httpx.MockTransport(answer))
    return BackToCentre(DOOR, client=client)


@pytest.mark.parametrize(
    "value",
    [NO_UTF8, b'{"type":"Alert","id":' + b"[" * 5000, b"{}", None],
    ids=["utf8", "deep", "{}", "null"],
)
def test_a_notice_that_cannot_be_read_is_passed_over_with_a_warning(value, caplog):
    back = a_way_back()
    run(back._patiently(value, asyncio.Event()))
    assert back.counts == {"unread": 1}
    assert "cannot be read and is passed over" in caplog.text


def test_a_notice_that_cannot_be_put_into_a_request_is_not_tried_for_ever(caplog):
    def refuse(request):
        raise httpx.LocalProtocolError("Illegal header value")

    back = a_way_back(refuse)
    run(back._patiently(an_alert(), asyncio.Event()), patience_s=5)
    assert back.counts == {"failed": 1}


def test_an_order_that_was_acknowledged_meanwhile_is_not_called_late():
    def answered(request):
        assert request.method == "GET", "nothing is written"
        if request.url.path.endswith("/incidents/i"):
            return httpx.Response(200, json=an_incident("accepted"))
        return a_centre(request)

    back = a_way_back(answered)
    run(back._patiently(an_alert(), asyncio.Event()))
    assert back.counts == {"passed": 1}


@pytest.mark.parametrize("fate", [httpx.Response(503), httpx.Response(400), httpx.ReadError("cut")], ids=repr)
def test_a_centre_that_cannot_say_how_it_stands_is_asked_again_and_told_nothing_unasked(monkeypatch, fate):
    monkeypatch.setattr("api.streams.back_to_centre.PAUSES_S", (0.001,))
    asked = []

    def centre(request):
        if request.url.path.endswith("/incidents/i"):
            asked.append(fate)
            if len(asked) < 3:
                if isinstance(fate, Exception):
                    raise fate
                return fate
        assert request.method == "GET" or len(asked) == 3
        return a_centre(request)

    back = a_way_back(centre)
    run(back._patiently(an_alert(), asyncio.Event()), patience_s=5)
    assert back.counts == {"sent": 1}


def test_of_an_incident_the_centre_does_not_have_nothing_is_told(caplog):
    def forgetful(request):
        return httpx.Response(404) if request.url.path.endswith("/incidents/i") else a_centre(request)

    back = a_way_back(forgetful)
    run(back._patiently(an_alert(), asyncio.Event()), patience_s=5)
    assert back.counts == {"passed": 1}
    assert "letters has no incident i" in caplog.text


def test_what_was_passed_over_is_committed_and_the_next_is_told():
    with MiniKafka({"vigil.alerts": 1}) as kafka:
        broker = BrokerSettings(kafka.address)
        run(send_all(broker, "vigil.alerts", (b"r", NO_UTF8), (b"r", an_alert())))
        assert run(_until_sent(broker)) == {"unread": 1, "sent": 1}
        run(send_all(broker, "vigil.alerts", (b"r", an_alert())))
        assert run(_until_sent(broker)) == {"sent": 1}, "it is not read again"


async def _until_sent(broker):
    back, stop = a_way_back(), asyncio.Event()
    task = asyncio.create_task(back.run(broker, stop))
    while not back.counts["sent"] and not task.done():
        await asyncio.sleep(0.02)
    await asyncio.sleep(0.7)  # a round more, so that it has committed
    stop.set()
    await task
    return dict(back.counts)


def test_a_fault_of_ours_in_the_reading_is_a_pause_and_no_end(monkeypatch, caplog):
    monkeypatch.setattr("api.streams.back_to_centre.PAUSES_S", (0.001,))
    stop, lives = asyncio.Event(), []

    async def read(broker, stop):
        lives.append(1)
        if len(lives) < 3:
            raise KeyError("topic")
        stop.set()

    back = a_way_back()
    monkeypatch.setattr(back, "_read", read)
    run(back.run(BrokerSettings("127.0.0.1:1"), stop), patience_s=5)
    assert len(lives) == 3
    assert "KeyError" in caplog.text
