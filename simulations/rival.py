"""What one rival does otherwise than another on the same calls: policies, posts, shifts, pace and beds.

In words, for people and both paths; `simulations/lean/plan_of.py` makes columns of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from domain.policy_book import POLICIES
from domain.values import Priority
from simulations.hospitals import Taken
from simulations.sentence import CannotPlay

MoveUpName = Literal["home", "dmexclp", "mended"]
MOVE_UPS: Final[tuple[MoveUpName, ...]] = ("home", "dmexclp", "mended")
HOURS_OF_WEEK: Final = 168
Shift = tuple[float, float]


def everywhere(policy: str) -> dict[str, str]:
    """The same policy for every priority."""
    return {str(priority): policy for priority in Priority}


@dataclass(frozen=True, slots=True)
class Rival:
    """The calls, the fleet and the ground are the same for all; what is not said here is as it always was.

    policies : the name of the one that chooses the unit, by priority
    move_up  : where free units wait. "home": each at its own station. "dmexclp": who becomes free goes to the
               post where it is missed most (Jagtenberg, Bhulai and van der Mei 2015). "mended": after every
               decision the moves that the desk proposes are made (`dispatch/policies/move_up.py`), by units
               that stand
    shifts   : callsign -> from when to when it is on duty, seconds since the simulation began, in order; who
               is not named is always there. Who is on a run when the shift ends finishes it
    pace     : what every drive takes, as a multiple of its time on the ground, by hour of the week from
               Monday 00:00 by the city's clocks; none: always 1
    beds     : whether beds are taken, held and free again. Else each hospital has those of an ordinary day
    doors    : hospital_id -> handovers there take so many times as long
    stays    : hospital_id -> patients keep their beds there so many times as long
    taken    : beds that other patients lie in all the time; they count where beds are taken at all
    """

    name: str = "closest"
    policies: Mapping[str, str] = field(default_factory=lambda: everywhere("closest"))
    move_up: MoveUpName = "home"
    shifts: Mapping[str, Sequence[Shift]] = field(default_factory=dict)
    pace: Sequence[float] = ()
    beds: bool = False
    doors: Mapping[str, float] = field(default_factory=dict)
    stays: Mapping[str, float] = field(default_factory=dict)
    taken: Taken = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raises ValueError with a sentence."""
        for priority in map(str, Priority):
            policy = self.policies.get(priority)
            if policy not in POLICIES:
                known = ", ".join(POLICIES)
                raise CannotPlay(
                    f"{self.name}: no policy is called {policy!r} for {priority}; there are: {known}."
                )
        if self.move_up not in MOVE_UPS:
            raise CannotPlay(f"{self.name}: move_up is one of {', '.join(MOVE_UPS)}, not {self.move_up!r}.")
        if self.pace and len(self.pace) != HOURS_OF_WEEK:
            raise CannotPlay(f"{self.name}: pace wants {HOURS_OF_WEEK} figures, not {len(self.pace)}.")
        if any(
            not 0 < each < float("inf") for each in (*self.pace, *self.doors.values(), *self.stays.values())
        ):
            raise CannotPlay(f"{self.name}: pace, doors and stays are multiples, greater than 0.")
        for callsign, shifts in self.shifts.items():
            moments = [moment for shift in shifts for moment in shift]
            if moments != sorted(moments) or any(on_s == off_s for on_s, off_s in shifts):
                raise CannotPlay(f"{self.name}: the shifts of {callsign} must follow each other in time.")
