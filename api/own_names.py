"""Under which names a centre on loopback answers: a foreign page may point a name of its own at this machine.

A browser then takes what stands there for that page's own. Where the centre listens to this machine alone,
nothing but a name of this machine, or one that was told at the start, can be meant.
"""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from api.accounts.demo import is_loopback
from api.errors import language_asked, problem

MISDIRECTED = 421
SENTENCES = {
    "en": "Vigil does not answer under this name. Use its own address, or start it with --behind-proxy NAME.",
    "vi": "Vigil không phục vụ dưới tên này. Hãy dùng đúng địa chỉ, hoặc khởi động với --behind-proxy TÊN.",
}
WRONG_NAME = 1008


class OwnNames:
    """names : besides those of this machine, without ports"""

    def __init__(self, app: ASGIApp, names: Collection[str]) -> None:
        self._app, self._names = app, frozenset(name.lower() for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or self._is_ours(_header(scope, b"host")):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": WRONG_NAME})
        else:
            language = language_asked(_header(scope, b"accept-language"))
            answer = problem(MISDIRECTED, SENTENCES[language], "WrongName", language=language)
            await answer(scope, receive, send)

    def _is_ours(self, host: str) -> bool:
        name = host_name(host)
        return is_loopback(name) or name.endswith(".localhost") or name in self._names


def host_name(host: str) -> str:
    """`vigil.example.vn:8115` and `https://vigil.example.vn/` without what is not the name."""
    try:
        return (urlsplit(host if "//" in host else f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def _header(scope: Scope, name: bytes) -> str:
    return str(dict(scope["headers"]).get(name, b"").decode("latin-1"))
