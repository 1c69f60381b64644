"""`api/errors.py` holds the one table from refusal to status, and no refusal is forgotten."""

import pytest

from domain import assignment_errors, call_errors, coverage_errors, desk_alarm_errors, errors, road_errors
from domain.errors import Conflict, Invalid, Refused, Unknown

api_errors = pytest.importorskip("api.errors")
MODULES = {
    assignment_errors.__name__,
    call_errors.__name__,
    errors.__name__,
    road_errors.__name__,
    coverage_errors.__name__,
    desk_alarm_errors.__name__,
}
FAMILIES = {Refused, Invalid, Unknown, Conflict}


def every(kind: type[Refused]) -> set[type[Refused]]:
    return {kind}.union(*(every(child) for child in kind.__subclasses__()))


def test_every_refusal_has_a_status():
    missing = {kind.__name__ for kind in every(Refused) - FAMILIES if kind.__module__ in MODULES} - {
        kind.__name__ for kind in api_errors.STATUS
    }
    assert missing == set()


def test_a_status_fits_the_family_of_its_refusal():
    for kind, status in api_errors.STATUS.items():
        if issubclass(kind, Unknown):
            assert status == 404, kind
        elif issubclass(kind, Invalid):
            assert 400 <= status < 500, kind
            assert status not in (404, 409), kind
        elif issubclass(kind, Conflict):
            assert status in (409, 503), kind
        assert 400 <= status < 600
