"""A whole emergency, with what goes wrong at a desk; then every record of it is searched for people."""

import json
import re

import httpx
import pytest

from tests.desk_work import DeskWork, a_run, now, point
from tests.feed_reader import listening
from tests.integration.observe.collector import attributes, collecting
from tests.server import API, letter_town_ground, ok, refused, running_server
from tests.small_city import where

CALLER, PHONE, ADDRESS = "Trần Thị Kim Ngân", "0938 271 828", "37/12B hẻm Cầu Mây"
COMPLAINT, NOTE, REASON = "Ong đốt sưng cổ", "Cổng màu xanh ngọc", "Người nhà tự chở"
PASSWORD = "mật khẩu bí mật 271828"
PLACE = where("T")

SECRETS = (
    *("Kim Ngân", "Trần Thị", "0938", "271 828", "271828", "37/12B", "Cầu Mây"),
    *("Ong đốt", "sưng cổ", "xanh ngọc", "Người nhà", "mật khẩu"),
    *(f"{PLACE.lat:.4f}", f"{PLACE.lon:.4f}"),
)
"""What the caller said, wherever it may turn up, and where the caller is to some ten metres."""


SHOWN = ("/metrics", "/status?lang=vi", "/status?lang=en", "/status.json", "/readyz", "/healthz")


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """All that a server wrote, counted, showed and traced while an emergency went by."""
    with pytest.MonkeyPatch.context() as patch, collecting() as collector:
        patch.setenv("VIGIL_LOG", "json")
        patch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url)
        patch.setenv("OTEL_BSP_SCHEDULE_DELAY", "200")
        with running_server(letter_town_ground(), tmp_path_factory.mktemp("told")) as server:
            with server.client() as client, listening(server.socket_url(after=0)) as feed:
                orders = an_emergency(server, client)
                feed.until_rows(server.position())
                assert CALLER in json.dumps(feed.frames, ensure_ascii=False), "the desk itself is told"
            shown = {path: httpx.get(server.url + path, trust_env=False, timeout=10).text for path in SHOWN}
            server.stop()
            written = server.said()
        yield Told(written, shown, collector, orders)


class Told:
    def __init__(self, written, shown, collector, orders):
        self.written, self.shown, self.collector, self.orders = written, shown, collector, orders

    @property
    def lines(self):
        """The log, an object a line."""
        return [json.loads(line) for line in self.written.splitlines() if line.startswith("{")]


def an_emergency(server, client):
    """Drive it; the ids of the orders that were carried out are all in the log."""
    desk = DeskWork(client)
    desk.everybody_on_duty()
    call = desk.call(
        caller_name=CALLER, phone=PHONE, address=ADDRESS, complaint=COMPLAINT, position=point(PLACE)
    )
    answers = {"conscious": "yes", "breathing": "normal"}
    client.put(f"/calls/{call['id']}/triage", json={"protocol": "general", "answers": answers})
    ok(client.put(f"/calls/{call['id']}/position", json={"position": point(PLACE), "address": ADDRESS}))
    body = {"call_id": call["id"], "position": point(PLACE), "priority": "P1"}
    incident = ok(client.post("/incidents", json=body), 201)
    ok(client.post(f"/incidents/{incident['id']}/notes", json={"text": NOTE}), 201)
    units = ok(client.get("/units"))
    desk.ping(units[0]["callsign"], PLACE)
    advice = ok(client.get(f"/incidents/{incident['id']}/recommendation"))
    run = desk.send(incident, advice["units"][0]["unit_id"])
    # What is refused is told with all that was asked; nobody may write that down.
    refused(client.post(f"/incidents/{incident['id']}/runs", json=a_run(advice["units"][0]["unit_id"])), 409)
    refused(
        client.post("/calls", json={"phone": PHONE * 9, "caller_name": CALLER, "complaint": COMPLAINT}), 422
    )
    refused(client.post("/calls", json={"phone": [CALLER], "complaint": COMPLAINT}), 422)
    client.get("/travel-times", params={"q": ADDRESS})
    httpx.post(
        f"{server.url}{API}/login",
        json={"username": CALLER, "password": PASSWORD},
        trust_env=False,
        timeout=30,
    )
    httpx.get(f"{server.url}{API}/{PHONE}", trust_env=False, timeout=10)
    desk.report(
        run, "accepted", "en_route", "on_scene", "transporting", "at_hospital", "handed_over", "clear"
    )
    ok(client.post(f"/incidents/{incident['id']}/close", json={"reason": REASON}))
    other = desk.call(caller_name=CALLER, phone=PHONE, complaint=COMPLAINT)
    ok(client.post(f"/calls/{other['id']}/close", json={"reason": REASON}))
    ok(client.get("/snapshot", params={"at": now().isoformat()}))
    return [call, incident, run]


@pytest.mark.parametrize("secret", SECRETS)
def test_no_log_figure_page_or_trace_names_what_the_caller_said(told, secret):
    assert secret not in told.written
    for path, text in told.shown.items():
        assert secret not in text, path
    spans = "".join(
        str(attributes(span)) + span.name + str(span.events) + str(span.status)
        for span in told.collector.spans()
    )
    assert secret not in spans
    assert not any(secret.encode() in letter for letter in told.collector.letters)


def test_the_search_would_find_what_is_there(told):
    """Else the test above could not fail: what is looked through holds the orders of that very emergency."""
    assert any(line.get("order") == "ReceiveCall" for line in told.lines)
    assert 'order="ReceiveCall",outcome="done"' in told.shown["/metrics"]
    assert any(span.name == "order ReceiveCall" for span in told.collector.spans())
    assert "All is well" in told.shown["/status?lang=en"] or "Working" in told.shown["/status?lang=en"]


def test_every_line_of_the_log_is_an_object_but_the_announcement(told):
    announcement = r"\s*$|  (Vigil is open|Map|Demo logins|Bed board|Stop with|No accounts)"
    strange = [
        line
        for line in told.written.splitlines()
        if not line.startswith("{") and not re.match(announcement, line) and "consol" not in line
    ]
    assert not strange


def test_an_order_is_followed_by_its_id_from_the_log_through_the_trace(told):
    line = next(
        each for each in told.lines if each.get("order") == "AssignUnit" and each["outcome"] == "done"
    )
    spans = told.collector.spans()
    order = next(span for span in spans if attributes(span).get("vigil.command_id") == line["command_id"])
    trace = [span for span in spans if span.trace_id == order.trace_id]
    names = {span.name for span in trace}
    assert {"order AssignUnit", "decide", "save", "fold", "tell"} <= names
    request = next(span for span in trace if span.kind == 2)
    assert request.name == "POST /api/v1/incidents/{incident_id}/runs"
    assert order.parent_span_id == request.span_id
    assert attributes(order)["vigil.seq"] == line["seq"]


def test_a_refusal_is_written_by_its_kind(told):
    refusals = {line["refusal"] for line in told.lines if line.get("outcome") == "refused"}
    assert "UnitBusy" in refusals
    assert 'order="AssignUnit",outcome="refused"' in told.shown["/metrics"]


def test_orders_of_the_same_emergency_are_linked(told):
    assert any(span.links for span in told.collector.spans() if span.name.startswith("order "))


def test_nothing_was_logged_as_a_fault(told):
    assert [line for line in told.lines if line["level"] in ("error", "critical")] == []


def test_a_server_that_is_stopped_tells_the_rest_of_its_traces(told):
    """The last order of the log is among them."""
    last = [line for line in told.lines if line.get("outcome") == "done"][-1]
    told_ids = {attributes(span).get("vigil.command_id") for span in told.collector.spans()}
    assert last["command_id"] in told_ids
