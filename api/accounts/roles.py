"""The seven roles, and for whom an account may speak."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person does here. A planner reads; the others also write, each in their own field."""

    DISPATCHER = "dispatcher"
    HOSPITAL = "hospital"
    CREW = "crew"
    PLANNER = "planner"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"
    CLINICIAN = "clinician"


DESK = (Role.DISPATCHER, Role.SUPERVISOR, Role.ADMIN)
"""The centre itself: may speak for any hospital and any unit, as they do on the telephone."""
SEES_ALL = (*DESK, Role.CLINICIAN)
"""Those who care for every patient and hear every caller. A clinician advises, and sends nobody."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody known to us, without their secrets.

    hospital_id : set for the role hospital alone
    callsign    : set for the role crew alone
    """

    username: str
    role: Role
    hospital_id: str | None = None
    callsign: str | None = None


def may_speak_for_hospital(account: Account, hospital_id: str) -> bool:
    """Whether the account may report beds and diversions of this hospital."""
    if account.role is Role.HOSPITAL:
        return account.hospital_id == hospital_id
    return account.role in DESK


def may_speak_for_unit(account: Account, callsign: str) -> bool:
    """Whether the account may report milestones, duty and pings of this unit."""
    if account.role is Role.CREW:
        return account.callsign == callsign
    return account.role in DESK
