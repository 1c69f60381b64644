"""The part of a run's row that tells of its offer."""

from domain.offer import Offer
from projections.rows import Row, id_text, moment

OFFER_FACTS = (Offer.Made, Offer.SeenUnderWay, Offer.Answered, Offer.Lapsed, Offer.PassedOn)


Told = Offer.Made | Offer.SeenUnderWay | Offer.Answered | Offer.Lapsed | Offer.PassedOn


def offer_after(offer: Row | None, event: Told) -> Row:
    """state : open, accepted, declined, called_off or lapsed; settled : passed on, or left to people;
    by_moving : nobody pressed anything, the unit drives to the scene"""
    match event:
        case Offer.Made():
            return {
                "asked": event.asked,
                "station_id": event.station_id,
                "hospital_id": event.hospital_id,
                "within_s": event.within_s,
                "until": moment(event.until),
                "turn": event.turn,
                "escalate": event.escalate,
                "state": "open",
                "answered_at": None,
                "by_moving": False,
                "settled": False,
                "next_run_id": None,
                "next_callsign": None,
            }
        case Offer.SeenUnderWay():
            return {**(offer or {}), "by_moving": True}
        case Offer.Answered(answer=answer):
            return {**(offer or {}), "state": answer, "answered_at": moment(event.act.at)}
        case Offer.Lapsed():
            return {**(offer or {}), "state": "lapsed"}
        case Offer.PassedOn(next_run_id=next_run_id, next_callsign=callsign):
            next_run = id_text(next_run_id) if next_run_id is not None else None
            return {**(offer or {}), "settled": True, "next_run_id": next_run, "next_callsign": callsign}
