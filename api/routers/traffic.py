"""What hinders the roads: closed by the desk or by a program, in the road times before the answer comes."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query

from api.centre import Centre
from api.dependencies import Desk as DeskAccount
from api.dependencies import Planner, TheCentre
from api.hand import TheHand, now
from api.room import Room
from api.routers.history import past_views
from api.said_ids import SaidIds
from api.schema import traffic as words
from api.schema.orders import Moment
from api.schema.rows import TrafficRow
from dispatch.commands import C, Outcome
from dispatch.desk import Desk
from dispatch.handlers.change_roads import (
    CloseStreet,
    EndSlowing,
    ReopenStreet,
    ReplaceTraffic,
    ReportSpeeds,
    SlowStreet,
    close_street,
    end_slowing,
    reopen_street,
    replace_traffic,
    report_speeds,
    slow_street,
)
from dispatch.said_speeds import SaidSpeed, sort_out
from domain.base import natural_id
from domain.roads_rules import judge_closure, judge_slowing
from domain.traffic import Closure, Slowing, SpeedReport
from domain.values import Act

router = Room(prefix="/traffic", tags=["traffic"])

Why = Annotated[str, Query(min_length=1, max_length=200, description="Why it ends")]


@router.get("")
def traffic_now(_: Planner, centre: TheCentre, at: Moment | None = None) -> words.TrafficPicture:
    """What hinders now, since when, until when and who said so; with `at`, as it was known then."""
    present = now()
    moment = min(at or present, present)
    live = moment == present
    views = centre.views if live else past_views(centre, moment, "traffic", "roads")
    seq, rows = views.picture("traffic", "roads")
    roads: dict[str, Any] = rows["roads"][0] if rows["roads"] else {}
    standing = [row for row in rows["traffic"] if hinders(row, moment)]
    return words.TrafficPicture(
        at=moment.isoformat(),
        seq=seq,
        change=roads.get("change", 0),
        traffic_version=centre.traffic.version if live else None,
        changed_at=roads.get("changed_at"),
        changed_by=roads.get("changed_by"),
        closures=[TrafficRow(**row) for row in standing if row["kind"] == "closure"],
        slowings=[TrafficRow(**row) for row in standing if row["kind"] == "slowing"],
        speeds=[words.SpeedRow(**row) for row in roads.get("speeds", [])],
    )


@router.put("")
def replace_all(
    body: words.NewTraffic, hand: TheHand, _: DeskAccount, centre: TheCentre
) -> words.AllReplaced:
    """All that hinders from now on, and nothing else. Answered when the new weights are in use.

    Closures and slowed stretches keep their ids, so that a list said again changes only what is new in it;
    where an id is missing, it follows from the stretch, the profiles and the reason.
    """
    act = hand.act()
    its_id = SaidIds()
    slowings, reports = sort_out(map(_said, body.speeds), lambda place: its_id.of_slowing(body.speeds[place]))
    closures = tuple(_closure(each, each.id or its_id.of_closure(each)) for each in body.closures)
    command = ReplaceTraffic(act, centre.city.id, closures, slowings, reports)
    return words.AllReplaced(**_in_use(centre, command, replace_traffic))


@router.post("/closures", status_code=201)
def close(body: words.NewClosure, hand: TheHand, _: DeskAccount, centre: TheCentre) -> words.ClosureChanged:
    """Close a stretch of streets. Said again under its id, it takes the place of what was said before."""
    act = hand.act()
    closure = _closure(body, body.id or _id("closures", act))
    judge_closure(closure, act.heard_at)  # streets are looked for along what is a stretch
    command = CloseStreet(act, centre.city.id, closure, centre.traffic.streets(closure.stretch))
    return words.ClosureChanged(**_in_use(centre, command, close_street))


@router.delete("/closures/{closure_id}")
def lift(
    closure_id: UUID, reason: Why, hand: TheHand, _: DeskAccount, centre: TheCentre
) -> words.ClosureChanged:
    """Open it again."""
    command = ReopenStreet(hand.act(), centre.city.id, closure_id, reason)
    return words.ClosureChanged(**_in_use(centre, command, reopen_street))


@router.post("/slowings", status_code=201)
def slow_down(
    body: words.NewSlowing, hand: TheHand, _: DeskAccount, centre: TheCentre
) -> words.ClosureChanged:
    """A stretch is driven at a share of the usual speed, until that is lifted or ends."""
    act = hand.act()
    its_id = body.id or _id("slowings", act)
    slowing = Slowing(its_id, body.stretch.stretch(), body.share, body.reason, body.until)
    judge_slowing(slowing, act.heard_at)
    command = SlowStreet(act, centre.city.id, slowing, centre.traffic.streets(slowing.stretch))
    return words.ClosureChanged(**_in_use(centre, command, slow_street))


@router.delete("/slowings/{slowing_id}")
def as_usual(
    slowing_id: UUID, reason: Why, hand: TheHand, _: DeskAccount, centre: TheCentre
) -> words.ClosureChanged:
    """A slowed stretch is driven as usual again."""
    command = EndSlowing(hand.act(), centre.city.id, slowing_id, reason)
    return words.ClosureChanged(**_in_use(centre, command, end_slowing))


@router.post("/speeds", status_code=201)
def add_speeds(
    body: words.MeasuredSpeeds, hand: TheHand, _: DeskAccount, centre: TheCentre
) -> words.SpeedsTaken:
    """Speeds just measured, beside those known; the newest are kept, and each fades with age."""
    reports = tuple(
        SpeedReport(each.stretch.stretch(), each.kmh, each.measured_at, each.heading_deg)
        for each in body.speeds
    )
    command = ReportSpeeds(hand.act(), centre.city.id, reports)
    return words.SpeedsTaken(**_in_use(centre, command, report_speeds))


def hinders(row: dict[str, Any], moment: datetime) -> bool:
    """Whether it stands: neither ended nor past its end, which may be a second before that is written."""
    if row["status"] != "open":
        return False
    return row["until"] is None or datetime.fromisoformat(row["until"]) > moment


def _in_use(centre: Centre, command: C, handler: Callable[[C, Desk], Outcome]) -> dict[str, Any]:
    told = centre.order(command, handler)
    in_use = centre.traffic.wait_for(told["change"])
    return {**told, "traffic_version": centre.traffic.version, "in_use": in_use}


def _closure(said: words.NewClosure, its_id: UUID) -> Closure:
    return Closure(
        its_id, said.stretch.stretch(), said.reason, tuple(dict.fromkeys(said.profiles)), said.until
    )


def _said(speed: words.NewSpeed) -> SaidSpeed:
    return SaidSpeed(
        stretch=speed.stretch.stretch(),
        share=speed.share,
        reason=speed.reason,
        until=speed.until,
        slowing_id=speed.id,
        kmh=speed.kmh,
        measured_at=speed.measured_at,
        heading_deg=speed.heading_deg,
    )


def _id(kind: str, act: Act) -> UUID:
    """Follows from the order's own id: the same order sent again speaks of the same thing."""
    return natural_id(kind, act.command_id, 0)
