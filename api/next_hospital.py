"""Where a run could go instead: hospitals ranked from where it is now, without those that sent it on."""

from api.centre import Centre
from api.hand import now
from dispatch.policies import destination
from dispatch.policies.destination import HospitalRanking
from domain.errors import UnknownRun
from domain.values import Milestone, Needs, Position
from projections.rows import Row

CARRYING = (Milestone.TRANSPORTING, Milestone.AT_HOSPITAL)


def other_hospitals(centre: Centre, run_id: str) -> HospitalRanking:
    """From its newest position once the patient is aboard, else from the scene. Raises UnknownRun."""
    run = centre.row("runs", run_id)
    incident = centre.row("incidents", run["incident_id"]) if run is not None else None
    if run is None or incident is None:
        raise UnknownRun(run_id=run_id)
    needs = incident["needs"]
    wanted = Needs(tuple(needs["capabilities"]), run["bed_kind"] or needs["bed_kind"], needs["speciality"])
    start = _start(centre, run, incident)
    here = now().astimezone(centre.desk.timezone)
    roads = centre.desk.roads.still()
    candidates = [
        each for each in centre.picture.hospitals_now() if each.hospital_id not in _tried(centre, run)
    ]
    able, rejected = destination.sift(candidates, wanted, here, start)
    ways = roads.from_scene(start, [each.position for each in able], "van")
    return destination.rank(able, ways, rejected, wanted, centre.desk.rules.destination, here, start)


def next_hospital(centre: Centre, run_id: str) -> str | None:
    """The first of them, None where there is none."""
    found = other_hospitals(centre, run_id).hospitals
    return found[0].hospital_id if found else None


def _start(centre: Centre, run: Row, incident: Row) -> Position:
    ping = centre.telemetry.positions.latest(run["callsign"])
    if run["status"] in CARRYING and ping is not None:
        return Position(ping.lat, ping.lon)
    return Position(incident["position"]["lat"], incident["position"]["lon"])


def _tried(centre: Centre, run: Row) -> set[str | None]:
    """Where it is bound, and whoever sent it on or did not answer."""
    referral = centre.views.row("referrals", run["id"])
    declined = [each["hospital_id"] for each in referral["declined"]] if referral else []
    return {run["hospital_id"], *declined}
