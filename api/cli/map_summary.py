"""The report of a built map as tables for people."""

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table

from routing.road_map import RoadMap

MEANS = {
    "ways": "streets",
    "ferries": "ferries",
    "ways_that_are_no_street": "ways that are no street (proposed, steps, ...)",
    "nodes": "places that streets run through",
    "barriers": "barriers on streets",
    "restriction_relations": "turn restrictions in the file",
    "restrictions_kept": "turn restrictions understood",
    "reference_to_missing_node": "references to places that are not in the file: streets are cut there",
    "way_given_twice": "streets given twice; the first counts",
    "way_with_less_than_two_nodes": "streets of less than two places",
    "way_without_two_nodes_in_a_row": "streets of which no two neighbouring places are in the file",
    "restriction_without_via": "turn restrictions that do not say where",
    "restriction_without_from_or_to": "turn restrictions that do not say from where or whereto",
    "restriction_on_missing_way": "turn restrictions on streets that are not in the file",
    "way_closed_to_every_profile": "streets that nobody here may drive",
    "street_without_length": "streets without length",
    "street_end_at_a_barrier": "street ends at a barrier that some may not pass",
    "kept": "kept",
    "conditional": "at certain times",
    "via_way": "over several streets",
    "sparing_some": "that spare some vehicles",
}
MOST_ISLANDS = 8


def summary(road_map: RoadMap) -> RenderableType:
    """What the map is, what was read, dropped and left out, who can drive it, what is cut off."""
    report = road_map.report
    parts: list[RenderableType] = [_facts(report)]
    for title, section in (
        ("Read from the file", "read"),
        ("Dropped: broken in the file", "dropped"),
        ("Left out, or changed", "left_out"),
        ("Turn restrictions", "restrictions"),
    ):
        parts.append(_counts(title, report.get(section, {})))
    parts += [_profiles(report), _islands(report), str(report.get("attribution", ""))]
    return Group(*[line for part in parts for line in (part, "")][:-1])


def _facts(report: Mapping[str, Any]) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    graph, source = report["graph"], report.get("source", {})
    south, west, north, east = report["bounds"]
    table.add_row("Map", f"[bold]{escape(str(report['version']))}[/bold]")
    if source:
        table.add_row("Made of", f"{escape(str(source['file']))} ({source['bytes'] / 1e6:.1f} MB)")
    table.add_row("Lies between", f"{south:.4f}, {west:.4f} and {north:.4f}, {east:.4f}")
    table.add_row("Driving habits", escape(str(report["practice"])))
    pieces = f"{graph['edges']:,} pieces between {graph['nodes']:,} junctions"
    table.add_row("Streets", f"{graph['street_km']:,.0f} km: {pieces}")
    return table


def _counts(title: str, counts: Mapping[str, Any]) -> RenderableType:
    table = _two_columns(title)
    shown = {name: count for name, count in counts.items() if isinstance(count, int) and count}
    for name, count in shown.items():
        said = "yes" if count is True else f"{count:,}"
        table.add_row(said, escape(MEANS.get(name, name.replace("_", " "))))
    if not shown:
        table.add_row("", "nothing")
    return table


def _two_columns(title: str) -> Table:
    """Figures to the right, words to the left."""
    table = Table(box=None, show_header=False, title=title, title_justify="left", title_style="bold")
    table.min_width = 60
    table.add_column(justify="right", min_width=11)
    table.add_column()
    return table


def _profiles(report: Mapping[str, Any]) -> Table:
    table = Table(
        box=None, title="Who can drive it", title_justify="left", title_style="bold", padding=(0, 3, 0, 0)
    )
    table.add_column("  profile")
    for column in ("streets km", "cut-off parts", "of these crumbs", "crumbs km", "traps km"):
        table.add_column(column, justify="right")
    for name, figures in report["profiles"].items():
        km, crumb_km = f"{figures['street_km']:,.1f}", f"{figures['crumb_km']:,.1f}"
        parts, crumbs = str(max(0, figures["parts"] - 1)), str(figures["crumbs"])
        table.add_row(f"  {name}", km, parts, crumbs, crumb_km, f"{figures.get('one_way_traps_km', 0):,.1f}")
    return table


def _islands(report: Mapping[str, Any]) -> RenderableType:
    """Of the van alone: most are islands for the others too."""
    islands = report["profiles"].get("van", {}).get("islands", [])
    table = _two_columns("Islands for a van: no way leads there by road")
    for island in islands[:MOST_ISLANDS]:
        table.add_row(f"{island['street_km']:.1f} km", f"around {island['lat']:.5f}, {island['lon']:.5f}")
    if len(islands) > MOST_ISLANDS:
        table.add_row("", f"and {len(islands) - MOST_ISLANDS} more (--json tells)")
    if not islands:
        table.add_row("", "none")
    return table
