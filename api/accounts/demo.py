"""Accounts with a public password, for trying Vigil on one's own machine: one a role, and the actors'."""

from ipaddress import ip_address

from api.accounts.errors import NotLoopback
from api.accounts.roles import Account, Role
from api.accounts.store import AccountStore

PASSWORD = "demo"
ACTORS = ("simulated-crews", "simulated-hospitals")
"""The demo acts under these for those who are not at the desk: `simulations/living_demo/accounts.py`."""


def ensure_demo_accounts(store: AccountStore, hospital_id: str, callsign: str, *, host: str) -> list[str]:
    """One account a role, named after it, and the actors'.

    Raises NotLoopback unless `host` listens to this machine alone.

    An account of that name which is not a demo account stays as it is. Answers the names that have
    the demo password now.
    """
    if not is_loopback(host):
        raise NotLoopback(host=host or "every address")
    already, taken = store.demo_names(), {account.username for account in store.all()}
    wanted = [
        Account(
            role.value,
            role,
            hospital_id=hospital_id if role is Role.HOSPITAL else None,
            callsign=callsign if role is Role.CREW else None,
        )
        for role in Role
    ] + [Account(name, Role.SUPERVISOR) for name in ACTORS]
    # The password is public, so nothing is lost when all of them share one hash and the start is quick.
    fresh = [account for account in wanted if account.username not in taken]
    kept = store.passwords.hash(PASSWORD) if fresh else ""
    for account in fresh:
        store.enter(account, kept, demo=True)
    for account in wanted:
        if account.username in already:
            store.bind(account)
    store.demo_open = True
    return sorted(store.demo_names())


def drop_demo_accounts(store: AccountStore) -> list[str]:
    """Remove them and end their sessions: call this on every start without demo. Answers the names."""
    store.demo_open = False
    return store.remove_demo()


def is_loopback(host: str) -> bool:
    """Whether a server on this host hears this machine alone."""
    bare = host.strip().strip("[]").lower()
    if bare == "localhost":
        return True
    try:
        return ip_address(bare).is_loopback
    except ValueError:
        return False
