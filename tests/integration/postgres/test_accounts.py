"""The book of accounts in the centre's database: the same doors, and word of what others write to it."""

import time

import pytest
from argon2 import PasswordHasher
from sqlalchemy.exc import OperationalError

from api.accounts.errors import UsernameTaken, WrongPassword
from api.accounts.passwords import Passwords
from api.accounts.store import AccountStore
from api.postgres.migrate import migrate

CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
SECRET = "a good password"


@pytest.fixture
def store(address):
    migrate(address)
    store = AccountStore(address, passwords=CHEAP)
    store.add("lan", "dispatcher", SECRET)
    yield store
    store.close()


@pytest.fixture
def elsewhere(store, address):
    """The command line, beside the server on the same database."""
    other = AccountStore(address, passwords=CHEAP)
    yield other
    other.close()


def until(holds, seconds=5.0):
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds
        time.sleep(0.005)
    return time.monotonic() - began


def let_in(store):
    token = store.sign_in("lan", SECRET, "here").token
    until(lambda: store.account_of(token) and store.known_account_of(token))
    return token


def test_an_account_signs_in_and_out(store):
    token = store.sign_in("lan", SECRET, "here").token
    assert store.account_of(token).username == "lan"
    store.sign_out(token)
    assert store.known_account_of(token) is None
    assert store.account_of(token) is None
    with pytest.raises(WrongPassword):
        store.sign_in("lan", "another password", "here")


def test_nobody_is_entered_twice(store, elsewhere):
    with pytest.raises(UsernameTaken):
        elsewhere.add("lan", "planner", SECRET)
    assert [account.username for account in store.all()] == ["lan"]


@pytest.mark.parametrize("change", ["remove", "password"])
def test_a_change_of_the_book_by_another_program_is_heard_soon(store, elsewhere, change):
    token = let_in(store)
    if change == "remove":
        elsewhere.remove("lan")
    else:
        elsewhere.set_password("lan", "another password")
    assert until(lambda: store.known_account_of(token) is None) < 1
    assert store.account_of(token) is None


def test_who_was_let_in_goes_on_reading_while_the_server_is_away(own_cluster):
    migrate(own_cluster.address)
    store = AccountStore(own_cluster.address, passwords=CHEAP)
    try:
        store.add("lan", "dispatcher", SECRET)
        token = let_in(store)
        own_cluster.stop()
        until(lambda: not store.sessions._at_hand._ears.hearing.is_set())
        assert store.known_account_of(token).username == "lan"
        assert store.account_of(token).username == "lan"
        with pytest.raises(OperationalError):
            store.account_of("invented")
        own_cluster.start()
        until(lambda: store.known_account_of(token) is None)
        assert store.account_of(token).username == "lan"
    finally:
        store.close()
