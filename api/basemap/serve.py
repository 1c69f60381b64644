"""Hand the base map to the console, a range of bytes at a time."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi import Path as PathParameter
from starlette.responses import FileResponse

from api.spoken_fault import SpokenFault

MapsFolder = Callable[[], Path]
Version = Annotated[str, PathParameter(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$")]
A_YEAR = "public, max-age=31536000, immutable"
# Chromium's cache fails requests that ask for the same range at once ("Failed to fetch": 4 of 25 page
# loads, none of 100 without its cache), and the map keeps a hole where the tile should be. A range is
# therefore never cached; it costs a few kilobytes on the local network.
NEVER = "no-store"


def basemap_router(maps_folder: MapsFolder) -> APIRouter:
    """`GET /basemap/{version}.pmtiles` out of `<maps folder>/<version>/basemap.pmtiles`.

    A version names its content, so a browser may keep the whole file for good. `maps_folder` is asked
    at each request: a map built while the service runs is served without a restart.
    """
    router = APIRouter(prefix="/basemap", tags=["basemap"])

    @router.api_route("/{version}.pmtiles", methods=["GET", "HEAD"], include_in_schema=False)
    def basemap(version: Version, request: Request) -> FileResponse:
        """The base map of one map version. Understands `Range`, answers with an `ETag`."""
        path = maps_folder() / version / "basemap.pmtiles"
        if not path.is_file():
            raise SpokenFault(
                404, en=f"There is no base map {version}.", vi=f"Không có bản đồ nền {version}."
            )
        headers = {"Cache-Control": NEVER if "range" in request.headers else A_YEAR}
        return FileResponse(
            path, headers=headers, media_type="application/vnd.pmtiles", stat_result=path.stat()
        )

    return router
