"""What becomes of the calls of a day that is played."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from dispatch.application import DispatchLog
from simulations.day import CallOfDay


@dataclass(slots=True)
class Served:
    """One call, and what became of it. Seconds since the day began; None while it has not happened.

    nth     : of the calls of the day
    bed     : the kind that is held for the patient
    began_s : when the run was ordered
    """

    call: CallOfDay
    incident_id: UUID
    number: int = 0
    callsign: str | None = None
    on_scene_s: float | None = None
    hospital_id: str | None = None
    stay_s: float = 0.0
    nth: int = 0
    run_id: UUID | None = None
    bed: str | None = None
    began_s: float = 0.0

    @property
    def response_s(self) -> float | None:
        return None if self.on_scene_s is None else self.on_scene_s - self.call.at_s


@dataclass(slots=True)
class Played:
    """driven_m : of all units, by what they drove for; log : all that happened, as a live desk writes it"""

    policies: Mapping[str, str]
    log: DispatchLog | None = None
    served: list[Served] = field(default_factory=list)
    driven_m: dict[str, float] = field(
        default_factory=lambda: {"to_scene": 0.0, "to_hospital": 0.0, "homeward": 0.0}
    )
    busy_s: float = 0.0
    vans: int = 0
