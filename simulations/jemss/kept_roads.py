"""The network of a JEMSS model, kept beside its tables, so that its nights have road times of their own."""

from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from routing.arrays import Float64s, Int32s
from simulations.experiment.keep import keep, kept
from simulations.jemss.network import Network, plane_of
from simulations.jemss.roads import NetworkRoads
from simulations.lean.columns import Bools

ROADS: Final = "roads.npz"
LIGHTS, REGULAR = "van", "van_normal"


class KeptRoads(NamedTuple):
    """lat ... seconds : as `Network` has them; scales : kilometres a degree, east and north
    modes : which way of driving is on lights, and which is not; off_road_mps : of each way of driving
    """

    lat: Float64s
    lon: Float64s
    access: Bools
    tail: Int32s
    head: Int32s
    metres: Float64s
    seconds: Float64s
    scales: Float64s
    modes: Int32s
    off_road_mps: Float64s
    version: str


def keep_roads(folder: Path, roads: NetworkRoads) -> None:
    its = roads.network
    keep(
        folder / ROADS,
        KeptRoads(
            its.lat,
            its.lon,
            its.access,
            its.tail,
            its.head,
            its.metres,
            its.seconds,
            np.array([roads.plane.x_scale, roads.plane.y_scale]),
            np.array([roads.modes[LIGHTS], roads.modes[REGULAR]], np.int32),
            np.array(roads.off_road_mps, np.float64),
            roads.map_version,
        ),
    )


def roads_beside(folder: Path) -> NetworkRoads | None:
    """None where the model came without. Raises ValueError with a sentence where they are damaged."""
    path = folder / ROADS
    if not path.is_file():
        return None
    found = kept(path, KeptRoads)
    network = Network(found.lat, found.lon, found.access, found.tail, found.head, found.metres, found.seconds)
    lights, regular = found.modes.tolist()
    return NetworkRoads(
        network,
        plane_of(network, *found.scales.tolist()),
        {LIGHTS: lights, REGULAR: regular},
        found.off_road_mps.tolist(),
        found.version,
    )
