"""The spans of an order tell its life: decided, saved, folded, told; by ids, without contents."""

import asyncio
import subprocess
import sys

import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from api.observe.orders import WatchedOrder
from api.observe.switches import BadCollector, asked_for, traces_of, wants_json_logs, wants_traces
from api.observe.traces import MOST_REMEMBERED, TracedRequests, Traces
from dispatch.commands import ATTEMPTS, carry_out
from dispatch.handlers.assign_unit import assign_unit
from dispatch.handlers.receive_call import ReceiveCall, receive_call
from domain.errors import NotStored, UnitBusy
from tests.builders import HERE, Room, an_act, an_id, no_pause
from tests.fakes import CutLineLog
from tests.server import ROOT


@pytest.fixture
def exporter():
    return InMemorySpanExporter()


@pytest.fixture
def traces(exporter):
    traces = Traces(exporter, at_once=True)
    yield traces
    traces.close()


def carry(room, command, handler, traces):
    with WatchedOrder(command, handler, traces) as order:
        answer = carry_out(command, order.handler, room.desk, no_pause, lost=order.lost)
        order.stored(answer)
    return answer


def a_call():
    return ReceiveCall(an_act(), an_id(), "0901234567", "Nguyễn Văn An", HERE, "12 Lê Lợi", "Đau ngực")


def spans(exporter):
    return {span.name: span for span in exporter.get_finished_spans()}


def test_an_order_is_decided_saved_folded_and_told_in_one_trace(traces, exporter):
    room, command = Room(), a_call()
    answer = carry(room, command, receive_call, traces)
    traces.told(room.log.select(answer.seq, 1))
    found = spans(exporter)
    assert set(found) == {"order ReceiveCall", "decide", "save", "fold", "tell"}
    order = found["order ReceiveCall"]
    assert order.attributes["vigil.command_id"] == str(command.act.command_id)
    assert order.attributes["vigil.correlation_id"] == str(command.act.correlation_id)
    assert order.attributes["vigil.seq"] == answer.seq
    assert order.attributes["vigil.outcome"] == "done"
    for name in ("decide", "save", "fold", "tell"):
        assert found[name].parent.span_id == order.context.span_id
        assert found[name].context.trace_id == order.context.trace_id
        assert found[name].start_time <= found[name].end_time
    assert found["decide"].end_time <= found["save"].end_time <= found["fold"].end_time


def test_no_span_carries_what_the_caller_said(traces, exporter):
    room = Room()
    carry(room, a_call(), receive_call, traces)
    room.send(room.incident(), "C1")
    with pytest.raises(UnitBusy):
        carry(room, room.order_to_send(room.incident(), "C1"), assign_unit, traces)
    text = "".join(span.to_json() for span in exporter.get_finished_spans())
    for secret in ("0901234567", "Nguyễn", "Nguy\\u1ec5n", "Lê Lợi", "L\\u00ea", "Đau", "\\u0110au"):
        assert secret not in text


def test_a_refused_order_says_by_which_kind_and_is_no_error(traces, exporter):
    room = Room()
    room.send(room.incident(), "C1")
    with pytest.raises(UnitBusy):
        carry(room, room.order_to_send(room.incident(), "C1"), assign_unit, traces)
    found = spans(exporter)
    order = found["order AssignUnit"]
    assert order.attributes["vigil.outcome"] == "refused"
    assert order.attributes["vigil.refusal"] == "UnitBusy"
    assert order.status.status_code is StatusCode.UNSET
    assert not order.events, "an event of a fault would quote its text"
    assert "save" not in found


def test_every_attempt_of_a_store_that_fails_is_seen_and_the_order_is_an_error(traces, exporter):
    log = CutLineLog()
    room = Room(log)
    order = room.order_to_send(room.incident())
    log.lost_before_commit = ATTEMPTS
    with pytest.raises(NotStored):
        carry(room, order, assign_unit, traces)
    saves = [span for span in exporter.get_finished_spans() if span.name == "save"]
    assert [span.attributes["vigil.attempt"] for span in saves] == list(range(1, ATTEMPTS + 1))
    assert {span.attributes["vigil.lost"] for span in saves} == {"store"}
    assert spans(exporter)["order AssignUnit"].status.status_code is StatusCode.ERROR


def test_orders_of_one_emergency_are_linked(traces, exporter):
    one = traces.order("ReceiveCall", an_id(), an_id("emergency"))
    one.ended("done", None)
    traces.order("TriageCall", an_id(), an_id("emergency")).ended("done", None)
    traces.order("ReceiveCall", an_id(), an_id("another")).ended("done", None)
    first, second, other = exporter.get_finished_spans()
    assert [link.context.span_id for link in second.links] == [first.context.span_id]
    assert not other.links


def test_what_is_remembered_for_the_feed_is_bounded(traces):
    for _ in range(MOST_REMEMBERED + 50):
        traces.order("ReceiveCall", an_id(), an_id()).ended("done", None)
    assert len(traces._untold) == MOST_REMEMBERED
    assert len(traces._emergencies) == MOST_REMEMBERED


class Route:
    path = "/calls/{call_id}"


def ask(traces, path, headers=(), app=None):
    """One request through the middleware."""

    async def answers(scope, receive, send):
        scope["route"] = Route()
        await send({"type": "http.response.start", "status": 409, "headers": []})

    async def nothing(message=None):
        return {}

    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "headers": list(headers),
        "query_string": b"q=12",
    }
    asyncio.run(TracedRequests(app or answers, traces._tracer)(scope, nothing, nothing))


def test_a_request_is_named_by_its_route_and_joins_its_callers_trace(traces, exporter):
    parent = b"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    ask(traces, "/api/v1/calls/5b0c", [(b"traceparent", parent), (b"authorization", b"Bearer secret")])
    (span,) = exporter.get_finished_spans()
    assert span.name == "POST /api/v1/calls/{call_id}"
    assert span.attributes["http.response.status_code"] == 409
    assert f"{span.context.trace_id:032x}" == "0af7651916cd43dd8448eb211c80319c"
    text = span.to_json()
    assert "5b0c" not in text
    assert "secret" not in text
    assert "q=12" not in text


def test_what_is_no_request_of_the_api_leaves_no_span(traces, exporter):
    for path in ("/metrics", "/healthz", "/status", "/assets/x.js"):
        ask(traces, path)
    assert not exporter.get_finished_spans()


def test_a_fault_in_a_request_is_an_error_without_its_text(traces, exporter):
    async def breaks(scope, receive, send):
        raise ValueError("Nguyễn Văn An")

    with pytest.raises(ValueError, match="An"):
        ask(traces, "/api/v1/calls", app=breaks)
    (span,) = exporter.get_finished_spans()
    assert span.status.status_code is StatusCode.ERROR
    assert "An" not in span.to_json()
    assert "\\u1ec5" not in span.to_json()


def test_where_no_traces_are_wanted_the_library_that_makes_them_is_not_even_loaded():
    """FastAPI itself loads the names of OpenTelemetry; what makes and sends spans is another matter."""
    look = "import sys, api.main; print([name for name in sys.modules if name.startswith('opentelemetry.')])"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, cwd=ROOT, check=True)
    for part in ("opentelemetry.sdk", "opentelemetry.exporter", "opentelemetry.proto"):
        assert f"'{part}" not in done.stdout


def test_traces_are_wanted_only_where_a_collector_is_named():
    assert not wants_traces({})
    assert not wants_traces({"OTEL_EXPORTER_OTLP_ENDPOINT": " "})
    assert wants_traces({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"})
    assert not wants_traces({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c", "OTEL_SDK_DISABLED": "True"})
    assert traces_of({}) is None
    assert wants_traces(asked_for(False, "http://127.0.0.1:4318"))
    assert wants_json_logs(asked_for(True, None))
    assert asked_for(False, None) == {}
    with pytest.raises(BadCollector, match="4318"):
        asked_for(False, "127.0.0.1:4318")
    assert wants_json_logs({"VIGIL_LOG": "JSON"})
    assert not wants_json_logs({})
