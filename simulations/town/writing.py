"""Write a town as OpenStreetMap data, so that it goes through the same importer as a real city."""

from pathlib import Path
from typing import Any, NamedTuple

import osmium
from osmium.osm.mutable import Node, Relation, Way

from simulations.town.curves import Line
from simulations.town.draw import Town
from simulations.town.frame import to_degrees
from simulations.town.network import edges_of
from simulations.town.roads import Road
from simulations.town.sheet import values_at
from simulations.town.traffic import Ban, speed_limit, turn_side

_HIGHWAY: dict[str, dict[str, str]] = {
    "lane": {"highway": "service", "service": "alley", "width": "3.5"},
    "alley": {"highway": "path", "motorcycle": "yes", "motorcar": "no", "width": "1.5"},
}


class Counts(NamedTuple):
    nodes: int
    ways: int
    restrictions: int
    bridges: int


class _Stretch(NamedTuple):
    """Part of a road that becomes one way: its nodes and whether it is a bridge."""

    road: int
    nodes: list[int]
    bridge: bool


def write_town(town: Town, out: Path) -> Counts:
    """Write `out` (.osm, .osm.pbf); what was there is replaced."""
    stretches = _stretches(town)
    used = sorted({node for each in stretches for node in each.nodes})
    osm_id = {node: count for count, node in enumerate(used, 1)}
    shapes = _shapes(town)
    relations = _relations(town, stretches)
    header = osmium.io.Header()
    header.set("generator", "vigil town")
    with osmium.SimpleWriter(str(out), header=header, overwrite=True) as writer:
        for node in used:
            tags = {"highway": "traffic_signals"} if node in town.lights else {}
            writer.add_node(_node(osm_id[node], town.places[node], tags))
        count = len(used)
        for name, (x, y) in town.wards:
            count += 1
            writer.add_node(_node(count, (x, y), {"place": "quarter", "name": name}))
        corners: list[list[int]] = []
        for line, _ in shapes:
            closed = bool((line[0] == line[-1]).all())
            refs = []
            for point in line[:-1] if closed else line:
                count += 1
                writer.add_node(_node(count, point, {}))
                refs.append(count)
            corners.append(refs + refs[:1] if closed else refs)
        for number, each in enumerate(stretches, 1):
            writer.add_way(
                Way(id=number, version=1, nodes=[osm_id[node] for node in each.nodes], tags=_tags(town, each))
            )
        for number, (refs, (_, tags)) in enumerate(zip(corners, shapes, strict=True), len(stretches) + 1):
            writer.add_way(Way(id=number, version=1, nodes=refs, tags=tags))
        for number, (kind, before, via, after) in enumerate(relations, 1):
            members = [("w", before + 1, "from"), ("n", osm_id[via], "via"), ("w", after + 1, "to")]
            writer.add_relation(
                Relation(
                    id=number, version=1, members=members, tags={"type": "restriction", "restriction": kind}
                )
            )
    bridges = sum(each.bridge for each in stretches)
    return Counts(count, len(stretches) + len(shapes), len(relations), bridges)


def _node(number: int, place: Any, tags: dict[str, str]) -> Node:
    lat, lon = to_degrees(float(place[0]), float(place[1]))
    return Node(id=number, version=1, location=(lon, lat), tags=tags)


def _stretches(town: Town) -> list[_Stretch]:
    """Cut roads where a bridge begins or ends, and where a ban needs a way to end."""
    cuts: dict[int, set[int]] = {}
    for ban in town.bans:
        for index in (ban.before, ban.after):
            cuts.setdefault(index, set()).add(ban.via)
    stretches = []
    for index, road in enumerate(town.roads):
        nodes: list[int] = []
        bridge = False
        for a, b in edges_of(road):
            wet = road.crosses and _over_water(town, a, b)
            if nodes and (wet != bridge or a in cuts.get(index, ())):
                stretches.append(_Stretch(index, nodes, bridge))
                nodes = []
            bridge = wet
            nodes = [*nodes, b] if nodes else [a, b]
        if nodes:
            stretches.append(_Stretch(index, nodes, bridge))
    return stretches


def _over_water(town: Town, a: int, b: int) -> bool:
    middle = (town.places[a] + town.places[b]).reshape(1, 2) / 2
    ground = town.ground
    return bool(min(values_at(ground.river, middle)[0], values_at(ground.canal, middle)[0]) < 0)


def _tags(town: Town, each: _Stretch) -> dict[str, str]:
    road: Road = town.roads[each.road]
    tags = dict(_HIGHWAY.get(road.kind, {"highway": road.kind}))
    if road.name:
        tags["name"] = road.name
    if road.ref:
        tags["ref"] = road.ref
    if road.keep:
        tags["junction"] = "roundabout"
    if road.oneway:
        tags["oneway"] = "yes"
    limit = speed_limit(road, each.road)
    if limit is not None:
        tags["maxspeed"] = str(limit)
    if each.bridge:
        tags |= {"bridge": "yes", "layer": "1"}
    if road.kind in ("trunk", "primary") and not road.oneway:
        tags["lanes"] = "4"
    return tags


def _shapes(town: Town) -> list[tuple[Line, dict[str, str]]]:
    """Water, canals and parks: outlines and middle lines with their tags."""
    shapes: list[tuple[Line, dict[str, str]]] = []
    for each in town.streams:
        shapes.append((each.shore(), {"natural": "water", "water": each.kind, "name": each.name}))
        shapes.append((each.course, {"waterway": each.kind, "name": each.name}))
    for park in town.ground.parks:
        shapes.append((park.outline, {"leisure": "park", "name": park.name}))
        if park.pond is not None:
            shapes.append((park.pond, {"natural": "water", "water": "pond"}))
    return shapes


def _relations(town: Town, stretches: list[_Stretch]) -> list[Ban]:
    """The bans, about stretches in place of roads; those without a fitting pair fall away."""
    arms: dict[tuple[int, int], list[int]] = {}
    for number, each in enumerate(stretches):
        for end in {each.nodes[0], each.nodes[-1]}:
            arms.setdefault((each.road, end), []).append(number)
    found = []
    for ban in town.bans:
        pair = _fitting(
            town, stretches, ban, arms.get((ban.before, ban.via), []), arms.get((ban.after, ban.via), [])
        )
        if pair is not None:
            found.append(Ban(ban.kind, pair[0], ban.via, pair[1]))
    return found


def _fitting(
    town: Town, stretches: list[_Stretch], ban: Ban, comings: list[int], goings: list[int]
) -> tuple[int, int] | None:
    for coming in comings:
        nodes = stretches[coming].nodes
        if town.roads[ban.before].oneway and nodes[-1] != ban.via:
            continue
        before = nodes[-2] if nodes[-1] == ban.via else nodes[1]
        for going in goings:
            onward = stretches[going].nodes
            if town.roads[ban.after].oneway and onward[0] != ban.via:
                continue
            if (ban.kind == "no_u_turn") != (coming == going):
                continue
            after = onward[1] if onward[0] == ban.via else onward[-2]
            side = turn_side(town.places, before, ban.via, after)
            if (ban.kind == "no_left_turn" and side < 0) or (ban.kind == "no_right_turn" and side > 0):
                continue
            return coming, going
    return None
