"""A town that exists nowhere, drawn from a seed: streets to try Vigil on without anybody's map."""

from dataclasses import dataclass
from pathlib import Path

from simulations.town.draw import Progress, plan_town
from simulations.town.traffic import length_km
from simulations.town.writing import write_town

__all__ = ["TownReport", "draw_town"]


@dataclass(frozen=True, slots=True)
class TownReport:
    """What was drawn. `street_nodes` are nodes of any way one can drive or ride, alleys included."""

    seed: int
    street_nodes: int
    van_nodes: int
    nodes: int
    ways: int
    restrictions: int
    bridges: int
    street_km: float
    alley_km: float


def draw_town(seed: int, out: Path, progress: Progress | None = None) -> TownReport:
    """Draw the town of `seed` and write it to `out` (.osm or .osm.pbf), replacing what was there.

    The same seed writes the same bytes. `progress` is told what is being drawn.
    """
    tell = progress or (lambda step: None)
    town = plan_town(seed, tell)
    tell("writing")
    counts = write_town(town, out)
    streets = [road for road in town.roads if road.for_vans]
    alleys = [road for road in town.roads if not road.for_vans]
    return TownReport(
        seed=seed,
        street_nodes=len({node for road in town.roads for node in road.nodes}),
        van_nodes=len({node for road in streets for node in road.nodes}),
        nodes=counts.nodes,
        ways=counts.ways,
        restrictions=counts.restrictions,
        bridges=counts.bridges,
        street_km=length_km(streets, town.places),
        alley_km=length_km(alleys, town.places),
    )
