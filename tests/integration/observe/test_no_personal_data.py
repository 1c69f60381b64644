"""A whole emergency, with what goes wrong at a desk; then every record of it is searched for people."""

import re
from urllib.parse import quote

import pytest

from tests.integration.observe.collector import attributes
from tests.integration.observe.emergency import SECRETS


@pytest.mark.parametrize("secret", [*SECRETS, *sorted({quote(each) for each in SECRETS} - set(SECRETS))])
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
