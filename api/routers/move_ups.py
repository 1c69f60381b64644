"""Standby posts: what is proposed, and what people answer."""

from collections import Counter
from typing import Annotated
from uuid import UUID

from fastapi import Query

from api import lens
from api.accounts.guard import insist_on_unit
from api.dependencies import FieldWorker, Planner, TheCentre
from api.hand import TheHand, now
from api.move_ups import reasons
from api.room import Room
from api.schema import answers
from api.schema.covering import (
    AnsweredMoveUp,
    CrewOfPost,
    MoveUpAnswer,
    MoveUpReport,
    MoveUpRow,
    NewAcceptance,
    NewDeclination,
    Spoken,
)
from api.schema.orders import Moment
from api.schema.rows import Point
from dispatch.handlers.answer_move_up import (
    AcceptMoveUp,
    AnswerPost,
    DeclineMoveUp,
    accept_move_up,
    answer_post,
    decline_move_up,
)
from domain.coverage_errors import UnknownMoveUp
from projections.rows import moment

router = Room(tags=["coverage"])


@router.get("/move-ups")
def move_ups(account: FieldWorker, centre: TheCentre) -> list[MoveUpRow]:
    """Who should wait where, the greatest gain first; none below the least gain of the city's rules. A crew
    sees its own."""
    moved = {row["callsign"]: row.get("moves", 0) for row in centre.views.rows("units")}
    rows = [
        MoveUpRow(
            id=each.move_up_id,
            callsign=each.callsign,
            post_id=each.post_id,
            post_name=each.post_name,
            position=Point(lat=each.position.lat, lon=each.position.lon),
            gain=each.gain,
            covered_before=each.covered_before,
            covered_after=each.covered_after,
            duration_s=each.duration_s,
            distance_m=each.distance_m,
            moves=moved.get(each.callsign, 0),
            reason=Spoken(**reasons(each, moved.get(each.callsign, 0))),
        )
        for each in centre.move_ups.proposed(centre, now())
    ]
    visible = {
        row["callsign"] for row in lens.through(account, "units", [{"callsign": r.callsign} for r in rows])
    }
    return [row for row in rows if row.callsign in visible]


@router.post("/move-ups/{move_up_id}/accept")
def accept(
    move_up_id: UUID, body: NewAcceptance, hand: TheHand, account: FieldWorker, centre: TheCentre
) -> MoveUpAnswer:
    """The unit drives to the post, free all the while."""
    proposal = centre.move_ups.shown(move_up_id)
    insist_on_unit(account, proposal.callsign)
    act = hand.act("accept-move-up", move_up_id, at=body.at)
    command = AcceptMoveUp(act, str(move_up_id), proposal)
    return MoveUpAnswer(**centre.order(command, accept_move_up))


@router.post("/move-ups/{move_up_id}/decline")
def decline(
    move_up_id: UUID, body: NewDeclination, hand: TheHand, account: FieldWorker, centre: TheCentre
) -> MoveUpAnswer:
    """It stays where it is; the post is not proposed to it again for a while."""
    proposal = centre.move_ups.shown(move_up_id)
    insist_on_unit(account, proposal.callsign)
    act = hand.act("decline-move-up", move_up_id, at=body.at)
    command = DeclineMoveUp(act, str(move_up_id), proposal, body.reason)
    return MoveUpAnswer(**centre.order(command, decline_move_up))


@router.post("/move-ups/{move_up_id}/crew")
def crew_answers(
    move_up_id: UUID, body: CrewOfPost, hand: TheHand, account: FieldWorker, centre: TheCentre
) -> answers.Done:
    """The crew that was sent there says that it goes, or why it cannot; or the desk says it for them."""
    row = centre.row("move_ups", str(move_up_id))
    if row is None:
        raise UnknownMoveUp(move_up_id=move_up_id)
    insist_on_unit(account, row["callsign"])
    command = AnswerPost(hand.act(at=body.at), row["callsign"], move_up_id, body.going, body.reason)
    return answers.Done(**centre.order(command, answer_post))


@router.get("/reports/move-ups")
def report(
    account: Planner,
    centre: TheCentre,
    begin: Annotated[Moment | None, Query(alias="from")] = None,
    end: Annotated[Moment | None, Query(alias="to")] = None,
) -> MoveUpReport:
    """What became of the proposals that were answered, with the reasons of those declined."""
    first, last = moment(begin) if begin else "", moment(end) if end else "9"
    found = [row for row in centre.views.rows("move_ups") if first <= row["at"] < last]
    found = lens.through(account, "move_ups", sorted(found, key=lambda row: (row["at"], row["id"])))
    accepted = [row for row in found if row["answer"] == "accepted"]
    return MoveUpReport(
        accepted=len(accepted),
        declined=len(found) - len(accepted),
        accepted_share=round(len(accepted) / len(found), 4) if found else None,
        gain_accepted=round(sum(row["gain"] for row in accepted), 4),
        distance_m=round(sum(row["distance_m"] for row in accepted), 1),
        duration_s=round(sum(row["duration_s"] for row in accepted), 1),
        reasons=dict(Counter(row["reason"] for row in found if row["reason"]).most_common()),
        rows=[AnsweredMoveUp(**row) for row in found],
    )
