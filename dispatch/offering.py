"""A run begins as an offer where the city's rules want an answer in time."""

from datetime import timedelta

from dispatch.desk import Desk
from dispatch.policies.assignment_rules import shift_day
from domain.assignment_errors import OfferOver, OfferWentOn
from domain.offer import Offer
from domain.run import Run
from domain.unit import Unit
from domain.values import Act, Milestone


def offer_of(run: Run, unit: Unit, priority: str, turn: int, desk: Desk, act: Act) -> Offer | None:
    """The offer that goes with a new run; None where nobody need answer."""
    rules, station = desk.rules.offers, desk.stations.get(unit.station_id)
    within_s = rules.answer_within_s(priority, station)
    if within_s is None:
        return None
    return Offer(
        run_id=run.id,
        incident_id=run.incident_id,
        callsign=unit.callsign,
        asked=rules.whom(station),
        station_id=unit.station_id,
        shift_day=shift_day(act.heard_at, desk.timezone),
        hospital_id=station.hospital if station else None,
        within_s=within_s,
        until=act.heard_at + timedelta(seconds=within_s),
        turn=turn,
        escalate=rules.escalate,
        act=act,
    )


def standing_offer(run: Run, desk: Desk) -> Offer | None:
    return desk.log.find(Offer, Offer.create_id(run.id))


def refuse_if_lapsed(run: Run, milestone: Milestone, desk: Desk) -> None:
    """Whoever answers too late hears that the order went on. Raises OfferOver."""
    if milestone not in (Milestone.ACCEPTED, Milestone.DECLINED, Milestone.EN_ROUTE) or not run.is_over:
        return
    offer = standing_offer(run, desk)
    if offer is not None and offer.lapsed:
        raise OfferOver(callsign=run.callsign, within_s=offer.within_s, next=offer.next_callsign)


def refuse_to_reopen(run: Run, desk: Desk) -> None:
    """An order nobody took in time, or that went on, is given anew: then its clock runs, and whoever gives it
    sees who else is coming. Raises OfferWentOn."""
    offer = standing_offer(run, desk)
    if offer is None or run.milestone != Milestone.ASSIGNED:
        return
    if offer.next_callsign is not None:
        went = {
            "went": f"went on to {offer.next_callsign}",
            "went_vi": f"đã chuyển cho {offer.next_callsign}",
        }
        raise OfferWentOn(callsign=run.callsign, **went)
    if offer.lapsed:
        raise OfferWentOn(callsign=run.callsign, went="lapsed", went_vi="đã hết hạn trả lời")


def taken_by_moving(run: Run, milestone: Milestone, desk: Desk) -> bool:
    """Whether a crew says yes to what it was seen driving to: it is heard, and nothing is new."""
    if milestone != Milestone.ACCEPTED or run.milestone != Milestone.ACCEPTED:
        return False
    offer = standing_offer(run, desk)
    return offer is not None and offer.by_moving


def answered(run: Run, milestone: Milestone, desk: Desk, act: Act) -> list[Offer]:
    """The offer of a run whose first step was just told; empty where there is none, or nothing is new."""
    offer = standing_offer(run, desk)
    if offer is None:
        return []
    match milestone:
        case Milestone.ACCEPTED | Milestone.EN_ROUTE:
            offer.answered("accepted", act)
        case Milestone.DECLINED:
            offer.answered("declined", act)
        case Milestone.STOOD_DOWN:
            offer.answered("called_off", act)
    return [offer] if offer.pending_events else []
