"""What goes into the lean path and what comes out, in columns. Seconds are since the simulation began."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from routing.arrays import Float64s, Int32s, Int64s

Bools = NDArray[np.bool_]
NOBODY = -1
NO_WAY = np.inf


class Incidents(NamedTuple):
    """In the order in which they are opened; equal moments in the order in which they rang. Each array
    [incidents].

    rang_s     : when the caller rang
    opened_s   : when somebody first looks for a unit
    place      : index of the scene among the places of the ground
    priority   : 0 for P1 ... 3 for P4
    need       : index among the needs that the fleet was judged by
    scene_s    : from arrival until the crew leaves, or is done
    transports : whether somebody is taken to a hospital
    handover_s : from arrival at the hospital until handover
    clear_s    : from there until the crew is free
    """

    rang_s: Float64s
    opened_s: Float64s
    place: Int32s
    priority: Int32s
    need: Int32s
    scene_s: Float64s
    transports: Bools
    handover_s: Float64s
    clear_s: Float64s


class Fleet(NamedTuple):
    """In the order of their callsigns, which settles what is equal.

    kind   : int32[units], index among the kinds of the ground
    base   : int32[units], where each is at home, among the bases of the ground
    able   : bool[units, needs], who can do what is needed
    carries: bool[units], whether it can take a patient along
    turnout_s : float64[units], from the order until the wheels turn
    """

    kind: Int32s
    base: Int32s
    able: Bools
    carries: Bools
    turnout_s: Float64s


class Ground(NamedTuple):
    """Road times between the spots where anybody ever is. A spot is a place, a hospital, a base or a point
    that vehicles on their way home pass; NO_WAY where there is none. Seconds to a tenth, as the desk
    reckons.

    to_scene_s, to_scene_m : float64[kinds, spots, places]
    to_hospital_s, to_hospital_m : float64[places, hospitals]
    place_spot, hospital_spot, base_spot : int32, each one's spot
    leaves     : int32[spots], row of the ways home that begin there, -1 for none
    home_s, home_m : float64[kinds, rows, bases], at ordinary speed
    home_first : int64[kinds, rows, bases], where its spots begin in `passes`
    passes     : int32, the spot where a vehicle is at the begin of each stretch of `step_s`
    cell       : int32[spots], the cell of the demand each is in, -1 off the map
    """

    to_scene_s: Float64s
    to_scene_m: Float64s
    to_hospital_s: Float64s
    to_hospital_m: Float64s
    place_spot: Int32s
    hospital_spot: Int32s
    base_spot: Int32s
    leaves: Int32s
    home_s: Float64s
    home_m: Float64s
    home_first: Int64s
    passes: Int32s
    step_s: float
    cell: Int32s


class Served(NamedTuple):
    """What became of each incident; each array [incidents]. Times are inf while something has not happened.

    unit, hospital : NOBODY for none
    """

    unit: Int32s
    hospital: Int32s
    sent_s: Float64s
    on_scene_s: Float64s
    left_s: Float64s
    at_hospital_s: Float64s
    clear_s: Float64s
    scene_m: Float64s
    hospital_m: Float64s


def nothing_yet(incidents: int) -> Served:
    """For the kernel to fill in."""

    def never() -> Float64s:
        return np.full(incidents, np.inf)

    return Served(
        unit=np.full(incidents, NOBODY, np.int32),
        hospital=np.full(incidents, NOBODY, np.int32),
        sent_s=never(),
        on_scene_s=never(),
        left_s=never(),
        at_hospital_s=never(),
        clear_s=never(),
        scene_m=np.zeros(incidents),
        hospital_m=np.zeros(incidents),
    )
