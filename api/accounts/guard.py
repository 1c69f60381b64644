"""What an endpoint asks for to know who is speaking.

    account: Annotated[Account, Depends(signed_in)]
    account: Annotated[Account, Depends(allow(Role.DISPATCHER, Role.SUPERVISOR))]
    account: Annotated[Account, Depends(signed_in_socket)]      # WebSocket

The store stands at `app.state.accounts`.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request, Security, WebSocket, WebSocketException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection

from api.accounts.errors import (
    ForeignOrigin,
    NotSignedIn,
    NotYourHospital,
    NotYourRole,
    NotYourUnit,
    SessionOver,
)
from api.accounts.origin import SAFE_METHODS, comes_from_our_page, may_write_by_cookie
from api.accounts.roles import Account, Role, may_speak_for_hospital, may_speak_for_unit
from api.accounts.store import AccountStore

COOKIE = "vigil_session"
SOCKET_NOT_SIGNED_IN = 4401
SOCKET_FOREIGN_ORIGIN = 1008

_bearer = HTTPBearer(auto_error=False, description="The token that POST /login answers.")
Bearer = Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)]


def the_accounts(connection: HTTPConnection) -> AccountStore:
    """The store, from a request or a socket."""
    store: AccountStore = connection.app.state.accounts
    return store


def presented_token(request: Request, bearer: HTTPAuthorizationCredentials | None) -> str | None:
    """The token of a request, header before cookie. A write by cookie must come from our own page."""
    if bearer is not None:
        return bearer.credentials
    token = request.cookies.get(COOKIE)
    if token and request.method not in SAFE_METHODS and not may_write_by_cookie(request):
        raise ForeignOrigin
    return token or None


async def signed_in(request: Request, bearer: Bearer) -> Account:
    """Any account. Raises NotSignedIn, SessionOver, ForeignOrigin.

    Whoever was let in a moment ago is let in without leaving the event loop.
    """
    token = presented_token(request, bearer)
    if token is None:
        raise NotSignedIn
    account = await _account_of(the_accounts(request), token)
    if account is None:
        raise SessionOver
    return account


SignedIn = Annotated[Account, Depends(signed_in)]


def allow(*roles: Role) -> Callable[[Account], Awaitable[Account]]:
    """A dependency that lets these roles pass and no other; nobody is implied, not even the admin."""
    allowed = frozenset(roles)

    async def allowed_account(account: SignedIn) -> Account:
        if account.role not in allowed:
            names = [role.value for role in Role if role in allowed]
            raise NotYourRole(role=account.role.value, allowed=", ".join(names))
        return account

    return allowed_account


def insist_on_hospital(account: Account, hospital_id: str) -> None:
    """Raises NotYourHospital unless the account may speak for it."""
    if not may_speak_for_hospital(account, hospital_id):
        raise NotYourHospital(username=account.username, hospital_id=hospital_id)


def insist_on_unit(account: Account, callsign: str) -> None:
    """Raises NotYourUnit unless the account may speak for it."""
    if not may_speak_for_unit(account, callsign):
        raise NotYourUnit(username=account.username, callsign=callsign)


async def signed_in_socket(websocket: WebSocket) -> Account:
    """Any account, before the endpoint accepts the socket.

    Proof is an Authorization header, `?token=`, or the cookie together with our own Origin. Somebody
    not signed in is closed with 4401 after a handshake, for a browser hides the reason of a refused
    handshake, and the console must tell "sign in again" from "the line is down".
    """
    token = _socket_token(websocket)
    account = await _account_of(the_accounts(websocket), token) if token else None
    if account is None:
        await websocket.accept()
        raise WebSocketException(SOCKET_NOT_SIGNED_IN, "sign in")
    return account


async def until_signed_out(websocket: WebSocket, account: Account) -> None:
    """Returns when the session behind an open socket is over, or its account is another than this one, which
    was let in; either may happen at any time."""
    token = _socket_token(websocket)
    if token:
        await the_accounts(websocket).still_here.until_over(token, account)


async def _account_of(store: AccountStore, token: str) -> Account | None:
    """From what is at hand, else from the file, in a thread."""
    return store.known_account_of(token) or await run_in_threadpool(store.account_of, token)


def _socket_token(websocket: WebSocket) -> str:
    scheme, _, token = websocket.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    if in_query := websocket.query_params.get("token"):
        return in_query
    token = websocket.cookies.get(COOKIE, "")
    if token and not comes_from_our_page(websocket):
        raise WebSocketException(SOCKET_FOREIGN_ORIGIN, "foreign origin")
    return token
