"""The whole picture, now or at any past instant, and the ordered feed of all that happened."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Query, Response
from pydantic import AwareDatetime

from api import lens
from api.accounts.guard import SignedIn
from api.accounts.roles import Account
from api.answering import as_json
from api.centre import Centre
from api.dependencies import Desk, TheCentre
from api.feed import chained
from api.hand import now
from api.recent import still_wanted
from api.room import Room
from api.schema import answers
from api.schema.rows import Snapshot
from api.turns import Turns
from api.units_with_positions import rows_of_then, unit_rows
from dispatch.some_facts import SomeFacts
from projections.memory import KNOWN, MemoryViews
from projections.past import views_at
from projections.record import record

router = Room(tags=["history"])

VIEWS = (
    *("units", "incidents", "hospitals", "calls", "runs", "traffic"),
    *("callbacks", "crew_alarms", "desk_alarms", "messages", "patients", "referrals", "transfers"),
)

FARTHEST = 2**53 - 1
"""Numbers of facts travel as JSON, which has no larger whole ones."""

_folding_the_past = Turns(
    at_once=2,
    waiting=2,
    en="Too many look into the past at once; please try again in a moment.",
    vi="Quá nhiều người xem lại quá khứ cùng lúc; hãy thử lại sau giây lát.",
)
"""Two at a time: a planner who scrubs through a night must not slow the desk."""


@router.get("/snapshot", response_model=Snapshot)
def snapshot(account: SignedIn, centre: TheCentre, at: AwareDatetime | None = None) -> Response:
    """All views with the position `seq` they stand at; with `at`, as they were known at that instant.

    Of the past, units stand where their positions of then say, by the positions' own time: one that came in
    late is there, though nobody knew it yet.
    """
    present = now()
    moment = min(at or present, present)  # what is yet to come looks as it does now: nothing is stale by it
    live = moment == present
    views = centre.views if live else past_views(centre, moment, *VIEWS)
    dress = centre.dress if live else centre.dress.as_of(views, moment)
    seq, rows = views.picture(*VIEWS)
    for view in VIEWS:
        rows[view] = dress.rows(view, rows[view])
    rows["units"] = unit_rows(centre, moment) if live else rows_of_then(centre, rows["units"], moment)
    picture = Snapshot(seq=seq, epoch=centre.epoch, now=now().isoformat(), **_as_seen(account, rows, moment))
    return as_json(picture.model_dump_json().encode())


@router.get("/events")
def events(
    _: Desk,
    centre: TheCentre,
    after: Annotated[int, Query(ge=0, le=FARTHEST)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> answers.EventPage:
    """Facts in order from any position: the log itself, for programs that follow it.

    The numbers may have holes: between `prev` and `seq` there is nothing. Of the first row `prev` is `after`.
    """
    batch = centre.desk.log.select(after + 1, limit)
    rows = [
        answers.EventRow.model_validate({"prev": prev, **record(seq, fact)})
        for prev, seq, fact in chained(after, batch)
    ]
    last = rows[-1].seq if rows else after
    return answers.EventPage(events=rows, next=last, position=centre.desk.log.position())


def past_views(centre: Centre, at: datetime, *names: str) -> MemoryViews:
    """These views as they were known at that instant; all where none is named."""
    with _folding_the_past.one():
        stores = centre.stores
        source = SomeFacts(centre.desk.log, KNOWN)
        return views_at(source, at, stores.snapshots, stores.views, names=names)


def _as_seen(account: Account, rows: dict[str, list[dict[str, Any]]], moment: datetime) -> dict[str, Any]:
    return {
        view: lens.through(account, view, [row for row in rows[view] if still_wanted(view, row, moment)])
        for view in VIEWS
    }
