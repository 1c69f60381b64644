"""Where is that? And what is this place called? Answered from the map, never from a network."""

from typing import Annotated

from fastapi import Query

from api.dependencies import Desk, FieldWorker, TheCentre
from api.place_history import history_of
from api.room import Room
from api.routers.roads import Place, position
from api.schema.calls import PlaceHistory
from api.schema.places import PlaceHere, PlacesFound, told
from domain.values import Position

router = Room(prefix="/places", tags=["places"])

MOST = 20


@router.get("")
def places(
    _: Desk,
    centre: TheCentre,
    q: Annotated[str, Query(description="What was said: at most 200 letters.")],
    near: Place | None = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 8,
) -> PlacesFound:
    """The places that answer to what a caller said, the likeliest first.

    An address, an alley, a crossing, a thing with a name, a ward, a plus code, coordinates; with or without
    diacritics. Of places that answer as well, those nearer to `near` come first, else to the city's centre.
    """
    found = centre.gazetteer.find(q, position(near) if near else None, limit)
    return PlacesFound(places=[told(each) for each in found], map_version=centre.map.version)


@router.get("/history")
def history(
    _: Desk, centre: TheCentre, at: Place, most: Annotated[int, Query(ge=1, le=MOST)] = 8
) -> PlaceHistory:
    """What happened at a place before, whoever rang, and what was noted there: a dog, a code, a danger."""
    return history_of(position(at), centre, most)


@router.get("/reverse")
def reverse(
    _: FieldWorker,
    centre: TheCentre,
    lat: Annotated[float, Query(ge=-90, le=90, allow_inf_nan=False)],
    lon: Annotated[float, Query(ge=-180, le=180, allow_inf_nan=False)],
) -> PlaceHere:
    """The address of a place: the house it is at, else the street, else the ward."""
    found = centre.gazetteer.reverse(Position(lat, lon))
    return PlaceHere(place=told(found) if found else None, map_version=centre.map.version)
