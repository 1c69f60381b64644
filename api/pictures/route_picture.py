"""A way on the streets around it: where it begins and ends, how long it takes, its streets in order."""

from api.pictures.frame import (
    END,
    HEIGHT,
    INK,
    PANEL,
    QUIET,
    START,
    WIDTH,
    distance,
    draw_frame,
    duration,
    mark,
)
from api.pictures.sheet import Sheet, shortened
from api.pictures.streets import draw_names, draw_streets
from api.pictures.view import view_of
from domain.ports import Traffic
from domain.values import Route
from routing.road_map import RoadMap

ROW = 27
MOST_STEPS = 25


def picture_of_route(road_map: RoadMap, route: Route, profile: str) -> Sheet:
    """The fastest way, drawn."""
    sheet = Sheet(WIDTH, HEIGHT)
    view = view_of(list(route.geometry), PANEL, 0, WIDTH - PANEL, HEIGHT)
    draw_streets(sheet, view, road_map)
    line = view.line(list(route.geometry))
    sheet.lines([line], "#ffffff", 9, stroke_opacity=0.9)
    sheet.lines([line], "#1f5fbf", 5.5)
    draw_names(sheet, view, road_map, [line[0], line[-1]], line)
    mark(sheet, *line[-1], END, "B")
    mark(sheet, *line[0], START, "A")
    draw_frame(sheet, view)
    _panel(sheet, road_map, route, profile)
    return sheet


def _panel(sheet: Sheet, road_map: RoadMap, route: Route, profile: str) -> None:
    sheet.text(24, 52, duration(route.duration_s), 30, font_weight=500)
    sheet.text(24, 82, f"{distance(route.distance_m)} · {driver(profile)}", 16, fill=QUIET)
    y = 122
    mark(sheet, 34, y - 5, START, "A")
    sheet.text(58, y, place(route.geometry[0]), 13, fill=QUIET)
    y += 14
    shown = route.steps if len(route.steps) <= MOST_STEPS else route.steps[: MOST_STEPS - 1]
    for step in shown:
        y += ROW
        name = shortened(step.name or "unnamed street", 14, 176)
        sheet.text(58, y, name, 14, fill=INK if step.name else QUIET)
        sheet.text(316, y, distance(step.distance_m), 13, fill=QUIET, text_anchor="end")
    if len(shown) < len(route.steps):
        y += ROW
        rest = route.steps[len(shown) :]
        sheet.text(58, y, f"and {len(rest)} more streets", 14, fill=QUIET)
        sheet.text(316, y, distance(sum(step.distance_m for step in rest)), 13, fill=QUIET, text_anchor="end")
    y += ROW + 8
    mark(sheet, 34, y - 5, END, "B")
    sheet.text(58, y, place(route.geometry[-1]), 13, fill=QUIET)
    sheet.text(24, HEIGHT - 18, shortened(f"map {road_map.version}", 12, 300), 12, fill=QUIET)


def driver(profile: str, traffic: Traffic = "live") -> str:
    """Who drives, in words. Free flow is driven without blue light, whatever the profile."""
    vehicle = profile.removesuffix("_normal")
    if traffic == "free_flow":
        return f"{vehicle}, normal driving, empty streets"
    return f"{vehicle}, normal driving" if profile.endswith("_normal") else f"{vehicle} on blue light"


def place(spot: tuple[float, float]) -> str:
    return f"{spot[0]:.5f}, {spot[1]:.5f}"
