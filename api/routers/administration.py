"""What administrators do with accounts and sessions. Every deed is noted with whoever did it.

Nobody but an administrator may ask, and none may do to their own account what could lock them out.
"""

from collections import Counter
from functools import partial
from typing import Annotated

from fastapi import Query, Request, Response

from api.accounts.errors import NotYourself
from api.accounts.guard import Bearer, presented_token, the_accounts
from api.accounts.roles import Account
from api.accounts.rules import typed_username
from api.accounts.sign_in_rules import OidcRules
from api.accounts.store import AccountStore
from api.centre import Centre
from api.dependencies import Admin, TheCentre
from api.room import Room
from api.schema.accounts import (
    AccountRow,
    ActRow,
    NewAccount,
    NewPassword,
    OidcSetUp,
    RoleSaid,
    SessionRow,
    SignInSetUp,
    Stopped,
)
from domain.errors import UnknownHospital, UnknownUnit

router = Room(tags=["administration"])


@router.get("/accounts")
def all_accounts(request: Request, response: Response, _: Admin) -> list[AccountRow]:
    """Everybody who is known here, by name."""
    response.headers["Cache-Control"] = "no-store"
    return _rows(the_accounts(request))


@router.post("/accounts", status_code=201)
async def add_account(request: Request, body: NewAccount, admin: Admin, centre: TheCentre) -> AccountRow:
    """A new account. Sent again because no answer came, it is one account."""
    store = the_accounts(request)

    def added() -> AccountRow:
        _insist_on_bound(centre, body)
        bound = {"hospital_id": body.hospital_id, "callsign": body.callsign}
        account = store.add(body.username, body.role, body.password, by=admin.username, **bound)
        return _row(store, account.username)

    return await store.desk.run(added, _address(request))


@router.put("/accounts/{username}/role")
def change_role(
    request: Request, username: str, body: RoleSaid, admin: Admin, centre: TheCentre
) -> AccountRow:
    """Another role, hospital or unit; all sessions of the account end."""
    _insist_on_another(admin, username)
    _insist_on_bound(centre, body)
    store = the_accounts(request)
    store.change_role(
        username, body.role, hospital_id=body.hospital_id, callsign=body.callsign, by=admin.username
    )
    return _row(store, username)


@router.put("/accounts/{username}/password")
async def give_password(request: Request, username: str, body: NewPassword, admin: Admin) -> None:
    """A new password; all sessions of the account end."""
    store = the_accounts(request)
    work = partial(store.set_password, username, body.password, admin.username)
    await store.desk.run(work, _address(request))


@router.put("/accounts/{username}/stopped")
def stop_account(request: Request, username: str, body: Stopped, admin: Admin) -> AccountRow:
    """Let somebody in no more, or again. Saying it twice is safe."""
    _insist_on_another(admin, username)
    store = the_accounts(request)
    (store.stop if body.stopped else store.let_in_again)(username, admin.username)
    return _row(store, username)


@router.delete("/accounts/{username}/second-factor")
def reset_code(request: Request, username: str, admin: Admin) -> AccountRow:
    """Forget a lost phone and its paper codes; all sessions of the account end."""
    store = the_accounts(request)
    store.reset_second_factor(username, admin.username)
    return _row(store, username)


@router.delete("/accounts/{username}/sessions")
def sign_out_everywhere(request: Request, username: str, admin: Admin) -> AccountRow:
    """End all sessions of the account, wherever they are open."""
    store = the_accounts(request)
    store.sign_out_everywhere(username, admin.username)
    return _row(store, username)


@router.delete("/accounts/{username}", status_code=204)
def remove_account(request: Request, username: str, admin: Admin) -> None:
    """Strike an account out; its sessions end at once. What it did stays in the log under its name."""
    _insist_on_another(admin, username)
    the_accounts(request).remove(username, admin.username)


@router.get("/sessions")
def all_sessions(request: Request, response: Response, bearer: Bearer, _: Admin) -> list[SessionRow]:
    """Every session that is open, the newest first."""
    response.headers["Cache-Control"] = "no-store"
    sessions = the_accounts(request).sessions
    own = sessions.id_of(presented_token(request, bearer) or "")
    return [
        SessionRow(
            id=each.id,
            username=each.username,
            opened_at=each.opened_at,
            ends_at=each.ends_at,
            address=each.address,
            agent=each.agent,
            own=each.id == own,
        )
        for each in sessions.all()
    ]


@router.delete("/sessions/{session_id}", status_code=204)
def end_session(request: Request, session_id: str, admin: Admin) -> None:
    """End one session at once, and all that listens by it."""
    the_accounts(request).end_session(session_id, admin.username)


@router.get("/account-acts")
def all_acts(
    request: Request, _: Admin, before: Annotated[int | None, Query(ge=1, le=2**53)] = None
) -> list[ActRow]:
    """What was done to accounts, devices and links, the newest first, in pages of 200."""
    return [
        ActRow(number=a.number, at=a.at, by=a.by, act=a.act, about=a.about, detail=a.detail)
        for a in the_accounts(request).acts(before)
    ]


@router.get("/sign-in-rules")
def sign_in_rules(request: Request, _: Admin) -> SignInSetUp:
    """How people sign in here, as `sign-in.toml` says it. No secret is in it."""
    rules = the_accounts(request).rules
    return SignInSetUp(
        longest_h=rules.longest.total_seconds() / 3600,
        idle_h=rules.idle.total_seconds() / 3600,
        code_for=sorted(rules.second_factor_for),
        oidc=_other_sign_in(rules.oidc),
    )


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"


def _other_sign_in(oidc: OidcRules | None) -> OidcSetUp | None:
    if oidc is None:
        return None
    return OidcSetUp(
        issuer=oidc.issuer,
        client_id=oidc.client_id,
        public_url=oidc.public_url,
        name=dict(oidc.name),
        roles=dict(oidc.roles),
    )


def _insist_on_another(admin: Account, username: str) -> None:
    if typed_username(username) == admin.username:
        raise NotYourself(username=admin.username)


def _insist_on_bound(centre: Centre, said: RoleSaid) -> None:
    """The hospital and the unit must be of this centre."""
    if said.hospital_id and centre.row("hospitals", said.hospital_id) is None:
        raise UnknownHospital(hospital_id=said.hospital_id)
    if said.callsign and centre.row("units", said.callsign.upper()) is None:
        raise UnknownUnit(unit=said.callsign)


def _row(store: AccountStore, username: str) -> AccountRow:
    name = typed_username(username)
    return next(row for row in _rows(store) if row.username == name)


def _rows(store: AccountStore) -> list[AccountRow]:
    stopped, demo, vouched = store.stopped(), store.demo_names(), store.vouched_names()
    coded, paper = store.second_factors.names(), store.second_factors.paper_left()
    open_now = Counter(each.username for each in store.sessions.all())
    return [
        AccountRow(
            username=each.username,
            role=each.role,
            hospital_id=each.hospital_id,
            callsign=each.callsign,
            demo=each.username in demo,
            stopped_at=stopped.get(each.username),
            second_factor=each.username in coded,
            paper_codes=paper[each.username],
            vouched=each.username in vouched,
            sessions=open_now[each.username],
        )
        for each in store.all()
    ]
