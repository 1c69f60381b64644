"""How far a run has come, in the words of the unit board and of the incident list."""

from domain.values import Duty, Milestone

UNIT_STATUS: dict[str, str] = {
    Milestone.ASSIGNED: "DP",
    Milestone.ACCEPTED: "DP",
    Milestone.EN_ROUTE: "EN",
    Milestone.ON_SCENE: "SC",
    Milestone.PATIENT_CONTACT: "SC",
    Milestone.TRANSPORTING: "TR",
    Milestone.AT_HOSPITAL: "HP",
    Milestone.HANDED_OVER: "HP",
}
"""A unit's status while its run stands at a milestone; a run that is over says nothing of its unit."""

INCIDENT_STAGES = ("assigned", "en_route", "on_scene", "transporting", "at_hospital")
"""In the order of a whole run; an incident stands where its most advanced active run stands."""

INCIDENT_STAGE: dict[str, str] = {
    Milestone.ASSIGNED: "assigned",
    Milestone.ACCEPTED: "assigned",
    Milestone.EN_ROUTE: "en_route",
    Milestone.ON_SCENE: "on_scene",
    Milestone.PATIENT_CONTACT: "on_scene",
    Milestone.TRANSPORTING: "transporting",
    Milestone.AT_HOSPITAL: "at_hospital",
    Milestone.HANDED_OVER: "at_hospital",
}


def idle_status(duty: str) -> str:
    """A unit without a run: AV available, or NS not in service."""
    return "AV" if duty == Duty.ON_DUTY else "NS"
