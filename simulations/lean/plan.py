"""What rivals differ in, in columns: policies, posts, shifts, pace and beds."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from routing.arrays import Float64s, Int32s, Int64s
from simulations.lean.columns import Bools

CLOSEST, KEPT_BACK, COVERAGE_COST, DMEXCLP, PREPAREDNESS, ASKED = range(6)
POLICY_NAMES: Final = ("closest", "closest_kept_back", "coverage_cost", "dmexclp", "preparedness")
"""By their numbers above. ASKED has no name: somebody outside the kernel decides, and it stops for that."""
HOME, FREED_GOES_WHERE_MISSED, MENDED, ASKED_WHERE = range(4)
PRIORITIES: Final = 4


ROADS_KNOWN: Final = np.zeros(0, np.int32)
NOBODY_ELSE: Final = np.zeros((0, 0), np.int32)
ALIKE: Final = np.zeros(0)


class Figures(NamedTuple):
    """As `dispatch.policies.named.PolicyRules` has them. kept, soonest: bool[priorities]"""

    als_kept: int
    cover_kept: float
    kept: Bools
    seconds_a_percent: float
    late_by_cover: bool
    soonest: Bools
    contribution: Float64s
    nearest_s: float


class Cover(NamedTuple):
    """The cells of the demand, and who reaches which.

    first, reached : the cells that cell c reaches by kind k, in order: reached[first[k, c]:first[k, c + 1]]
    counts  : bool[kinds], whether it counts for coverage at all
    als     : bool[units]
    weight  : float64[cells], the demand in whole billionths
    spare   : float64[cells], weight times the chance to be free
    busy_power : float64[units + 1], the chance that so many are all busy
    seconds : uint16[kinds, cells, cells]
    """

    first: Int64s
    reached: Int32s
    counts: Bools
    als: Bools
    weight: Float64s
    spare: Float64s
    busy_power: Float64s
    seconds: NDArray[np.uint16]


class MoveUps(NamedTuple):
    """As `dispatch.policies.move_up.MoveUpRules` has them. Posts are the bases of the ground.

    how       : HOME, FREED_GOES_WHERE_MISSED, MENDED, or ASKED_WHERE: somebody outside says where
                who is freed goes
    post_cell : int32[bases]; by_name: int32[bases], each one's place in the order of their names
    """

    how: int
    least_gain: float
    longest_s: float
    most_moves: int
    most: int
    post_cell: Int32s
    by_name: Int32s


class Shifts(NamedTuple):
    """on_s, off_s : float64[units, shifts], inf for none; no column: everybody is always there
    turns_s        : float64, every moment at which anybody comes or goes, in order
    """

    on_s: Float64s
    off_s: Float64s
    turns_s: Float64s


class Pace(NamedTuple):
    """multiple : float64[hours], by hour of the week where there are 168, else of the whole simulation;
    after the last the first follows
    begins_s : of the simulation's first moment, since Monday 00:00
    """

    multiple: Float64s
    begins_s: float


class Beds(NamedTuple):
    """Where patients are taken, as `dispatch.policies.destination` has it, while beds come and go.

    asked   : whether the rule is asked each time; else its answers of an ordinary day stand
    held    : whether beds are taken at all
    able    : bool[needs, hospitals], who lacks nothing but perhaps a free bed
    kind    : int32[needs], which kind of bed is wanted
    staffed : int32[hospitals, kinds]
    by_name : int32[hospitals], each one's place in the order of their ids
    age_s   : float64[needs, hospitals], what the doubt about counts costs, and all else that stays as it is
              while beds come and go; scarce_*, waiting_s, inbound_s as in `DestinationRules`
    stay_s  : float64[incidents], from handover until the bed is free again
    door    : float64[hospitals], handovers there take so many times as long
    taken   : int32[hospitals, kinds], beds that others lie in all the time; empty where nobody does
    stays   : float64[hospitals], patients keep their beds there so many times as long; empty where alike
    """

    asked: bool
    held: bool
    able: Bools
    kind: Int32s
    staffed: Int32s
    by_name: Int32s
    age_s: Float64s
    scarce_beds: int
    scarce_s: float
    waiting_s: float
    inbound_s: float
    stay_s: Float64s
    door: Float64s
    taken: Int32s = NOBODY_ELSE
    stays: Float64s = ALIKE


class RoadTurns(NamedTuple):
    """When streets close, slow down or open again: from then on a place has another number on the ground.

    at_s   : float64[turns], in order
    first  : int32[turns], the number of the first place from then on
    places : so many have numbers of their own at any one moment
    """

    at_s: Float64s
    first: Int32s
    places: int


NO_TURNS: Final = RoadTurns(np.zeros(0), np.zeros(0, np.int32), 1)


class Plan(NamedTuple):
    """What one rival does.

    policy   : int32[priorities], which of the above chooses
    target_s : float64[priorities], how soon somebody should be there, from the call
    taken_for : int32[places], by the times to which place the unit is chosen, where those who choose know the
                roads otherwise than they are; empty where they know them well
    roads    : who waits while they turn is looked for on those of then
    """

    policy: Int32s
    target_s: Float64s
    figures: Figures
    cover: Cover
    move_up: MoveUps
    shifts: Shifts
    pace: Pace
    beds: Beds
    taken_for: Int32s = ROADS_KNOWN
    roads: RoadTurns = NO_TURNS


NO_FIGURES: Final = Figures(
    0, 0.0, np.zeros(PRIORITIES, np.bool_), 0.0, False, np.zeros(PRIORITIES, np.bool_), np.ones(1), 1.0
)


def no_cover(kinds: int, units: int) -> Cover:
    """One cell without demand, which nobody reaches."""
    return Cover(
        first=np.zeros((kinds, 2), np.int64),
        reached=np.zeros(0, np.int32),
        counts=np.zeros(kinds, np.bool_),
        als=np.zeros(units, np.bool_),
        weight=np.zeros(1),
        spare=np.zeros(1),
        busy_power=np.ones(units + 1),
        seconds=np.zeros((kinds, 1, 1), np.uint16),
    )


def everybody_home(bases: int) -> MoveUps:
    numbers = np.arange(bases, dtype=np.int32)
    return MoveUps(HOME, 0.0, 0.0, 0, 0, np.full(bases, -1, np.int32), numbers)


def always_there(units: int) -> Shifts:
    return Shifts(np.zeros((units, 0)), np.zeros((units, 0)), np.zeros(0))


def steady() -> Pace:
    return Pace(np.ones(168), 0.0)


def ordinary_beds(hospitals: int, needs: int) -> Beds:
    return Beds(
        asked=False,
        held=False,
        able=np.ones((needs, hospitals), np.bool_),
        kind=np.zeros(needs, np.int32),
        staffed=np.zeros((hospitals, 1), np.int32),
        by_name=np.arange(hospitals, dtype=np.int32),
        age_s=np.zeros((needs, hospitals)),
        scarce_beds=1,
        scarce_s=0.0,
        waiting_s=0.0,
        inbound_s=0.0,
        stay_s=np.zeros(0),
        door=np.ones(hospitals),
    )


def as_always(kinds: int, units: int, bases: int, hospitals: int, needs: int) -> Plan:
    """The closest unit, everybody always on duty and at home between runs, an even pace, and beds for all."""
    return Plan(
        policy=np.full(PRIORITIES, CLOSEST, np.int32),
        target_s=np.full(PRIORITIES, np.inf),
        figures=NO_FIGURES,
        cover=no_cover(kinds, units),
        move_up=everybody_home(bases),
        shifts=always_there(units),
        pace=steady(),
        beds=ordinary_beds(hospitals, needs),
    )
