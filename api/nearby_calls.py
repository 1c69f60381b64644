"""What a call may be about: joins the live rows with the policy that compares them."""

from collections.abc import Iterable
from datetime import datetime

from api.centre import Centre
from api.hand import now
from api.schema.answers import Nearby
from api.schema.call_rows import Reason
from api.schema.calls import AllNearby, NearbyCall
from api.schema.rows import Words
from dispatch.policies.nearby import OpenIncident, Proposal, Said, proposals
from domain.phone import normalised
from domain.values import Position
from projections.rows import Row


def near_row(row: Row, centre: Centre) -> list[Nearby]:
    """The open incidents that a call may belong to, its own left out; the likeliest first."""
    found = proposals(_said(row, centre), _incidents(row, centre), centre.desk.rules.calls)
    return [
        Nearby(
            incident_id=one.incident_id,
            number=one.number,
            complaint=one.complaint,
            distance_m=one.distance_m,
            age_s=one.age_s,
            score=one.score,
            reasons=_words(one),
        )
        for one in found
    ]


def all_near(row: Row, centre: Centre) -> AllNearby:
    """The same, and the open calls that nobody has made an incident of."""
    found = proposals(_said(row, centre), _calls(row, centre), centre.desk.rules.calls)
    calls = [
        NearbyCall(
            call_id=one.incident_id,
            complaint=one.complaint,
            distance_m=one.distance_m,
            age_s=one.age_s,
            score=one.score,
            reasons=[Reason(**reason) for reason in one.reasons],
        )
        for one in found
    ]
    return AllNearby(incidents=near_row(row, centre), calls=calls)


def _said(row: Row, centre: Centre) -> Said:
    return Said(
        at=now(),
        position=_position(row["position"]),
        complaint=row["complaint"],
        determinant=row["determinant"],
        phone=_number(row, centre),
    )


def _incidents(row: Row, centre: Centre) -> Iterable[OpenIncident]:
    for incident in centre.views.rows("incidents"):
        position = _position(incident["position"])
        if incident["closed_at"] is not None or incident["id"] == row["incident_id"] or position is None:
            continue
        yield OpenIncident(
            incident_id=incident["id"],
            number=incident["number"],
            position=position,
            opened_at=datetime.fromisoformat(incident["opened_at"]),
            complaint=incident["complaint"],
            determinant=incident["determinant"],
            phones=frozenset(_number(call, centre) for call in _in_memory(incident["call_ids"], centre)),
        )


def _calls(row: Row, centre: Centre) -> Iterable[OpenIncident]:
    """Open calls, in the shape of what may be joined. One without a place is compared by its number alone."""
    for call in centre.views.rows("calls"):
        position = _position(call["position"])
        if call["status"] in ("open", "triaged") and call["id"] != row["id"] and position is not None:
            yield OpenIncident(
                incident_id=call["id"],
                number=0,
                position=position,
                opened_at=datetime.fromisoformat(call["received_at"]),
                complaint=call["complaint"],
                determinant=call["determinant"],
                phones=frozenset({_number(call, centre)}),
            )


def _in_memory(call_ids: Iterable[str], centre: Centre) -> Iterable[Row]:
    """An order that is being carried out never waits for the store."""
    for call_id in call_ids:
        if centre.views.in_memory("calls", call_id) and (row := centre.views.row("calls", call_id)):
            yield row


def _number(row: Row, centre: Centre) -> str:
    return normalised(row["phone"], centre.desk.country_code)


def _position(place: Row | None) -> Position | None:
    return None if place is None else Position(place["lat"], place["lon"])


def _words(proposal: Proposal) -> list[Words]:
    return [Words(**reason) for reason in proposal.reasons]
