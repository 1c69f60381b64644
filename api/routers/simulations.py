"""Simulations: asked for, watched, compared and replayed. Nothing here is a fact, and no row of the log."""

import gzip
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from fastapi.responses import FileResponse
from pydantic import ValidationError

from api.accounts.roles import Role
from api.dependencies import Plans, PlansOrLooks, TheCentre
from api.hand import now
from api.planning.ask import order_of
from api.planning.carried_on import ready, take
from api.planning.choices import choices as all_choices
from api.planning.choices import title_of
from api.planning.errors import NoBundle, NoReplay, NoReport, ResultsDamaged, SimulationUnfinished
from api.planning.kept import Kept, replay_in, results_in
from api.room import Room
from api.schema.simulations import (
    NewSimulation,
    Simulation,
    SimulationAnswer,
    SimulationChoices,
    SimulationList,
    SimulationReplay,
    SimulationResults,
)
from simulations.asked.order import BUNDLE, REPLAYED, ROWS_FILE

router = Room(prefix="/simulations", tags=["simulations"])

MAY_START = (Role.PLANNER, Role.SUPERVISOR, Role.ADMIN)
REPORT = "report.html"
APART = {
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "frame-ancestors 'self'",
    "Cache-Control": "private, no-store",
}
"""A report is a page that others wrote words into: it may run nothing and reach nothing of ours."""
FILES = {"Cache-Control": "private, no-store"}


@router.get("/choices")
def choices(account: PlansOrLooks, centre: TheCentre) -> SimulationChoices:
    """What may be asked for here: policies, scenarios, city models, stations, and how much of it."""
    return all_choices(centre.city, centre.shelf, now=ready(centre), may_start=account.role in MAY_START)


@router.get("")
def simulations(_: PlansOrLooks, centre: TheCentre) -> SimulationList:
    """Those that are kept, newest first."""
    return SimulationList(simulations=centre.simulations.all())


@router.post("", status_code=202)
def ask(account: Plans, centre: TheCentre, body: NewSimulation) -> Simulation:
    """Ask for a simulation. It has its turn after those that wait; asking twice with the same id is asking
    once."""
    asked = body.model_dump(mode="json")
    before = centre.simulations.knows(str(body.id))
    if before is not None and before.asked == asked:
        return centre.simulations.one(str(body.id))[1]
    order = order_of(body, centre.city, centre.shelf)
    labels = tuple({"vi": each.name, "en": each.name} for each in order.experiment.rivals)
    title = None
    if body.source == "scenario":
        scenario = centre.shelf.scenario(body.scenario)
        labels = tuple(dict(course.name) for course in scenario.courses)
        title = dict(scenario.name)
    elif body.source == "model":
        title = dict.fromkeys(("vi", "en"), title_of(centre.shelf.models()[str(body.model)]))
    kept = Kept(
        id=str(body.id),
        order=order,
        labels=labels,
        asked=asked,
        model=body.model if body.source == "model" else None,
        scenario=body.scenario if body.source == "scenario" else None,
        title=title,
        by=str(account.role),
        asked_at=now(),
    )
    if before is None:
        centre.simulations.insist_on_a_turn()
    live = take(centre) if body.source == "now" else None
    return centre.simulations.ask(kept, live)


@router.get("/{simulation_id}")
def simulation(simulation_id: UUID, _: PlansOrLooks, centre: TheCentre) -> SimulationAnswer:
    """How it stands, with its results when it is done."""
    kept, said = centre.simulations.one(str(simulation_id))
    found = results_in(centre.simulations.folder(kept.id)) if kept.state == "done" else None
    try:
        results = None if found is None else SimulationResults.model_validate_json(found)
    except ValidationError:
        raise ResultsDamaged from None
    return SimulationAnswer(**dict(said), results=results)


@router.delete("/{simulation_id}")
def stop(
    simulation_id: UUID,
    _: Plans,
    centre: TheCentre,
    forget: Annotated[bool, Query(description="Remove it and all of its files, too")] = False,
) -> Simulation:
    """Stop it; one that has ended is left as it is, so that a second press destroys nothing. `forget` removes
    it. Answers how it stood last."""
    return centre.simulations.end(str(simulation_id), forget=forget)


@router.get("/{simulation_id}/report", response_class=Response)
def report(simulation_id: UUID, _: PlansOrLooks, centre: TheCentre) -> FileResponse:
    """One page that needs nothing else, in both languages."""
    return _file(simulation_id, centre, REPORT, "text/html; charset=utf-8", APART, attached=False)


@router.get("/{simulation_id}/rows", response_class=Response)
def rows(simulation_id: UUID, _: PlansOrLooks, centre: TheCentre) -> FileResponse:
    """All rows as Parquet tables in a zip file; docs/simulation-rows.md tells their columns."""
    return _file(simulation_id, centre, ROWS_FILE, "application/zip", FILES)


@router.get("/{simulation_id}/bundle", response_class=Response)
def bundle(simulation_id: UUID, _: PlansOrLooks, centre: TheCentre) -> FileResponse:
    """Inputs, rows and report, signed by this service: `vigil bundle verify|rerun` checks it elsewhere."""
    return _file(simulation_id, centre, BUNDLE, "application/zip", FILES)


@router.get("/{simulation_id}/replay", response_model=SimulationReplay)
def replay(
    simulation_id: UUID,
    _: PlansOrLooks,
    centre: TheCentre,
    request: Request,
    rival: Annotated[str, Query(max_length=60)],
    replication: Annotated[int, Query(ge=0)] = 0,
) -> Response:
    """Where everybody was in one replication of one rival."""
    kept, _said = centre.simulations.one(str(simulation_id))
    if kept.state != "done":
        raise SimulationUnfinished
    path = replay_in(centre.simulations.folder(kept.id), kept, rival, replication)
    if path is None:
        raise NoReplay(rival=rival, replication=replication, most=REPLAYED)
    packed = path.read_bytes()
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers = {**FILES, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return Response(packed, media_type="application/json", headers=headers)
    return Response(gzip.decompress(packed), media_type="application/json", headers=FILES)


def _file(
    simulation_id: UUID,
    centre: TheCentre,
    name: str,
    kind: str,
    headers: dict[str, str],
    *,
    attached: bool = True,
) -> FileResponse:
    """Raises UnknownSimulation, SimulationUnfinished, NoBundle, NoReport."""
    kept, _ = centre.simulations.one(str(simulation_id))
    if kept.state != "done":
        raise SimulationUnfinished
    path = centre.simulations.folder(kept.id) / name
    if not path.is_file():
        raise NoReport if name == REPORT else NoBundle
    file_name = f"vigil-{kept.id[:8]}-{name}" if attached else None
    return FileResponse(path, media_type=kind, headers=headers, filename=file_name)
