"""Signing in and out. Mounted under /api/v1."""

from datetime import timedelta
from functools import partial
from typing import Annotated

from fastapi import Depends, Request, Response
from pydantic import AwareDatetime, BaseModel, Field, ValidationError
from starlette.concurrency import run_in_threadpool

from api.accounts.demo import ACTORS
from api.accounts.errors import BadLogin, BodyTooLarge, ForeignOrigin, SecondFactorThere
from api.accounts.guard import COOKIE, Bearer, SignedIn, presented_token, the_accounts
from api.accounts.origin import comes_from_our_page
from api.accounts.roles import Account, Role
from api.accounts.sessions import Session
from api.accounts.store import AccountStore
from api.room import Room

router = Room(tags=["accounts"])

LARGEST_BODY_BYTES = 4096
COOKIE_OUTLIVES = timedelta(days=1)
"""A session's end slides, and only the server says when it has come."""


class Login(BaseModel):
    username: str = Field(min_length=1, max_length=64)
    password: str = Field(min_length=1, max_length=512)
    code: str | None = Field(
        default=None, max_length=64, description="Of the phone or of the paper, where a code is asked for."
    )


class Me(BaseModel):
    username: str
    role: Role
    hospital_id: str | None
    callsign: str | None
    session_ends_at: AwareDatetime | None = Field(
        description="When the session ends even while it is used; sign in again before."
    )
    second_factor: bool = Field(description="Whether this account signs in with a code, too.")
    vouched_for: bool = Field(
        description="Whether the other sign-in opened the door: `/oidc/end` after a logout ends it there."
    )


class Welcome(Me):
    token: str
    expires_at: AwareDatetime
    paper_codes: list[str] | None = Field(
        description="Each opens the door once instead of the phone. Told this once, after the first code."
    )


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
    """A bearer token for programs, and the same as an HttpOnly cookie for the console.

    A session that the same page had before is ended: signing in again prolongs it.
    """
    store = the_accounts(request)
    address = request.client.host if request.client else "unknown"
    work = partial(
        store.sign_in,
        body.username,
        body.password,
        address,
        code=body.code,
        agent=request.headers.get("user-agent", ""),
    )
    session = await store.desk.run(work, address)
    if before := request.cookies.get(COOKIE):
        await run_in_threadpool(store.sign_out, before)
    give_cookie(request, response, session)
    return Welcome(
        token=session.token,
        expires_at=session.expires_at,
        paper_codes=session.paper_codes,
        **await run_in_threadpool(_facts, store, session.account, session.token),
    )


def give_cookie(request: Request, response: Response, session: Session) -> None:
    """The token for the browser, out of reach of scripts and of other sites."""
    longest = the_accounts(request).rules.longest + COOKIE_OUTLIVES
    response.set_cookie(
        COOKIE,
        session.token,
        max_age=int(longest.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    response.headers["Cache-Control"] = "no-store"


@router.post("/logout", status_code=204)
def logout(request: Request, bearer: Bearer) -> Response:
    """End the session; what listens by it is closed at once. Saying it twice is safe."""
    if token := presented_token(request, bearer):
        the_accounts(request).sign_out(token)
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, httponly=True, samesite="strict", secure=request.url.scheme == "https")
    return response


class SignInWays(BaseModel):
    demo: list[str] = Field(description="Names that have the public password `demo`; empty where it is real.")
    oidc: dict[str, str] | None = Field(description="What the other sign-in is called, by language.")


@router.get("/sign-in")
def sign_in_ways(request: Request) -> SignInWays:
    """How one may sign in here. Anybody may ask: the page that asks has nobody signed in yet."""
    store = the_accounts(request)
    oidc = store.rules.oidc
    return SignInWays(
        demo=sorted(set(store.demo_names()).difference(ACTORS)) if store.demo_open else [],
        oidc=dict(oidc.name) if oidc else None,
    )


@router.get("/me")
def me(request: Request, bearer: Bearer, account: SignedIn, response: Response) -> Me:
    """Who is signed in, and how long yet."""
    response.headers["Cache-Control"] = "no-store"
    return Me(**_facts(the_accounts(request), account, presented_token(request, bearer) or ""))


class Enrolling(BaseModel):
    secret: str
    uri: str
    picture: str = Field(description="The same as a square to photograph: an address that holds an image.")


class Again(BaseModel):
    password: str = Field(min_length=1, max_length=512)


class Code(BaseModel):
    code: str = Field(min_length=1, max_length=64)


class PaperCodes(BaseModel):
    paper_codes: list[str]


@router.post("/me/second-factor")
async def begin_second_factor(
    request: Request, account: SignedIn, body: Again, response: Response
) -> Enrolling:
    """What a phone is told, so that a code is asked for. Nothing changes until one is confirmed.

    The password is asked for again: whoever finds a screen open could lock its owner out otherwise.
    """
    response.headers["Cache-Control"] = "no-store"
    store, name = the_accounts(request), account.username
    address = request.client.host if request.client else "unknown"
    await store.desk.run(partial(store.check_password, name, body.password, address), address)
    if await run_in_threadpool(store.second_factors.confirmed, name):
        raise SecondFactorThere(username=name)
    told = await run_in_threadpool(store.second_factors.begin, name)
    return Enrolling(secret=told.secret, uri=told.uri, picture=told.picture)


@router.post("/me/second-factor/confirm")
def confirm_second_factor(request: Request, account: SignedIn, body: Code, response: Response) -> PaperCodes:
    """The first code of the phone; the codes for paper, told this once."""
    response.headers["Cache-Control"] = "no-store"
    codes = the_accounts(request).confirm_second_factor(account.username, body.code)
    return PaperCodes(paper_codes=codes)


def _facts(store: AccountStore, account: Account, token: str) -> dict:
    return {
        "username": account.username,
        "role": account.role,
        "hospital_id": account.hospital_id,
        "callsign": account.callsign,
        "session_ends_at": store.sessions.ends_at(token),
        "second_factor": store.second_factors.confirmed(account.username),
        "vouched_for": store.oidc is not None and store.is_vouched_for(account.username),
    }
