"""Road times and routes, for people and programs."""

from typing import Annotated

from fastapi import HTTPException, Query

from api.dependencies import Planner, TheCentre
from api.room import Room
from api.schema import answers
from api.schema.orders import TravelQuestion
from domain.values import Position

router = Room(tags=["roads"])

Place = Annotated[str, Query(pattern=r"^-?\d{1,3}(\.\d+)?,-?\d{1,3}(\.\d+)?$", examples=["10.7769,106.7009"])]
Profile = Annotated[str, Query(pattern="^(van|motorbike)(_normal)?$")]


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
        raise HTTPException(404, "There is no way by road between these places.")
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
        map_version=roads.map_version,
        traffic_version=roads.traffic_version,
    )


def position(text: str) -> Position:
    lat, lon = text.split(",")
    return Position(float(lat), float(lon))
