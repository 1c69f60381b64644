import pytest

from api.accounts.demo import ACTORS, drop_demo_accounts, ensure_demo_accounts
from api.accounts.errors import NotLoopback, WrongPassword
from api.accounts.roles import Role
from api.accounts.store import AccountStore
from simulations.living_demo.accounts import CREWS, HOSPITALS

ROLES = sorted(role.value for role in Role)
NAMES = sorted([*ROLES, *ACTORS])


@pytest.fixture
def reopen(tmp_path, clock, cheap):
    opened = []

    def reopen() -> AccountStore:
        opened.append(AccountStore(tmp_path / "demo" / "accounts.sqlite", now=clock, passwords=cheap))
        return opened[-1]

    yield reopen
    for store in opened:
        store.close()


def test_in_demo_mode_each_role_signs_in_with_the_word_demo(reopen):
    store = reopen()
    assert ensure_demo_accounts(store, "demo-general", "C1", host="127.0.0.1") == NAMES
    accounts = {name: store.sign_in(name, "demo", "127.0.0.1").account for name in ROLES}
    assert {account.role for account in accounts.values()} == set(Role)
    assert accounts["hospital"].hospital_id == "demo-general"
    assert accounts["crew"].callsign == "C1"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.168.1.4", "vigil.example"])
def test_a_host_open_to_others_gets_no_demo_accounts(reopen, host):
    store = reopen()
    with pytest.raises(NotLoopback):
        ensure_demo_accounts(store, "demo-general", "C1", host=host)
    assert store.all() == []


def test_started_without_demo_they_are_gone_and_their_sessions_too(reopen):
    first = reopen()
    ensure_demo_accounts(first, "demo-general", "C1", host="localhost")
    token = first.sign_in("admin", "demo", "127.0.0.1").token
    first.add("lan", "dispatcher", "a good password")
    second = reopen()
    assert drop_demo_accounts(second) == NAMES
    assert [account.username for account in second.all()] == ["lan"]
    assert second.account_of(token) is None
    with pytest.raises(WrongPassword):
        second.sign_in("admin", "demo", "127.0.0.1")


def test_even_if_nobody_drops_them_they_are_shut_out_of_a_store_not_in_demo(reopen):
    first = reopen()
    ensure_demo_accounts(first, "demo-general", "C1", host="localhost")
    token = first.sign_in("admin", "demo", "127.0.0.1").token
    second = reopen()
    assert second.account_of(token) is None
    with pytest.raises(WrongPassword):
        second.sign_in("admin", "demo", "127.0.0.1")


def test_a_second_start_keeps_sessions_and_moves_the_bindings(reopen):
    first = reopen()
    ensure_demo_accounts(first, "demo-general", "C1", host="::1")
    token = first.sign_in("crew", "demo", "127.0.0.1").token
    second = reopen()
    ensure_demo_accounts(second, "cho-ray", "M2", host="::1")
    assert second.account_of(token).callsign == "M2"


def test_a_real_account_of_the_same_name_stays_as_it_is(reopen):
    store = reopen()
    store.add("admin", "admin", "a good password")
    assert "admin" not in ensure_demo_accounts(store, "demo-general", "C1", host="127.0.0.1")
    with pytest.raises(WrongPassword):
        store.sign_in("admin", "demo", "127.0.0.1")
    drop_demo_accounts(store)
    assert store.sign_in("admin", "a good password", "127.0.0.1").account.role is Role.ADMIN


def test_a_demo_account_given_its_own_password_becomes_a_real_one(reopen):
    store = reopen()
    ensure_demo_accounts(store, "demo-general", "C1", host="127.0.0.1")
    store.set_password("admin", "a good password")
    assert "admin" not in drop_demo_accounts(store)
    assert store.sign_in("admin", "a good password", "127.0.0.1").account.role is Role.ADMIN


def test_the_demo_acts_under_the_names_that_are_let_in():
    assert {CREWS, HOSPITALS} == set(ACTORS)
