"""Read the four files of `cities/<name>/` into a `City`, or say what is wrong with them."""

import re
import tomllib
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dispatch.city_reader import Entry, Faults, Table
from dispatch.city_rules import check_together
from dispatch.points_file import read_points
from dispatch.posts_file import read_posts
from domain.care_errors import BadHours
from domain.city import (
    CAPABILITIES,
    SPECIALITIES,
    BedFacts,
    Bounds,
    City,
    Commitment,
    HospitalFacts,
    Limit,
    MapFacts,
    Ownership,
    StationFacts,
    Targets,
    UnitFacts,
)
from domain.service_hours import read_hours
from domain.typed_text import safe_to_type
from domain.values import BedKind, Position, Priority, UnitKind


class BadCityFile(ValueError):
    """The files of a city cannot be used; `sentences` name each fault by file, entry and field."""

    def __init__(self, sentences: list[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("\n".join(sentences))


def load_city(folder: Path) -> City:
    """The city described by city.toml, hospitals.toml, stations.toml and fleet.toml in `folder`, and by
    posts.toml and points.csv where they are.

    Raises BadCityFile with every fault found, so that one look is enough to mend them.
    """
    faults = Faults()
    if not folder.is_dir():
        there = sorted(each.name for each in folder.parent.glob("*") if (each / "city.toml").is_file())
        raise BadCityFile([f"There is no city '{folder.name}'; there are: {', '.join(there) or 'none'}."])
    files = {name: _parse(folder / name, faults) for name in _FILES}
    if faults.sentences:
        raise BadCityFile(faults.sentences)
    head = Entry(files["city.toml"], "city.toml", faults)
    city = City(
        id=_identifier(head, "id"),
        name=_names(head.inner("name")),
        fictional=head.truth("fictional", default=False),
        emergency_number=head.text("emergency_number"),
        country_code=head.text("country_code"),
        timezone=_timezone(head),
        languages=head.texts("languages"),
        centre=_position(head.inner("centre")),
        map=_map(head.inner("map")),
        targets=_targets(head.inner("targets")),
        hospitals=tuple(map(_hospital, _entries(files, "hospital", "hospitals.toml", faults))),
        stations=tuple(map(_station, _entries(files, "station", "stations.toml", faults))),
        units=tuple(map(_unit, _entries(files, "unit", "fleet.toml", faults))),
        posts=read_posts(folder, faults),
        points=read_points(folder, faults),
    )
    head.done()
    if city.id and city.id != folder.name:
        faults.say(f"city.toml: id is '{city.id}', but the folder is '{folder.name}'; they must agree.")
    for sentence in check_together(city):
        faults.say(sentence)
    if faults.sentences:
        raise BadCityFile(faults.sentences)
    return city


_FILES = ("city.toml", "hospitals.toml", "stations.toml", "fleet.toml")


def _parse(path: Path, faults: Faults) -> Table:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        faults.say(f"{path.name} is missing from {path.parent}.")
    except UnicodeDecodeError:
        faults.say(f"{path.name} is not UTF-8 text.")
    except tomllib.TOMLDecodeError as error:
        faults.say(f"{path.name} is not TOML: {error}.")
    return {}


def _entries(files: dict[str, Table], kind: str, name: str, faults: Faults) -> list[Entry]:
    tables = files[name].get(kind)
    for other in files[name]:
        if other != kind:
            faults.say(f"{name}: '{other}' is not known here; entries are written [[{kind}]].")
    if not isinstance(tables, list) or not tables:
        faults.say(f"{name} has no [[{kind}]] entry.")
        return []
    label = "callsign" if kind == "unit" else "id"
    entries = []
    for count, table in enumerate(tables, 1):
        known_as = table.get(label) if isinstance(table, dict) else None
        entries.append(Entry(table, f"{name}, {kind} {known_as or f'number {count}'}", faults))
    return entries


def _identifier(entry: Entry, field: str) -> str:
    value = entry.text(field)
    if value and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        entry.fault(field, f"'{value}' must be small letters, digits and single hyphens.")
    return value


def _names(entry: Entry) -> dict[str, str]:
    names = {language: entry.text(language) for language in ("vi", "en")}
    entry.done()
    return names


def _position(entry: Entry) -> Position:
    position = entry.position()
    entry.done()
    return position


def _timezone(entry: Entry) -> str:
    name = entry.text("timezone")
    if name:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            entry.fault("timezone", f"'{name}' is not a time zone such as Asia/Ho_Chi_Minh.")
    return name


def _map(entry: Entry) -> MapFacts:
    kind = entry.one_of("kind", ("extract", "drawn"))
    box = entry.inner("bounds")
    bounds = Bounds(*(box.number(side) for side in ("south", "west", "north", "east")))
    if not (-90 <= bounds.south < bounds.north <= 90 and -180 <= bounds.west < bounds.east <= 180):
        box.fault("south", "the box must lie on the earth, south below north and west before east.")
    box.done()
    if kind == "drawn":
        facts = MapFacts("drawn", bounds, seed=entry.whole("seed"))
    else:
        url = entry.text("extract_url") if entry.has("extract_url") else None
        facts = MapFacts("extract", bounds, extract_url=url)
        if facts.extract_url and not facts.extract_url.startswith("https://"):
            entry.fault("extract_url", f"'{facts.extract_url}' must begin with https://.")
    entry.done()
    return facts


def _targets(entry: Entry) -> Targets:
    response = entry.inner("response_s")
    amber, red = entry.inner("queue_amber_s"), entry.inner("queue_red_s")
    targets = Targets(
        response_s={each: response.whole(each.value, 1) for each in Priority},
        queue={each: _limit(red, amber.whole(each.value, 1), each.value) for each in Priority},
        acknowledge=_limit(entry, entry.whole("acknowledge_amber_s", 1), "acknowledge_red_s"),
        on_scene=_limit(entry, entry.whole("on_scene_amber_s", 1), "on_scene_red_s"),
        handover=_limit(entry, entry.whole("handover_amber_s", 1), "handover_red_s"),
        bed_age=_limit(entry, entry.whole("bed_age_amber_s", 1), "bed_age_red_s"),
        unit_position=_limit(entry, entry.whole("unit_position_amber_s", 1), "unit_position_stale_s"),
    )
    for each in (response, amber, red, entry):
        each.done()
    return targets


def _limit(entry: Entry, amber_s: int, red_field: str) -> Limit:
    red_s = entry.whole(red_field, 1)
    if entry.has(red_field) and red_s <= amber_s:
        entry.fault(red_field, f"{red_s} s must come after amber at {amber_s} s.")
    return Limit(amber_s, red_s)


def _hospital(entry: Entry) -> HospitalFacts:
    facts = HospitalFacts(
        id=_identifier(entry, "id"),
        code=_code(entry),
        name=entry.text("name"),
        name_en=entry.text("name_en"),
        aliases=entry.texts("aliases"),
        position=entry.position(),
        specialities=entry.texts("specialities", SPECIALITIES),
        specialities_assumed=entry.truth("specialities_assumed"),
        beds=_beds(entry.inner("beds")),
        total_beds=entry.whole("total_beds", 1) if entry.has("total_beds") else None,
        source=entry.text("source"),
        hours=_hours(entry),
        hours_assumed=entry.truth("hours_assumed", default=True),
    )
    entry.done()
    return facts


def _hours(entry: Entry) -> dict[str, tuple[str, ...]]:
    """A list of "07:00-17:00" for each speciality that is not always open."""
    hours: dict[str, tuple[str, ...]] = {}
    if not entry.has("hours"):
        return hours
    inner = entry.inner("hours")
    for service in inner.table:
        if service not in entry.texts("specialities"):
            entry.fault("hours", f"'{service}' is none of its specialities.")
        hours[service] = inner.texts(service)
        try:
            read_hours(hours[service])
        except BadHours as refusal:
            inner.fault(service, str(refusal))
    inner.done()
    return hours


def _code(entry: Entry) -> str:
    code = entry.text("code")
    if code and not re.fullmatch(r"[A-Z][A-Z0-9]{1,3}", code):
        entry.fault("code", f"'{code}' must be a capital and one to three more capitals or digits.")
    elif code and not safe_to_type(code):
        entry.fault("code", f"'{code}' would be changed by a Vietnamese keyboard (Telex or VNI).")
    return code


def _beds(entry: Entry) -> dict[BedKind, BedFacts]:
    beds = {}
    for name in entry.table:
        if name not in set(BedKind):
            entry.faults.say(f"{entry.where}: '{name}' is no bed kind; choose from {', '.join(BedKind)}.")
            continue
        row = entry.inner(name)
        beds[BedKind(name)] = BedFacts(row.whole("staffed"), row.truth("assumed"))
        row.done()
    if not entry.table:
        entry.faults.say(f"{entry.where}: at least one kind of bed is needed.")
    return beds


def _station(entry: Entry) -> StationFacts:
    facts = StationFacts(
        id=_identifier(entry, "id"),
        name=entry.text("name"),
        position=entry.position(),
        hospital=entry.text("hospital") if entry.has("hospital") else None,
        ownership=Ownership(entry.one_of("ownership", Ownership)),
        source=entry.text("source"),
        assumed=entry.truth("assumed"),
        said_commitment=(
            Commitment(entry.one_of("commitment", Commitment)) if entry.has("commitment") else None
        ),
    )
    entry.done()
    return facts


def _unit(entry: Entry) -> UnitFacts:
    facts = UnitFacts(
        callsign=entry.text("callsign"),
        kind=UnitKind(entry.one_of("kind", UnitKind)),
        capabilities=entry.texts("capabilities", CAPABILITIES),
        station=entry.text("station"),
        assumed=entry.truth("assumed"),
    )
    if facts.callsign and not re.fullmatch(r"[CTM][1-9][0-9]{0,2}", facts.callsign):
        entry.fault("callsign", f"'{facts.callsign}' must be C, T or M and a number from 1 to 999.")
    entry.done()
    return facts
