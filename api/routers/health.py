"""Is it alive, can it take calls, and how is it doing."""

from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST

from api.centre import Centre
from api.errors import language_of
from api.hand import now
from api.observe.figures import exposition
from api.observe.status import status_of
from api.observe.status_page import HEADERS, page
from api.observe.vitals import State

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive"}


@router.get("/readyz")
def readyz(request: Request) -> JSONResponse:
    """200 once calls can be taken: the log answers, the map is loaded, the views follow."""
    centre: Centre | None = getattr(request.app.state, "centre", None)
    if centre is None:
        return JSONResponse({"status": "starting"}, status_code=503)
    log = centre.vitals.look("log")["log"]
    if log.state is State.FAILED:
        return JSONResponse(
            {"status": "the log does not answer", "fault": log.sentence["en"]}, status_code=503
        )
    state = {
        "status": "ready" if centre.follower.fault is None else "views are behind",
        "map_version": centre.desk.roads.map_version,
        "position": int(log.figures[0].value),
        "view_lag": max(0, int(log.figures[0].value) - centre.views.position),
        "fault": _kind(centre.follower.fault),
        "views_on_disk": _kind(centre.keeper.fault) or "kept",
        "road_times": "behind" if centre.traffic.behind else "in use",
    }
    return JSONResponse(state, status_code=200 if centre.follower.fault is None else 503)


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """For Prometheus."""
    centre: Centre = request.app.state.centre
    return Response(exposition(centre.vitals.read()), media_type=CONTENT_TYPE_LATEST)


@router.get("/status", response_class=HTMLResponse, include_in_schema=False)
def status_page(
    request: Request, lang: Annotated[Literal["vi", "en"] | None, Query(description="vi or en")] = None
) -> HTMLResponse:
    """How the service is, for people: open to all, so without any person, call or place."""
    centre: Centre = request.app.state.centre
    text = page(status_of(centre, now()), lang or language_of(request), ZoneInfo(centre.city.timezone))
    return HTMLResponse(text, headers=HEADERS)


@router.get("/status.json", include_in_schema=False)
def status_json(request: Request) -> dict[str, Any]:
    """The same for programs."""
    centre: Centre = request.app.state.centre
    return status_of(centre, now()).as_json()


def _kind(fault: str | None) -> str | None:
    """The kind of a fault alone; what follows may quote a row, and everybody may ask here."""
    return None if fault is None else fault.partition(":")[0]
