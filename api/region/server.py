"""The region's own small server: JSON for programs, a page for people. It reads Kafka and writes nowhere."""

import asyncio
import hmac
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from api.observe.status_page import HEADERS
from api.region.board import Board
from api.region.page import page
from api.region.places import CITIES, places_in, zone_of
from api.region.tail import Tail
from api.region.words import WORDS
from api.streams.broker_settings import BrokerSettings

log = logging.getLogger("vigil.region")


def region_app(
    broker: BrokerSettings,
    token: str = "",
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    cities: Path = CITIES,
) -> FastAPI:
    """token : what readers must bring as `Authorization: Bearer …` or `?token=`; empty: nobody is asked
    cities : city files, by which a centre that bears the id of a city is called by its name
    """
    board = Board(now)
    tail = Tail(broker, board, now)
    places = places_in(cities)
    reading: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        nonlocal reading
        reading = asyncio.create_task(tail.run())
        yield
        reading.cancel()
        await asyncio.wait([reading])
        if not reading.cancelled() and (fault := reading.exception()) is not None:
            log.error("Reading had ended", exc_info=fault)

    def reads() -> bool:
        return reading is not None and not reading.done()

    app = FastAPI(title="Vigil region", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)

    @app.middleware("http")
    async def admit(request: Request, call_next: Any) -> Response:
        open_to_all = request.url.path in ("/healthz", "/readyz")
        if token and not open_to_all and not _brings(request, token):
            return _problem(401, "The region asks for its token.")
        answer: Response = await call_next(request)
        return answer

    @app.get("/healthz")
    async def healthz() -> dict[str, Any]:
        return {"ok": reads(), "linked": tail.linked, "unread": board.unread}

    @app.get("/readyz")
    async def readyz() -> Response:
        if not reads():
            return _problem(503, "Reading what the workers publish has ended; start this page again.")
        if not tail.caught_up:
            return _problem(503, "What the workers published is still being read.")
        return JSONResponse({"ok": True, "linked": tail.linked})

    def told() -> dict[str, Any]:
        known = board.page(now(), tail.listening_since)
        return {**known, "linked": tail.linked, "missing": tail.missing}

    @app.get("/api/v1/region")
    async def region() -> dict[str, Any]:
        return told()

    @app.get("/")
    async def shown(request: Request) -> HTMLResponse:
        brought = request.query_params.get("token")
        query = f"&token={quote(brought, safe='')}" if brought else ""
        page_now = told()
        names = {each["centre"] for each in page_now["centres"]}
        text = page(page_now, _language(request), places, zone_of(names, places), query)
        return HTMLResponse(text, headers=HEADERS)

    return app


def _brings(request: Request, token: str) -> bool:
    said = request.headers.get("authorization", "").removeprefix("Bearer ") or request.query_params.get(
        "token", ""
    )
    return hmac.compare_digest(said.encode(), token.encode())


def _language(request: Request) -> str:
    asked = request.query_params.get("lang", "")
    if asked in WORDS:
        return asked
    return "en" if request.headers.get("accept-language", "").lower().startswith("en") else "vi"


def _problem(status: int, detail: str) -> JSONResponse:
    body = {"type": "about:blank", "title": detail, "status": status, "detail": detail}
    return JSONResponse(body, status, media_type="application/problem+json")
