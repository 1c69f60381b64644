"""Is it alive, can it take calls, and how is it doing."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from api.centre import Centre
from api.measure import CLIENTS, LAG, POSITION, REGISTRY

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive"}


@router.get("/readyz")
def readyz(request: Request) -> JSONResponse:
    """200 once calls can be taken: the log is open, the map is loaded, the views follow."""
    centre: Centre | None = getattr(request.app.state, "centre", None)
    if centre is None:
        return JSONResponse({"status": "starting"}, status_code=503)
    state = {
        "status": "ready" if centre.follower.fault is None else "views are behind",
        "map_version": centre.desk.roads.map_version,
        "position": centre.desk.log.position(),
        "view_lag": centre.follower.lag,
        "fault": centre.follower.fault,
        "views_on_disk": centre.keeper.fault or "kept",
        "road_times": "behind" if centre.traffic.behind else "in use",
    }
    return JSONResponse(state, status_code=200 if centre.follower.fault is None else 503)


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """For Prometheus."""
    centre: Centre = request.app.state.centre
    LAG.set(centre.follower.lag)
    CLIENTS.set(centre.feed.clients)
    POSITION.set(centre.desk.log.position())
    return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)
