"""Did this request come from our own pages?

A browser attaches the cookie by itself, so a cookie alone does not prove that the person meant it.
SameSite=Strict stops other sites, but not another program on another port of the same host.
"""

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
CUSTOM_HEADER = "X-Vigil"
_DEFAULT_PORT = {"http": ":80", "https": ":443"}


def same_origin(origin: str, host: str) -> bool:
    """Whether the page at `origin` was served by `host` (the Host header).

    The scheme may differ: a proxy in front of us may speak TLS for us.
    """
    try:
        page = urlsplit(origin)
    except ValueError:
        return False
    if page.scheme not in _DEFAULT_PORT or not page.netloc or not host:
        return False
    port = _DEFAULT_PORT[page.scheme]
    return page.netloc.lower().removesuffix(port) == host.lower().removesuffix(port)


def comes_from_our_page(connection: HTTPConnection) -> bool:
    """Whether Origin and Host agree; False without an Origin."""
    origin = connection.headers.get("origin")
    return origin is not None and same_origin(origin, connection.headers.get("host", ""))


def may_write_by_cookie(connection: HTTPConnection) -> bool:
    """Whether a write that is signed by the cookie was meant.

    Browsers name the Origin of every write. Without one, the request must carry what a foreign page
    cannot send unasked: JSON, or the header `X-Vigil`.
    """
    if "origin" in connection.headers:
        return comes_from_our_page(connection)
    content_type = connection.headers.get("content-type", "").partition(";")[0].strip().lower()
    return content_type == "application/json" or CUSTOM_HEADER in connection.headers
