"""What is known of a telephone number: its book, joined with the rows of its calls and incidents.

The book is found by the number itself, and the rows by their ids, wherever they are: nothing is searched.
"""

from collections.abc import Sequence

from api.centre import Centre
from api.hand import now
from api.noted import notes_on
from api.schema.call_rows import CallbackRow, Reason
from api.schema.calls import CallerCard, EarlierCallRow, EarlierIncident, Prefill
from api.schema.rows import Point
from dispatch.policies.nuisance import suspicion
from domain.caller import Caller
from domain.phone import normalised
from projections.rows import Row

SHOWN = 20
INCIDENTS_READ = 5
"""Of so many incidents, the newest, the notes are read."""


def card_of(phone: str, centre: Centre) -> CallerCard:
    """Raises OperationalError where the log does not answer."""
    number = normalised(phone, centre.desk.country_code)
    caller = centre.desk.log.caller(number)
    book = list(caller.calls.values()) if caller is not None else []
    found = suspicion(number, book, now(), centre.desk.rules.calls)
    rows = _calls(caller, centre)
    incidents = _incidents(rows, centre)
    callback = centre.views.row("callbacks", str(Caller.create_id(number)))
    return CallerCard(
        phone=number,
        calls_known=len(book),
        calls=[_earlier(row, incidents) for row in rows],
        addresses=list(dict.fromkeys(row["address"] for row in rows if row["address"])),
        notes=notes_on(list(incidents.values())[:INCIDENTS_READ], centre),
        score=found.score,
        suspected=found.suspected,
        reasons=[Reason(**reason) for reason in found.reasons],
        callback=CallbackRow.model_validate(callback) if callback and callback["status"] == "open" else None,
    )


def prefill_of(row: Row, centre: Centre) -> Prefill:
    """What a call to this number begins with: the last that somebody said under it."""
    last = next(iter(_calls(centre.desk.log.caller(row["phone"]), centre, most=1)), None)
    if last is None:
        return Prefill(phone=row["phone"], caller_name=None, address=None, position=None)
    position = Point(**last["position"]) if last["position"] else None
    return Prefill(
        phone=row["phone"], caller_name=last["caller_name"], address=last["address"], position=position
    )


def _calls(caller: Caller | None, centre: Centre, most: int = SHOWN) -> list[Row]:
    """The rows of its calls, the newest first."""
    if caller is None:
        return []
    newest = sorted(caller.calls.values(), key=lambda call: call.at, reverse=True)[:most]
    rows = (centre.views.row("calls", str(call.call_id)) for call in newest)
    return [row for row in rows if row is not None]


def _incidents(calls: Sequence[Row], centre: Centre) -> dict[str, Row]:
    """By id, in the order of the calls."""
    ids = dict.fromkeys(row["incident_id"] for row in calls if row["incident_id"])
    found = {its_id: centre.views.row("incidents", its_id) for its_id in ids}
    return {its_id: row for its_id, row in found.items() if row is not None}


def _earlier(call: Row, incidents: dict[str, Row]) -> EarlierCallRow:
    row = incidents.get(call["incident_id"] or "")
    incident = None
    if row is not None:
        incident = EarlierIncident(
            id=row["id"],
            number=row["number"],
            priority=row["priority"],
            status=row["status"],
            outcome=row.get("outcome"),
            closed_reason=row["closed_reason"],
        )
    return EarlierCallRow(
        id=call["id"],
        received_at=call["received_at"],
        status=call["status"],
        outcome=call.get("outcome"),
        caller_name=call["caller_name"],
        address=call["address"],
        complaint=call["complaint"],
        incident=incident,
    )
