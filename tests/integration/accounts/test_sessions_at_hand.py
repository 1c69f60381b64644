"""A session that was let in before is let in without the book, and not a moment longer than it should be."""

import pytest

from api.accounts.roles import Account, Role
from api.accounts.store import AccountStore


@pytest.fixture
def token(store):
    return store.sign_in("lan", "a good password", "here").token


@pytest.fixture
def elsewhere(store, tmp_path, clock, cheap):
    """The command line, beside the server on the same file."""
    other = AccountStore(tmp_path / "data" / "accounts.sqlite", now=clock, passwords=cheap)
    yield other
    other.close()


def test_nobody_is_known_before_the_book_was_asked(store, token):
    assert store.known_account_of(token) is None
    assert store.known_account_of("invented") is None
    store.account_of(token)
    assert store.known_account_of(token) == store.account_of(token)


def test_an_invented_token_is_never_remembered(store):
    assert store.account_of("invented") is None
    assert store.known_account_of("invented") is None


def test_whoever_signs_out_is_forgotten_at_once(store, token):
    store.account_of(token)
    store.sign_out(token)
    assert store.known_account_of(token) is None
    assert store.account_of(token) is None


@pytest.mark.parametrize("change", ["remove", "password", "bind"])
def test_a_change_of_the_book_by_another_program_is_seen_at_once(store, elsewhere, token, change):
    account = store.account_of(token)
    assert store.known_account_of(token) == account
    match change:
        case "remove":
            elsewhere.remove("lan")
        case "password":
            elsewhere.set_password("lan", "another password")
        case "bind":
            elsewhere.add("minh", "planner", "another password")
    assert store.known_account_of(token) is None
    assert store.account_of(token) == (account if change == "bind" else None)


def test_a_session_whose_end_should_be_moved_is_looked_up(store, token, clock):
    store.account_of(token)
    clock.pass_by(minutes=6)
    assert store.known_account_of(token) is None
    store.account_of(token)  # moves its end
    store.account_of(token)
    assert store.known_account_of(token) is not None


def test_a_session_ends_in_memory_too(store, token, clock):
    store.account_of(token)
    clock.pass_by(hours=13)
    assert store.known_account_of(token) is None
    assert store.account_of(token) is None


def test_a_demo_account_is_not_let_in_once_the_demo_is_over(store, cheap):
    store.enter(Account("probe", Role.PLANNER, None, None), cheap.hash("a good password"), demo=True)
    store.demo_open = True
    token = store.sign_in("probe", "a good password", "here").token
    store.account_of(token)
    assert store.known_account_of(token) is not None
    store.demo_open = False
    assert store.known_account_of(token) is None
