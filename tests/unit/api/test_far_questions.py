"""Before all times, and behind every place in the log."""

from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from api.accounts.guard import signed_in
from api.accounts.roles import Account, Role
from api.main import create_app
from api.routers.reports import week_before


def never():
    raise AssertionError("no centre is opened for this")


def test_a_week_before_the_first_time_of_all_is_that_time():
    first = datetime.min.replace(tzinfo=UTC)
    assert week_before(first) == first
    later = first + timedelta(days=30)
    assert week_before(later) == later - timedelta(days=7)


@pytest.mark.parametrize("after", [2**53, 2**63 - 1, 2**63, 10**30])
def test_a_place_behind_every_place_of_the_log_is_refused_in_a_sentence(after):
    app = create_app(never)
    app.state.centre = None
    app.dependency_overrides[signed_in] = lambda: Account("lan", Role.DISPATCHER)
    answer = TestClient(app).get("/api/v1/events", params={"after": after})
    assert answer.status_code == 422
    assert answer.json()["detail"]
