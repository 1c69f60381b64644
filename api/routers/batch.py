"""More incidents than units: a proposal for all of them at once."""

from datetime import datetime

from api.advice import need_of
from api.dependencies import Desk, TheCentre
from api.hand import now
from api.room import Room
from api.schema.covering import BatchAnswer, BatchLeft, BatchPair, NewBatch, Spoken
from dispatch.batching import WORDS, WaitingNeed, share_out
from domain.coverage_errors import NothingWaits
from domain.errors import UnknownIncident

router = Room(tags=["incidents"])


@router.post("/dispatch/batch")
def batch(body: NewBatch, _: Desk, centre: TheCentre) -> BatchAnswer:
    """Who should go where: the most urgent first, and for each priority the least response in all. Nothing is
    ordered."""
    moment = now()
    if body.incident_ids is None:
        rows = [row for row in centre.views.rows("incidents") if row["status"] == "waiting"]
    else:
        rows = []
        for incident_id in dict.fromkeys(body.incident_ids):
            row = centre.row("incidents", str(incident_id))
            if row is None:
                raise UnknownIncident(incident_id=incident_id)
            rows.append(row)
    if not rows:
        raise NothingWaits
    numbers = {row["id"]: row["number"] for row in rows}
    waiting = [
        WaitingNeed(
            need_of(centre, row, moment),
            max(0.0, (moment - datetime.fromisoformat(row["opened_at"])).total_seconds()),
        )
        for row in rows
    ]
    found = share_out(waiting, centre.picture, centre.desk, moment)
    return BatchAnswer(
        pairs=[
            BatchPair(
                incident_id=pair.need.incident_id,
                number=numbers[pair.need.incident_id],
                priority=pair.need.priority,
                unit_id=pair.unit.unit_id,
                callsign=pair.unit.callsign,
                arrival_s=pair.arrival_s,
                eta_s=round(pair.way.duration_s, 1),
                distance_m=round(pair.way.distance_m, 1),
                method=pair.way.method,
            )
            for pair in found.pairs
        ],
        unserved=[
            BatchLeft(
                incident_id=need.incident_id,
                number=numbers[need.incident_id],
                priority=need.priority,
                code=why,
                reason=Spoken(**WORDS[why]),
            )
            for need, why in found.unserved
        ],
        incidents=len(rows),
        units=found.units,
        at=moment.isoformat(),
        map_version=found.map_version,
        traffic_version=found.traffic_version,
    )
