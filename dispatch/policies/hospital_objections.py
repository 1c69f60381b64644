"""Why a hospital is passed over before its road is asked: what it lacks, that it diverts, that it is full."""

from datetime import datetime

from dispatch.policies.hospital_now import HospitalNow
from dispatch.policies.words import Objection
from domain.service_hours import is_open
from domain.values import Needs


def why_not(hospital: HospitalNow, needs: Needs, now: datetime) -> Objection | None:
    """A code and the words for passing a hospital over before its road is asked.

    now : by the clock on the walls of the city
    """
    return lacks(hospital, needs, now) or _diversion(hospital, needs, now) or no_bed(hospital, needs)


def diverts(hospital: HospitalNow, needs: Needs, now: datetime) -> bool:
    return _diversion(hospital, needs, now) is not None


def lacks(hospital: HospitalNow, needs: Needs, now: datetime) -> Objection | None:
    wanted = needs.speciality
    if wanted is None:
        return None
    if wanted not in hospital.specialities:
        return "lacks_speciality", f"no {wanted}", f"không có chuyên khoa {wanted}"
    if keeps_hours(hospital) and not is_open(wanted, hospital.hours, hospital.services, now):
        return "service_closed", f"{wanted} is closed now", f"chuyên khoa {wanted} hiện đóng cửa"
    return None


def keeps_hours(hospital: HospitalNow) -> bool:
    """Whether what it can do hangs on the hour."""
    return bool(hospital.hours or hospital.services)


def _diversion(hospital: HospitalNow, needs: Needs, now: datetime) -> Objection | None:
    if hospital.diverting_until is None or hospital.diverting_until <= now:
        return None
    wanted = {needs.speciality, needs.bed_kind}
    if hospital.diverted_services and not wanted & set(hospital.diverted_services):
        return None
    until = hospital.diverting_until.astimezone(now.tzinfo).isoformat(timespec="minutes")
    return "diverting", f"diverting until {until}", f"ngưng nhận đến {until}"


def lacks_beds(hospital: HospitalNow, needs: Needs) -> Objection | None:
    """Whether it keeps no beds of the kind that is needed, free or not."""
    kind = needs.bed_kind
    if kind is None or kind in hospital.beds:
        return None
    return "lacks_bed_kind", f"keeps no {kind} beds", f"không có giường {kind}"


def no_bed(hospital: HospitalNow, needs: Needs) -> Objection | None:
    kind = needs.bed_kind
    if kind is None:
        return None
    if kind not in hospital.beds:
        return lacks_beds(hospital, needs)
    if hospital.beds[kind].free <= 0:
        return "no_bed", f"no {kind} bed free", f"hết giường {kind}"
    return None
