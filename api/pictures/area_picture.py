"""What lies within reach, on the streets around: one tint for each limit, the shortest the darkest."""

from collections.abc import Sequence

from api.pictures.frame import HEIGHT, INK, PANEL, QUIET, START, WIDTH, draw_frame, duration, mark
from api.pictures.route_picture import driver
from api.pictures.sheet import Sheet, shortened
from api.pictures.streets import PAPER, draw_names, draw_streets
from api.pictures.view import view_of
from domain.areas import Area
from domain.ports import Traffic
from domain.values import Position
from routing.road_map import RoadMap

TINTS = ("#0b6e4f", "#2f9e6e", "#7dbb42", "#d9b310", "#e8871e", "#c8452c")
TINTED = 0.45


def picture_of_areas(
    road_map: RoadMap,
    areas: Sequence[Area],
    places: Sequence[Position],
    title: str,
    profile: str,
    traffic: Traffic = "live",
) -> Sheet:
    """The areas, the longest limit beneath; `places` are marked."""
    sheet = Sheet(WIDTH, HEIGHT)
    corners = [spot for area in areas for polygon in area.polygons or () for spot in polygon[0]]
    corners += [(place.lat, place.lon) for place in places]
    view = view_of(corners, PANEL, 0, WIDTH - PANEL, HEIGHT)
    draw_streets(sheet, view, road_map)
    tinted = list(zip(sorted(areas, key=lambda area: area.limit_s), TINTS, strict=False))
    # from far away a border would be wider than what it surrounds
    line = 1.6 if view.metres < 25 else 0.4
    shapes = [
        (tint, [[view.line(list(ring)) for ring in polygon] for polygon in area.polygons or ()])
        for area, tint in reversed(tinted)
    ]
    # the smaller lie on the larger, and only all of them together let the streets through: no tint mixes
    # with another, so that each looks as in the legend
    sheet.begin_group(opacity=TINTED)
    for tint, polygons in shapes:
        for rings in polygons:
            sheet.area(rings, tint)
    sheet.end_group()
    for tint, polygons in shapes:
        for rings in polygons:
            sheet.area(rings, "none", stroke=tint, stroke_width=line, stroke_opacity=0.9)
    marks = view.line([(place.lat, place.lon) for place in places])
    draw_names(sheet, view, road_map, list(marks))
    for x, y in marks:
        if len(places) == 1:
            mark(sheet, x, y, START, "A")
        else:
            sheet.dot(x, y, 5, INK, stroke="#ffffff", stroke_width=2)
    draw_frame(sheet, view)
    _panel(sheet, road_map, [*tinted], title, driver(profile, traffic))
    return sheet


def _panel(
    sheet: Sheet, road_map: RoadMap, tinted: Sequence[tuple[Area, str]], title: str, drives: str
) -> None:
    sheet.text(24, 48, shortened(title, 22, 330), 22, font_weight=500)
    sheet.text(24, 76, drives, 16, fill=QUIET)
    y = 120
    for area, tint in tinted:
        sheet.box(24, y - 14, 22, 22, PAPER)
        sheet.box(24, y - 14, 22, 22, tint, fill_opacity=TINTED, stroke=tint, stroke_width=1.5)
        sheet.text(58, y + 3, f"within {duration(area.limit_s)}", 17)
        sheet.text(58, y + 26, _figures(area), 13.5, fill=QUIET)
        if area.demand_share is not None:
            sheet.text(58, y + 46, f"{area.demand_share:.0%} of the streets people live on", 13.5, fill=QUIET)
        y += 78
    sheet.text(24, HEIGHT - 40, "Within 75 m of a street that is reached in time.", 12, fill=QUIET)
    sheet.text(24, HEIGHT - 18, shortened(f"map {road_map.version}", 12, 300), 12, fill=QUIET)


def _figures(area: Area) -> str:
    ground = f"{area.area_km2:.1f} km²"
    return ground if area.street_km is None else f"{ground} · {area.street_km:.0f} km of street"
