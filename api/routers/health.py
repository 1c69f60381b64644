"""Is it alive, can it take calls, and how is it doing."""

from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST

from api.centre import Centre
from api.console_files import build_at
from api.errors import language_of
from api.hand import now
from api.observe.figures import exposition
from api.observe.status import NEEDED, status_of
from api.observe.status_page import HEADERS, page
from api.observe.vitals import State

router = APIRouter(tags=["health"])


@router.get("/healthz")
def healthz(request: Request) -> dict[str, str | None]:
    """The process answers, and says which build of the console it serves."""
    return {"status": "alive", "build": build_at(request.app.state.console)}


@router.get("/readyz")
def readyz(request: Request) -> JSONResponse:
    """200 once calls can be taken: the log answers, the map is loaded, the views follow."""
    centre: Centre | None = getattr(request.app.state, "centre", None)
    if centre is None:
        return JSONResponse({"status": "starting"}, status_code=503)
    parts = centre.vitals.look(*NEEDED)
    trouble = [vital.sentence["en"] for vital in parts.values() if vital.state is State.FAILED]
    position = next((int(f.value) for f in parts["log"].figures if f.name == "position"), None)
    state = {
        "status": " ".join(trouble) or "ready",
        "map_version": centre.desk.roads.map_version,
        "position": position,
        "view_lag": parts["view"].lag_events,
        "fault": _kind(centre.follower.fault),
        "views_on_disk": _kind(centre.keeper.fault) or "kept",
        "road_times": "behind" if centre.traffic.behind else "in use",
    }
    return JSONResponse(state, status_code=503 if trouble else 200)


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
