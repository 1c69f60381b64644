import string

import pytest

from api.accounts import errors
from api.accounts.errors import STATUS, AccountRefused, NotSignedIn, TooManyFailures, headers
from domain.errors import UnitBusy

KINDS = [
    kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, AccountRefused)
]


def gaps(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("kind", KINDS)
def test_every_refusal_has_a_status(kind):
    assert STATUS[kind] == kind.status
    assert 400 <= STATUS[kind] < 600


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not AccountRefused])
def test_every_refusal_says_the_same_facts_in_both_languages(kind):
    assert kind.en != kind.vi
    assert gaps(kind.en) == gaps(kind.vi)


def test_a_refusal_to_somebody_unknown_tells_how_to_sign_in():
    assert headers(NotSignedIn()) == {"WWW-Authenticate": "Bearer"}


def test_a_wait_is_said_in_a_header():
    assert headers(TooManyFailures(retry_after_s=8)) == {"Retry-After": "8"}


def test_other_refusals_need_no_header():
    assert headers(UnitBusy(callsign="C1", run_id="x", incident_number="y")) == {}
