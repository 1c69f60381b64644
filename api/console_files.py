"""The built console, served from one folder."""

import re
from base64 import b64encode
from functools import partial
from hashlib import sha256
from pathlib import Path

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import FileResponse, HTMLResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from api.page_headers import POLICY

PAGES = ("wall", "past", "supervisor", "planner", "admin")

INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


class Files(StaticFiles):
    """A page is served under its own address alone, and never under the name of its file."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        if path.endswith(".html"):
            raise HTTPException(404)
        return await super().get_response(path, scope)


class Assets(StaticFiles):
    """Names carry a content hash, so browsers may keep them for good."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def build_at(folder: Path | None) -> str | None:
    """Which build of the console lies there now, for an open page to compare with its own; None: no build."""
    if folder is None:
        return None
    try:
        return (folder / "build.txt").read_text().strip() or None
    except OSError:
        return None


def mount_console(app: FastAPI, folder: Path) -> None:
    """`/` is the desk, `/hospital` the bed board, `/hospital/beds` its beds by a link, `/crew` the
    crew's phone, `/docs` the API's own page; those of supervisors and planners go by their names.
    """

    app.state.console = folder

    def page(name: str) -> FileResponse:
        return FileResponse(folder / name, headers={"Cache-Control": "no-cache"})

    @app.get("/", include_in_schema=False)
    def desk() -> FileResponse:
        return page("index.html")

    @app.get("/hospital", include_in_schema=False)
    def hospital() -> FileResponse:
        return page("hospital.html")

    @app.get("/hospital/beds", include_in_schema=False)
    def beds_by_link() -> FileResponse:
        return page("beds.html")

    @app.get("/crew", include_in_schema=False)
    def crew() -> FileResponse:
        return page("crew.html")

    @app.get("/setup", include_in_schema=False)
    def setup() -> FileResponse:
        return page("setup.html")

    for name in PAGES:
        app.get(f"/{name}", include_in_schema=False)(partial(page, f"{name}.html"))

    @app.get("/docs", include_in_schema=False)
    def api_page() -> HTMLResponse:
        """The API, described and to be tried; its scripts are ours, so it works without internet."""
        page = get_swagger_ui_html(
            openapi_url=app.openapi_url or "/openapi.json",
            title="Vigil API",
            swagger_js_url="/api-page/swagger-ui-bundle.js",
            swagger_css_url="/api-page/swagger-ui.css",
            swagger_favicon_url="/vigil.svg",
        )
        page.headers["Content-Security-Policy"] = _with_its_script(page)
        return page

    app.mount("/assets", Assets(directory=folder / "assets", check_dir=False), name="assets")
    app.mount("/", Files(directory=folder, check_dir=False), name="console")


def _with_its_script(page: HTMLResponse) -> str:
    """Our policy, and the one script that stands in this page, by its digest."""
    digests = [b64encode(sha256(script).digest()).decode() for script in INLINE.findall(bytes(page.body))]
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    return f"{POLICY}; script-src 'self' {allowed}"
