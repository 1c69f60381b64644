"""Advice on the live picture: asked for by a screen, and by an assignment that came without any."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from api.centre import Centre
from api.hand import now
from api.measure import ADVICE
from dispatch.advise import Advice, Choosing, Need, advise
from dispatch.covering import choosing, policy_for
from dispatch.need import left_of
from dispatch.of_rows import needs_of, position_of
from dispatch.policies.fleet import UnitNow
from dispatch.still_picture import StillPicture
from domain.errors import UnknownIncident
from domain.values import Priority
from projections.rows import Row


def advice_for(centre: Centre, incident_id: UUID) -> Advice:
    """Rank everything for one incident as it stands now. Raises UnknownIncident, PictureBehind."""
    row = centre.row("incidents", str(incident_id))
    if row is None:
        raise UnknownIncident(incident_id=incident_id)
    # Several questions make it; `advise` puts them all to one state of the roads, so that no ranking mixes
    # two versions, however often streets are closed meanwhile.
    with ADVICE.time():
        seen, moment = StillPicture.of(centre.picture), now()
        need = need_of(centre, row, moment)
        chosen = choosing_for(centre, need.priority, seen.units, moment)
        return advise(need, seen, centre.desk, moment, uuid4(), chosen)


def need_of(centre: Centre, row: Row, moment: datetime) -> Need:
    """What an incident's row says of it at this moment, as far as choosing goes by it."""
    priority = row["priority"]
    promised_s = float(centre.city.targets.response_s[Priority(priority)])
    return Need(
        incident_id=row["id"],
        position=position_of(row["position"]),
        needs=needs_of(row["needs"]),
        priority=priority,
        patients=row["patients"],
        alarm_level=row.get("alarm_level", 1),
        determinant=row["determinant"],
        plan=row.get("plan"),
        target_s=left_of(promised_s, (moment - _rang_at(centre, row)).total_seconds()),
    )


def _rang_at(centre: Centre, row: Row) -> datetime:
    """When the first call came of which anything is at hand: what was promised is promised from there on."""
    calls = [centre.views.row("calls", call_id) for call_id in row["call_ids"]]
    return min(
        datetime.fromisoformat(told)
        for told in (row["opened_at"], *(call["received_at"] for call in calls if call is not None))
    )


def choosing_for(centre: Centre, priority: str, fleet: Sequence[UnitNow], moment: datetime) -> Choosing:
    """By which policy a priority is served now, on the coverage of the fleet that is ranked by it."""
    desk, said = centre.desk, centre.views.row("policies", centre.city.id)
    name = policy_for(priority, said["policies"] if said is not None else {}, desk.rules)
    return choosing(name, fleet, desk.coverage, desk.rules, moment)
