"""Signing in and out. Mounted under /api/v1."""

from functools import partial
from typing import Annotated

from fastapi import Depends, Request, Response
from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from api.accounts.errors import BadLogin, BodyTooLarge, ForeignOrigin
from api.accounts.guard import COOKIE, Bearer, SignedIn, presented_token, the_accounts
from api.accounts.origin import comes_from_our_page
from api.accounts.roles import Account, Role
from api.room import Room

router = Room(tags=["accounts"])

LARGEST_BODY_BYTES = 4096
# Longer than a session: its end slides, and only the server says when it has come.
COOKIE_LIFETIME_S = 7 * 24 * 3600


class Login(BaseModel):
    username: str = Field(min_length=1, max_length=64)
    password: str = Field(min_length=1, max_length=512)


class Me(BaseModel):
    username: str
    role: Role
    hospital_id: str | None
    callsign: str | None


class Welcome(Me):
    token: str
    expires_at: AwareDatetime


async def login_body(request: Request) -> Login:
    """The body, read by hand: never more than 4 KiB, and never quoted back, for it holds a password."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_BODY_BYTES:
            raise BodyTooLarge(limit_bytes=LARGEST_BODY_BYTES)
    try:
        return Login.model_validate_json(body)
    except ValidationError:
        raise BadLogin from None


async def from_here(request: Request) -> None:
    """No other page may sign a person in under a name which is not theirs."""
    if "origin" in request.headers and not comes_from_our_page(request):
        raise ForeignOrigin


_LOGIN_SHAPE = {
    "requestBody": {"required": True, "content": {"application/json": {"schema": Login.model_json_schema()}}}
}


@router.post("/login", dependencies=[Depends(from_here)], openapi_extra=_LOGIN_SHAPE)
async def login(request: Request, response: Response, body: Annotated[Login, Depends(login_body)]) -> Welcome:
    """A bearer token for programs, and the same as an HttpOnly cookie for the console."""
    store = the_accounts(request)
    address = request.client.host if request.client else "unknown"
    session = await store.desk.run(partial(store.sign_in, body.username, body.password, address))
    response.set_cookie(
        COOKIE,
        session.token,
        max_age=COOKIE_LIFETIME_S,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    response.headers["Cache-Control"] = "no-store"
    return Welcome(token=session.token, expires_at=session.expires_at, **_facts(session.account))


@router.post("/logout", status_code=204)
def logout(request: Request, bearer: Bearer) -> Response:
    """End the session. Saying it twice is safe."""
    if token := presented_token(request, bearer):
        the_accounts(request).sign_out(token)
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, httponly=True, samesite="strict", secure=request.url.scheme == "https")
    return response


@router.get("/me")
async def me(account: SignedIn, response: Response) -> Me:
    """Who is signed in."""
    response.headers["Cache-Control"] = "no-store"
    return Me(**_facts(account))


def _facts(account: Account) -> dict:
    return {
        "username": account.username,
        "role": account.role,
        "hospital_id": account.hospital_id,
        "callsign": account.callsign,
    }
