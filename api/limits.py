"""A bound on what one request may carry, told before it fills the memory."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import language_asked, problem
from api.spoken_fault import SpokenFault

MOST_BYTES = 2_000_000
SENTENCES = {
    "en": f"A request may carry at most {MOST_BYTES // 1_000_000} MB.",
    "vi": f"Một yêu cầu được mang nhiều nhất {MOST_BYTES // 1_000_000} MB.",
}


class BodyLimit:
    """413 for a body over 2 MB, whether or not it says so beforehand."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > MOST_BYTES:
            await _too_large(scope)(scope, receive, send)
            return
        got = 0

        async def counted() -> Message:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if got > MOST_BYTES:
                raise SpokenFault(413, **SENTENCES)  # told while the body is read, so it becomes the answer
            return message

        await self._app(scope, counted, send)


def _too_large(scope: Scope) -> ASGIApp:
    asked = dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1")
    language = language_asked(asked)
    return problem(413, SENTENCES[language], "TooLarge", language=language)
