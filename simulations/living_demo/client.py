"""The demo's telephone to Vigil: signed in, patient with a bad line, never louder than agreed."""

import asyncio
import time
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any
from uuid import uuid4

import httpx

from simulations.living_demo.errors import Refusal, Unreachable
from simulations.living_demo.pace import Pace

Json = Any
PREFIX = "/api/v1"
TRY_S = 6.0
FIRST_WAIT_S, WAIT_GROWTH, LAST_WAIT_S = 0.25, 1.7, 5.0
TRIES = 12
"""Of one order; some 40 s. A server silent for so long ends the demo anyway."""


class Client:
    """One connection pool, one session for each account used.

    password : of the demo accounts; or `token`, with which everything is then done
    """

    def __init__(
        self,
        url: str,
        password: str | None = None,
        token: str | None = None,
        per_second: float = 20.0,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.url = url.rstrip("/")
        self._password, self._fixed = password, token
        self._tokens: dict[str, str] = {}
        self._signing = asyncio.Lock()
        self._pace = Pace(per_second)
        self._http = httpx.AsyncClient(
            base_url=self.url + PREFIX,
            timeout=TRY_S,
            transport=transport,
            # Many accounts at one telephone: the cookie of one would end its session when the next signs in.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            trust_env=False,  # a proxy has no business between us and loopback
            limits=httpx.Limits(max_connections=8, max_keepalive_connections=8),
        )
        self.requests = 0
        self.refusals = 0
        self._silent_since: float | None = None

    async def close(self) -> None:
        await self._http.aclose()

    @property
    def silent_s(self) -> float:
        """For how long no request was answered, 0 while the line is good."""
        return 0.0 if self._silent_since is None else time.monotonic() - self._silent_since

    async def get(self, path: str, account: str = "dispatcher", **params: str) -> Json:
        return await self.order("GET", path, None, account, params)

    async def post(self, path: str, body: Json, account: str = "dispatcher") -> Json:
        return await self.order("POST", path, body, account)

    async def put(self, path: str, body: Json, account: str = "dispatcher") -> Json:
        return await self.order("PUT", path, body, account)

    async def delete(self, path: str, account: str = "dispatcher") -> Json:
        return await self.order("DELETE", path, None, account)

    async def order(
        self,
        method: str,
        path: str,
        body: Json,
        account: str,
        params: dict[str, str] | None = None,
        tries: int = TRIES,
    ) -> Json:
        """One order, said again under the same key while the line is bad.

        Raises Refusal where the server says no, Unreachable where no answer came after all tries.
        """
        key, wait = str(uuid4()), FIRST_WAIT_S
        for attempt in range(1, tries + 1):
            try:
                return await self._once(method, path, body, account, params, key)
            except Unreachable:
                if attempt == tries:
                    raise
            await asyncio.sleep(wait)
            wait = min(LAST_WAIT_S, wait * WAIT_GROWTH)
        raise Unreachable(path)

    async def _once(
        self, method: str, path: str, body: Json, account: str, params: dict[str, str] | None, key: str
    ) -> Json:
        for renewed in (False, True):
            token = await self.token(account)
            headers = {"Authorization": f"Bearer {token}"}
            if method != "GET":
                headers["Idempotency-Key"] = key
            answer = await self._ask(method, path, body, params, headers)
            if answer.status_code == 401 and not renewed and self._fixed is None:
                if self._tokens.get(account) == token:
                    del self._tokens[account]  # the session is over: sign in anew
                continue
            return self._judged(answer)
        raise Unreachable(path)

    async def _ask(
        self, method: str, path: str, body: Json, params: dict[str, str] | None, headers: dict[str, str]
    ) -> httpx.Response:
        await self._pace.turn()
        self.requests += 1
        try:
            answer = await self._http.request(method, path, json=body, params=params, headers=headers)
        except httpx.TransportError as fault:
            if self._silent_since is None:
                self._silent_since = time.monotonic()
            raise Unreachable(f"{method} {path}: {type(fault).__name__}") from None
        self._silent_since = None
        return answer

    def _judged(self, answer: httpx.Response) -> Json:
        if answer.is_success:
            return answer.json() if answer.content else None
        told = _problem(answer)
        if answer.status_code in (429, 500, 502, 503, 504):
            raise Unreachable(f"{answer.request.url.path}: {answer.status_code} {told.get('detail', '')}")
        self.refusals += 1
        kind = str(told.pop("type", "")).rsplit(":", 1)[-1]
        raise Refusal(answer.status_code, kind, str(told.pop("detail", "")), told)

    async def token(self, account: str) -> str:
        """The session of an account, begun with the first use."""
        if self._fixed is not None:
            return self._fixed
        async with self._signing:
            if account not in self._tokens:
                body = {"username": account, "password": self._password or ""}
                welcome = self._judged(await self._ask("POST", "/login", body, None, {}))
                self._tokens[account] = str(welcome["token"])
            return self._tokens[account]


def _problem(answer: httpx.Response) -> dict[str, Any]:
    try:
        told = answer.json()
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
