"""Moving a free unit to mend the coverage: what is proposed, and with which gain and price."""

from dataclasses import dataclass
from uuid import UUID

from domain.values import Position


@dataclass(frozen=True, slots=True)
class MoveUp:
    """A proposal as it was looked at.

    gain            : of the expected coverage, 0 to 1
    covered_before, covered_after : share of the expected demand that free units reach, 0 to 1
    duration_s, distance_m        : of the drive to the post
    """

    move_up_id: UUID
    callsign: str
    post_id: str
    post_name: str
    position: Position
    gain: float
    covered_before: float
    covered_after: float
    duration_s: float
    distance_m: float
