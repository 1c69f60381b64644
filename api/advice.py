"""Advice on the live picture: asked for by a screen, and by an assignment that came without any."""

from uuid import UUID, uuid4

from api.centre import Centre
from api.hand import now
from api.measure import ADVICE
from dispatch.advise import Advice, Need, advise
from domain.errors import UnknownIncident
from domain.values import Needs, Position


def advice_for(centre: Centre, incident_id: UUID) -> Advice:
    """Rank everything for one incident as it stands now. Raises UnknownIncident, PictureBehind."""
    row = centre.row("incidents", str(incident_id))
    if row is None:
        raise UnknownIncident(incident_id=incident_id)
    needs = row["needs"]
    need = Need(
        incident_id=row["id"],
        position=Position(row["position"]["lat"], row["position"]["lon"]),
        needs=Needs(tuple(needs["capabilities"]), needs["bed_kind"], needs["speciality"]),
    )
    # Several questions make it; `advise` puts them all to one state of the roads, so that no ranking mixes
    # two versions, however often streets are closed meanwhile.
    with ADVICE.time():
        return advise(need, centre.picture, centre.desk, now(), uuid4())
