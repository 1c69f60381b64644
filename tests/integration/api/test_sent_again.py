"""What a desk sends again under its key, because no answer came, is on the record once."""

from uuid import uuid4

import pytest

from tests.desk_work import DeskWork, ago
from tests.server import Server, ok

ABOUT_AN_INCIDENT = {
    "priority": ("PUT", "priority", {"priority": "P1", "reason": "worse"}),
    "alarm level": ("POST", "alarm-level", {"level": 2, "reason": "two cars"}),
    "danger": ("PUT", "danger", {"danger": "a knife"}),
    "place": ("POST", "place", {"confirmed": True}),
    "close": ("POST", "close", {"reason": "nobody there"}),
}


def given_twice(desk: DeskWork, server: Server, method: str, path: str, body: dict | None = None) -> None:
    key = {"Idempotency-Key": str(uuid4())}
    ok(desk.client.request(method, path, json=body, headers=key))
    stored = server.position()
    ok(desk.client.request(method, path, json=body, headers=key))
    assert server.position() == stored


@pytest.mark.parametrize("order", ABOUT_AN_INCIDENT)
def test_an_order_about_an_incident_is_kept_once(desk, server, order):
    method, what, body = ABOUT_AN_INCIDENT[order]
    given_twice(desk, server, method, f"/incidents/{desk.incident()['id']}/{what}", body)


def test_what_was_merged_and_came_apart_is_so_once(desk, server):
    one, other = desk.incident()["id"], desk.incident()["id"]
    given_twice(desk, server, "POST", f"/incidents/{one}/merge", {"into": other})
    given_twice(desk, server, "POST", f"/incidents/{one}/unmerge")


def test_a_unit_and_its_run_hear_it_once(desk, server):
    given_twice(desk, server, "POST", "/units/T5/duty", {"status": "out_of_service", "at": ago(0)})
    given_twice(desk, server, "POST", "/units/T5/duty", {"status": "on_duty", "at": ago(0)})
    run = desk.send(desk.incident(), "T5")["run_id"]
    for milestone in ("en_route", "stood_down"):
        given_twice(desk, server, "POST", f"/runs/{run}/milestones", {"milestone": milestone, "at": ago(0)})
