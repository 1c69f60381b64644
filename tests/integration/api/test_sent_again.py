"""What a desk sends again under its key, because no answer came, is on the record once."""

from uuid import uuid4

import pytest

from tests.desk_work import DeskWork, ago
from tests.server import ok

ABOUT_AN_INCIDENT = {
    "priority": ("PUT", "priority", {"priority": "P1", "reason": "worse"}),
    "alarm level": ("POST", "alarm-level", {"level": 2, "reason": "two cars"}),
    "danger": ("PUT", "danger", {"danger": "a knife"}),
    "place": ("POST", "place", {"confirmed": True}),
    "close": ("POST", "close", {"reason": "nobody there"}),
}


def given_twice(desk: DeskWork, method: str, path: str, body: dict | None = None) -> None:
    key = {"Idempotency-Key": str(uuid4())}
    first = ok(desk.client.request(method, path, json=body, headers=key))
    again = ok(desk.client.request(method, path, json=body, headers=key))
    assert again["repeated"]
    behind = ok(desk.client.get("/events", params={"after": first["seq"], "limit": 1000}))["events"]
    # The clock of the service may have written meanwhile; the desk has not.
    assert [each["topic"] for each in behind if each["actor"] == "dispatcher"] == []


@pytest.mark.parametrize("order", ABOUT_AN_INCIDENT)
def test_an_order_about_an_incident_is_kept_once(desk, order):
    method, what, body = ABOUT_AN_INCIDENT[order]
    given_twice(desk, method, f"/incidents/{desk.incident()['id']}/{what}", body)


def test_what_was_merged_and_came_apart_is_so_once(desk):
    one, other = desk.incident()["id"], desk.incident()["id"]
    given_twice(desk, "POST", f"/incidents/{one}/merge", {"into": other})
    given_twice(desk, "POST", f"/incidents/{one}/unmerge")


def test_a_unit_and_its_run_hear_it_once(desk):
    given_twice(desk, "POST", "/units/T5/duty", {"status": "out_of_service", "at": ago(0)})
    given_twice(desk, "POST", "/units/T5/duty", {"status": "on_duty", "at": ago(0)})
    run = desk.send(desk.incident(), "T5")["run_id"]
    for milestone in ("en_route", "stood_down"):
        given_twice(desk, "POST", f"/runs/{run}/milestones", {"milestone": milestone, "at": ago(0)})
