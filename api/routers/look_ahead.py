"""What sending one unit or another means for the calls of the next hour."""

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from fastapi import Query

from api.dependencies import Desk, TheCentre
from api.room import Room
from api.schema.look_ahead import AgainstFirst, Between, LookAheadAnswer, StageSaid, UnitOutlook

if TYPE_CHECKING:
    from dispatch.policies.send import RankedUnit
    from simulations.fork.look_ahead import Outlook
    from simulations.fork.stages import Stage
    from simulations.statistics.intervals import Interval

router = Room(tags=["runs"])


@router.get("/incidents/{incident_id}/look-ahead")
def look_ahead(
    incident_id: UUID,
    desk: Desk,
    centre: TheCentre,
    futures: Annotated[
        int, Query(ge=20, le=1000, description="At most so many are played: as many as fit into a moment")
    ] = 200,
    hours: Annotated[float, Query(gt=0, le=4)] = 1.0,
) -> LookAheadAnswer:
    """For each of the first units advised: how many calls of the next hour are expected late if it goes.

    The live state is carried on as a simulation, many times, with the same calls for each of the units. It
    is advice: nobody is sent by it, nothing is stored, and what the console ranks first stays what it is.
    The dispatch policies in force, beds, diversions and shifts are those of this moment. A desk asks one
    question at a time (429 else), and few desks at once (503).
    """
    looked = centre.look_aheads.ask(centre, incident_id, futures, hours, desk.username)
    found, lately, stages = looked.found, looked.now.lately, looked.now.stages
    return LookAheadAnswer(
        incident_id=str(incident_id),
        at=looked.now.at,
        seq=looked.now.seq,
        hours=found.hours,
        futures=found.futures,
        calls_expected=round(found.calls, 1),
        lately_hours=round(lately.hours, 2),
        lately_incidents=lately.count,
        scene=_said(stages.scene),
        handover=_said(stages.handover),
        clear=_said(stages.clear),
        policies=dict(looked.now.policies),
        moves_made=looked.now.moved_up.mends,
        hours_of_week=looked.now.usual is not None,
        units=[_unit(row, each) for row, each in zip(looked.units, found.outlooks, strict=True)],
    )


def _unit(row: "RankedUnit", outlook: "Outlook") -> UnitOutlook:
    against = outlook.against
    return UnitOutlook(
        unit_id=row.unit_id,
        callsign=row.callsign,
        arrival_s=round(outlook.arrival_s, 1),
        late=outlook.own_late,
        others_late=Between(**_between(outlook.others)),
        against=None if against is None else AgainstFirst(**_between(against.interval), sure=outlook.sure),
    )


def _between(interval: "Interval") -> dict[str, float]:
    return {name: round(getattr(interval, name), 3) for name in ("mean", "low", "high")}


def _said(stage: "Stage") -> StageSaid:
    return StageSaid(median_s=round(stage.median_s, 1), own_runs=stage.own)
