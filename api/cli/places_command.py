"""`vigil places`: where is that? A quick look at what the gazetteer answers."""

import json
from pathlib import Path
from typing import Annotated

import typer

from api.cli.map_options import HERE, Data, Map, built_map, place, said_plainly
from api.cli.progress import shown_progress
from api.maps import name_places
from dispatch.city_file import BadCityFile, load_city
from domain.places import FoundPlace, PlaceTooLong
from routing.errors import MapError
from routing.gazetteer import tables
from routing.gazetteer.city_names import BadNames, CityNames, names_of_city
from routing.gazetteer.find import OfflineGazetteer

ROOT = Path(__file__).resolve().parents[2]


def places(
    said: Annotated[str, typer.Argument(metavar="WORDS", help="An address, a crossing, a name, a code.")],
    map_path: Map,
    city: Annotated[
        str | None, typer.Option("--city", metavar="NAME", help="A folder of cities/: hospitals, wards.")
    ] = None,
    near: Annotated[str | None, typer.Option("--near", metavar="LAT,LON", help="Nearer ones first.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=20)] = 5,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    cities: Annotated[Path, typer.Option("--cities", metavar="DIR", show_default="cities/")] = ROOT
    / "cities",
    data: Data = HERE,
) -> None:
    """What the gazetteer answers to words, the likeliest first."""
    with said_plainly():
        gazetteer = _opened(map_path, data, cities / city if city else None)
        around = place(near, "--near") if near else None
        try:
            found = gazetteer.find(said, around, limit)
        except PlaceTooLong as refusal:
            raise MapError(str(refusal)) from None
    if as_json:
        typer.echo(json.dumps([_as_json(each) for each in found], ensure_ascii=False, indent=1))
        return
    if not found:
        typer.echo("Nothing answers to that.")
    for number, each in enumerate(found, start=1):
        typer.echo(_in_words(number, each))


def _opened(map_path: Path, data: Path, city: Path | None) -> OfflineGazetteer:
    """The gazetteer of a map, its names built first where they are missing. Raises MapError."""
    folder = built_map(map_path, data)
    if not map_path.is_dir():
        with shown_progress(lines=False) as tell:
            name_places(map_path, folder, tell)
    names = tables.load(folder)
    if names is None:
        raise MapError(f"{folder} has no names: name the map's file, and they are read from it.")
    try:
        return OfflineGazetteer(names, names_of_city(load_city(city), city) if city else CityNames())
    except (BadCityFile, BadNames) as fault:
        raise MapError(str(fault)) from None


def _as_json(found: FoundPlace) -> dict[str, object]:
    return {
        "label": found.label,
        "kind": found.kind,
        "position": {"lat": found.position.lat, "lon": found.position.lon},
        "confidence": found.confidence,
        "ambiguous": found.ambiguous,
        "radius_m": found.radius_m,
        "parts": dict(found.parts),
        "reasons": [dict(each) for each in found.reasons],
    }


def _in_words(number: int, found: FoundPlace) -> str:
    spot = f"{found.position.lat:.6f},{found.position.lon:.6f}"
    asked = "  ASK" if found.ambiguous else ""
    head = f"{number:2}. {found.label}\n    {found.kind}  {spot}  +-{found.radius_m:.0f} m"
    lines = [f"{head}  confidence {found.confidence:.2f}{asked}"]
    return "\n".join([*lines, *(f"    {each['en']}" for each in found.reasons)])
