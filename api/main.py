"""The web application: routers, errors, the console's files."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import anyio.to_thread
from fastapi import FastAPI

from api import clockwork, collector, errors
from api.accounts.oidc_router import router as oidc
from api.accounts.router import router as accounts
from api.basemap.serve import basemap_router
from api.centre import Centre
from api.console_files import mount_console
from api.description import describe_refusals
from api.ingest.lane import LaneGate
from api.limits import BodyLimit
from api.observe.of_centre import watch
from api.own_names import OwnNames
from api.page_headers import PageHeaders
from api.room import PREFIX
from api.routers import (
    administration,
    alarm_levels,
    assignments,
    auto_dispatch,
    batch,
    briefs,
    by_area,
    call_queue,
    callers,
    calls,
    city,
    city_rules,
    clinician,
    coverage,
    covering,
    crew_alarms,
    decisions,
    desk_alarms,
    devices,
    drill,
    figures,
    health,
    history,
    hospital_links,
    hospitals,
    incidents,
    live,
    look_ahead,
    merging,
    messages,
    move_ups,
    near,
    patients,
    pings,
    places,
    protocols,
    referrals,
    regret,
    reports,
    roads,
    runs,
    sending,
    simulations,
    stations,
    tracks,
    traffic,
    transfers,
    triage,
    units,
)

if TYPE_CHECKING:
    from fastapi.telemetry import TelemetryConfig

    from api.observe.traces import Traces  # loaded where traces are wanted, and only there

WORKERS = 16
"""Threads for orders and questions: enough for both cores, few enough for the store's pool."""

UNTOLD: "TelemetryConfig" = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
"""What FastAPI would tell by itself names paths, queries and faults, and so people; see `api.observe`."""
TURN_S = 0.001
"""How long a busy thread may keep the others from running. The loop answers everybody and must not wait."""


def create_app(
    open_centre: Callable[[], Centre],
    console: Path | None = None,
    traces: "Traces | None" = None,
    names: Collection[str] | None = None,
) -> FastAPI:
    """An application that opens its centre when it starts and closes it, and the traces, when it ends.

    names : under which alone it answers, besides those of this machine; None where any name may be meant
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = WORKERS
        centre = await anyio.to_thread.run_sync(open_centre)
        centre.feed.bind(asyncio.get_running_loop())
        watch(centre, centre.vitals)
        if traces is not None:
            centre.traces, centre.feed.told = traces, traces.told
        app.state.centre = centre
        app.state.accounts = centre.accounts
        collector.settle()
        sys.setswitchinterval(TURN_S)
        async with clockwork.running(centre):
            yield
        await anyio.to_thread.run_sync(centre.close)
        if traces is not None:
            await anyio.to_thread.run_sync(traces.close)

    app = FastAPI(
        title="Vigil",
        version="0.1.0",
        summary="Emergency medical dispatch, event-sourced, on real road times.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        telemetry=UNTOLD,
    )
    app.state.console = None
    errors.install(app)
    app.add_middleware(BodyLimit)
    app.add_middleware(LaneGate)
    if traces is not None:
        app.add_middleware(traces.requests)
    app.add_middleware(PageHeaders)
    if names is not None:
        app.add_middleware(OwnNames, names=names)
    # Side by side, not in a router of their own: each level of routers is searched anew with every request.
    for room in (calls, city, coverage, history, hospitals, incidents, live, pings):
        app.include_router(room.router, prefix=PREFIX)
    for room in (figures, regret, near, places, roads, runs, traffic, units):
        app.include_router(room.router, prefix=PREFIX)
    for room in (call_queue, callers, merging):
        app.include_router(room.router, prefix=PREFIX)
    for room in (assignments, auto_dispatch, briefs, crew_alarms, desk_alarms, messages, stations, tracks):
        app.include_router(room.router, prefix=PREFIX)
    for room in (clinician, protocols, triage):
        app.include_router(room.router, prefix=PREFIX)
    for room in (batch, by_area, covering, move_ups):
        app.include_router(room.router, prefix=PREFIX)
    for room in (hospital_links, patients, referrals, transfers):
        app.include_router(room.router, prefix=PREFIX)
    for room in (alarm_levels, city_rules, decisions, drill, look_ahead, reports, sending, simulations):
        app.include_router(room.router, prefix=PREFIX)
    for room in (administration, devices):
        app.include_router(room.router, prefix=PREFIX)
    app.include_router(pings.trackers)
    app.include_router(pings.trackers, prefix=PREFIX, include_in_schema=False)
    app.include_router(accounts, prefix=PREFIX)
    app.include_router(oidc, prefix=PREFIX)
    app.include_router(health.router)
    app.include_router(basemap_router(lambda: app.state.centre.map.folder.parent))
    describe_refusals(app)
    if console is not None:
        mount_console(app, console)
    return app
