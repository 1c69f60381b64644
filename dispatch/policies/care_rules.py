"""Settings of the care between scene and ward: asking hospitals, spreading casualties, transfers."""

from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

Seconds = Annotated[float, Meta(ge=0)]


@dataclass(frozen=True, slots=True)
class AcceptanceRules:
    """answer_s : a hospital has so long to say whether it takes a patient; then the duty officer is told"""

    answer_s: Annotated[float, Meta(gt=0)] = 120.0


@dataclass(frozen=True, slots=True)
class InboundRules:
    """The board of who is on the way to a hospital.

    refresh_s : an arrival is worked out by road at most this often, and counts down in between
    scene_s   : time on scene that is assumed for a crew that does not carry its patient yet
    """

    refresh_s: Annotated[float, Meta(gt=0)] = 15.0
    scene_s: Seconds = 900.0


@dataclass(frozen=True, slots=True)
class SpreadRules:
    """How many casualties are spread over hospitals.

    share           : of those to be spread no hospital gets more than this share, unless there are too few
                      hospitals for it
    least           : but each may get so many, however few there are
    speciality      : what red ones want beside a bed
    lacks_s         : what it costs, in seconds of drive, where a hospital does not have it
    red, yellow, green : the kinds of beds that fit, the best first; black ones stay
    other_kind_s    : what each step down such a list costs, in seconds of drive
    """

    share: Annotated[float, Meta(gt=0, le=1)] = 0.4
    least: Annotated[int, Meta(ge=1)] = 2
    speciality: str = "trauma"
    lacks_s: Seconds = 900.0
    red: tuple[str, ...] = ("EmergencyDepartment", "AdultICU", "OperatingRooms")
    yellow: tuple[str, ...] = ("EmergencyDepartment", "MedicalSurgical")
    green: tuple[str, ...] = ("MedicalSurgical", "EmergencyDepartment")
    other_kind_s: Seconds = 120.0


@dataclass(frozen=True, slots=True)
class TransferRules:
    """lead_s : an approved transfer becomes an incident so long before it may leave"""

    lead_s: Seconds = 1800.0
