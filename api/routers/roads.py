"""Road times and routes, for people and programs."""

from typing import Annotated

from fastapi import Query

from api.dependencies import Planner, TheCentre
from api.misunderstood import PLACE_SHAPE, PROFILE_SHAPE
from api.room import Room
from api.schema import answers
from api.schema.orders import TravelQuestion
from api.spoken_fault import SpokenFault
from domain.ports import Roads, Traffic
from domain.values import Position

router = Room(tags=["roads"])

FREE_FLOW = "free_flow"

Place = Annotated[str, Query(pattern=PLACE_SHAPE, examples=["10.7769,106.7009"])]
Profile = Annotated[str, Query(pattern=PROFILE_SHAPE)]


@router.get("/route")
def route(
    _: Planner,
    centre: TheCentre,
    origin: Annotated[Place, Query(alias="from")],
    destination: Annotated[Place, Query(alias="to")],
    profile: Profile = "van",
) -> answers.RouteAnswer:
    """The way to drive, with its line and its streets; 404 where there is none."""
    roads = centre.desk.roads.still()
    found = roads.route(position(origin), position(destination), profile)
    if found is None:
        raise SpokenFault(
            404,
            en="There is no way by road between these places.",
            vi="Không có đường đi giữa hai vị trí này.",
        )
    return answers.RouteAnswer(
        duration_s=round(found.duration_s, 1),
        distance_m=round(found.distance_m, 1),
        method=found.method,
        geometry=list(found.geometry),
        steps=[
            answers.RouteStep(
                name=s.name, distance_m=round(s.distance_m, 1), duration_s=round(s.duration_s, 1), turn=s.turn
            )
            for s in found.steps
        ],
        map_version=roads.map_version,
        traffic_version=roads.traffic_version,
    )


@router.post("/travel-times")
def travel_times(body: TravelQuestion, _: Planner, centre: TheCentre) -> answers.TravelTable:
    """A table of road times; null where there is no way."""
    origins = [Position(lat, lon) for lat, lon in body.origins]
    destinations = [Position(lat, lon) for lat, lon in body.destinations]
    roads = centre.desk.roads.still()
    table = roads.table(origins, destinations, body.profile, body.traffic)
    return answers.TravelTable(
        durations_s=[[round(way.duration_s, 1) if way else None for way in row] for row in table],
        distances_m=[[round(way.distance_m, 1) if way else None for way in row] for row in table],
        methods=sorted({way.method for row in table for way in row if way}),
        traffic=body.traffic,
        map_version=roads.map_version,
        traffic_version=version_used(roads, body.traffic),
    )


def version_used(roads: Roads, traffic: Traffic) -> str:
    """Which traffic an answer is made of: free flow knows of none, whatever the roads are like now."""
    return roads.traffic_version if traffic == "live" else FREE_FLOW


def position(text: str) -> Position:
    lat, lon = text.split(",")
    return Position(float(lat), float(lon))
