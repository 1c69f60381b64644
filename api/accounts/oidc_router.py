"""To the other sign-in and back. Mounted under /api/v1."""

import logging
from contextlib import suppress
from functools import partial
from html import escape
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from api.accounts.errors import AccountRefused, NoOidc, OidcRefused
from api.accounts.guard import COOKIE, the_accounts
from api.accounts.oidc import ON_THE_WAY, Oidc
from api.accounts.router import give_cookie
from api.accounts.store import AccountStore
from api.room import Room

log = logging.getLogger("vigil.oidc")
router = Room(tags=["accounts"])
ON_THE_WAY_COOKIE = "vigil_oidc"
WAY_OUT_COOKIE = "vigil_oidc_out"
"""Holds what the provider said of who signed in: it asks for it again when they leave."""
LARGEST_COOKIE = 3800
TOO_LARGE = "too-large"
PATH = "/api/v1/oidc"


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"


def _provider(store: AccountStore) -> Oidc:
    if store.oidc is None:
        raise NoOidc
    return store.oidc


@router.get("/oidc/start", include_in_schema=False)
async def start(request: Request, next: str = "/") -> RedirectResponse:
    """Off to the provider. What the browser keeps meanwhile opens nothing by itself."""
    store, address = the_accounts(request), _address(request)
    door, word = await store.elsewhere.run(partial(_provider(store).begin, next, address), address)
    away = RedirectResponse(door, status_code=303, headers={"Cache-Control": "no-store"})
    # Lax: the browser comes back from elsewhere, and must bring this along.
    away.set_cookie(
        ON_THE_WAY_COOKIE,
        word,
        max_age=int(ON_THE_WAY.total_seconds()),
        path=PATH,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return away


@router.get("/oidc/callback", include_in_schema=False)
async def callback(
    request: Request,
    state: Annotated[str, Query(max_length=200)] = "",
    code: Annotated[str, Query(max_length=4000)] = "",
    error: Annotated[str, Query(max_length=200)] = "",
) -> HTMLResponse:
    """Back from the provider, signed in or told why not."""
    store = the_accounts(request)
    try:
        if error or not code:
            log.warning("the provider sent somebody back without a code: %r", error)
            raise OidcRefused(why="no_code")
        word = request.cookies.get(ON_THE_WAY_COOKIE, "")
        address = _address(request)
        vouched = await store.elsewhere.run(partial(_provider(store).end, state, code, word), address)
        agent = request.headers.get("user-agent", "")
        session = await run_in_threadpool(store.sign_in_vouched, vouched, address, agent)
    except AccountRefused as refusal:
        return _refused(refusal)
    if before := request.cookies.get(COOKIE):
        await run_in_threadpool(store.sign_out, before)
    # Not a redirect: a browser that comes from elsewhere would not send our strict cookie along with it.
    page = HTMLResponse(_ONWARD.format(next=escape(vouched.next, quote=True)), headers=_HEADERS)
    give_cookie(request, page, session)
    page.delete_cookie(ON_THE_WAY_COOKIE, path=PATH)
    page.set_cookie(
        WAY_OUT_COOKIE,
        # A browser keeps 4 KB; without the rest the provider asks who is leaving.
        vouched.id_token if len(vouched.id_token) <= LARGEST_COOKIE else TOO_LARGE,
        path=PATH,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return page


@router.get("/oidc/end", include_in_schema=False)
async def end(request: Request) -> RedirectResponse:
    """After a logout here: the provider's session ends too, or the next person would be let in as this one.

    Without the cookie nobody leaves: another site can send a browser here, but not make it bring that along.
    """
    store, address = the_accounts(request), _address(request)
    held, out = request.cookies.get(WAY_OUT_COOKIE, ""), None
    if held and store.oidc is not None:
        with suppress(AccountRefused):  # our own session is over in any case
            hint = "" if held == TOO_LARGE else held
            out = await store.elsewhere.run(partial(store.oidc.way_out, hint), address)
    gone = RedirectResponse(out or "/", status_code=303, headers={"Cache-Control": "no-store"})
    gone.delete_cookie(WAY_OUT_COOKIE, path=PATH)
    return gone


def _refused(refusal: AccountRefused) -> HTMLResponse:
    vi, en = escape(refusal.sentence("vi")), escape(refusal.sentence("en"))
    return HTMLResponse(_REFUSED.format(vi=vi, en=en), status_code=refusal.status, headers=_HEADERS)


_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}
_ONWARD = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Vigil</title>
<meta http-equiv="refresh" content="0;url={next}"><a href="{next}">Vigil</a></html>"""
_REFUSED = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Vigil</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{{font:18px/1.5 "Noto Sans",sans-serif;max-width:36rem;margin:12vh auto;color:#14202a;
padding:0 1rem}}
a{{display:inline-block;padding:12px 0;color:#0b5cad}}</style>
<main><h1>Vigil</h1><p>{vi}</p><p lang="en">{en}</p>
<a href="/">Về trang đăng nhập · <span lang="en">Back to the sign-in</span></a></main></html>"""
