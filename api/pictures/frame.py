"""What stands around a picture: the panel with words, the scale, the source of the map, marks for places."""

from math import floor, log10
from typing import Final

from api.pictures.sheet import Sheet
from api.pictures.view import View

WIDTH: Final = 1480
HEIGHT: Final = 940
PANEL: Final = 340
CREDIT: Final = "© OpenStreetMap contributors, ODbL"
START, END = "#1b7f4b", "#b3261e"
INK, QUIET = "#1d2733", "#5d6876"


def draw_frame(sheet: Sheet, view: View) -> None:
    """Cover what ran over the edge of the map; scale and credit upon it."""
    sheet.box(0, 0, PANEL, HEIGHT, "#ffffff")
    sheet.lines([[(PANEL, 0), (PANEL, HEIGHT)]], "#d8d3c7", 1)
    _scale(sheet, view)
    wide = 262.0
    x, y = view.left + view.width - wide, view.top + view.height - 24
    sheet.box(x, y, wide, 24, "#ffffff", fill_opacity=0.85)
    sheet.text(x + wide / 2, y + 16.5, CREDIT, 13, text_anchor="middle", fill=INK)


def mark(sheet: Sheet, x: float, y: float, colour: str, letter: str) -> None:
    """A pin with a letter: colour alone does not tell."""
    sheet.dot(x, y, 13, colour, stroke="#ffffff", stroke_width=3)
    sheet.text(x, y, letter, 14, fill="#ffffff", text_anchor="middle", dy="0.35em", font_weight=500)


def duration(seconds: float) -> str:
    """`8 min 20 s`, `1 h 5 min`."""
    whole = round(seconds)
    if whole >= 3600:
        return f"{whole // 3600} h {whole % 3600 // 60} min"
    minutes, rest = divmod(whole, 60)
    return f"{minutes} min" + (f" {rest} s" if rest else "") if minutes else f"{rest} s"


def distance(metres: float) -> str:
    """`240 m`, `3.4 km`."""
    return f"{metres / 1000:.1f} km" if metres >= 950 else f"{round(metres, -1):.0f} m"


def _scale(sheet: Sheet, view: View) -> None:
    longest = 180 * view.metres
    step = 10 ** floor(log10(longest))
    metres = max(step * factor for factor in (1, 2, 5) if step * factor <= longest)
    pixels = metres / view.metres
    x, y = view.left + 22, view.top + view.height - 26
    sheet.box(x - 10, y - 26, pixels + 20, 40, "#ffffff", fill_opacity=0.85, rx=3)
    sheet.lines([[(x, y - 6), (x, y), (x + pixels, y), (x + pixels, y - 6)]], INK, 2)
    words = f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"
    sheet.text(x + pixels / 2, y - 8, words, 13, text_anchor="middle")
