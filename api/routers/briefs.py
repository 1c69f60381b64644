"""What a crew reads on its way."""

from uuid import UUID

from fastapi import Response

from api.accounts.guard import insist_on_unit
from api.brief import brief_of
from api.dependencies import FieldWorker, TheCentre
from api.room import Room
from api.schema.briefs import BriefOfRun

router = Room(tags=["runs"])


@router.get("/runs/{run_id}/brief")
def brief(run_id: UUID, account: FieldWorker, centre: TheCentre, response: Response) -> BriefOfRun:
    """Who rang, what was noted, and what is known of the place; for the crew of this run and the desks."""
    insist_on_unit(account, centre.desk.log.run(run_id).callsign)
    response.headers["Cache-Control"] = "no-store"
    return brief_of(centre, str(run_id))
