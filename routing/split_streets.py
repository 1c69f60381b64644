"""From streets and what the map says of turning there to the graph, with figures for the report."""

from collections import Counter
from typing import Any

import numpy as np

from routing.bans import Ban, along_nodes, bans
from routing.driving_side import drives_on_the_left
from routing.graph import Graph
from routing.opening_hours import hours
from routing.ports import build_graph, driven_by_someone
from routing.profiles import VAN_NORMAL
from routing.read_osm import RawStreets
from routing.restrictions import Restriction, binds
from routing.road_map import Streets
from routing.splits import signals, split_junctions
from routing.turns import bearings


def split_streets(streets: Streets, raw: RawStreets) -> tuple[Graph, dict[str, Any]]:
    """The graph, and the report's "restrictions" and "turns"."""
    bearing, left_out, reasons = bearings(streets), Counter[str](), Counter[str]()
    driven = driven_by_someone(streets)
    placed = bans(streets, driven, bearing, raw.restrictions, left_out)
    restricted = np.zeros(streets.nodes, bool)
    restricted[along_nodes(streets, placed)] = True
    here = raw.node_signal > 0
    places, facing = raw.node_lat[here] + 1j * raw.node_lon[here], raw.node_signal[here]
    at_signal, along = signals(streets, places, facing)
    split, waits = split_junctions(streets, at_signal, restricted, reasons)
    middle = float(np.median(raw.node_lat)), float(np.median(raw.node_lon))
    left = drives_on_the_left(*middle, [raw.tag_sets[i].get("driving_side") for i in raw.way_tags.tolist()])
    graph = build_graph(streets, split, waits, at_signal, along, placed, bearing, drives_left=left)
    return graph, {
        "restrictions": _restrictions(raw.restrictions, placed, left_out),
        "turns": {
            "driving_side": "left" if left else "right",
            "junctions_split": {"all": int(split.sum()), **reasons},
            "signals_along_streets": int((graph.arc_signal == 1).sum()),
            "nodes": graph.nodes, "links": graph.arcs - graph.first_link, "copied_arcs": len(graph.copied),
            "arcs_without_a_turn": _traps(graph, raw.restrictions),
        },
    }  # fmt: skip


def _restrictions(kept: list[Restriction], placed: list[Ban], left_out: Counter[str]) -> dict[str, Any]:
    conditions = [r.conditional for r in kept if r.conditional]
    return {
        "kept": len(kept),
        "used": len({ban.rule for ban in placed}),
        "left_out": dict(left_out),
        "conditional": len(conditions),
        "conditions_not_understood_bind_always": sum(not hours(text).understood for text in conditions),
        "holidays_not_known": sum(hours(text).leaves_out_holidays for text in conditions),
        "via_way": sum(bool(r.via_ways) for r in kept),
        "sparing_some": sum(bool(r.spared) for r in kept),
        "used_in_routing": True,
    }


def _traps(graph: Graph, restrictions: list[Restriction]) -> int:
    """Arcs at whose end no turn is left for a van, not even back, if every condition holds at once; these are
    let go (`Graph.barred`)."""
    active = np.array(
        [any(binds(r, VAN_NORMAL, blue_light=False, exempt=False, minute=m) for m in range(0, 10_080, 30))
         for r in restrictions], np.uint8,
    )  # fmt: skip
    return len(graph.dead_ends(graph.closed_by(active)))
