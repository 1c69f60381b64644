"""Places that are not names: coordinates as people write them, and plus codes.

Plus codes: the Open Location Code specification (Google, Apache-2.0): pairs of digits to base 20 for latitude
and longitude, then single digits that divide the cell into 5 rows and 4 columns.
"""

import re
from math import floor
from typing import Final, NamedTuple

from domain.values import Position

DIGITS: Final = "23456789CFGHJMPQRVWX"
_CODE: Final = re.compile(rf"(?<![A-Z0-9])([{DIGITS}]{{2,8}})\+([{DIGITS}]{{0,7}})(?![A-Z0-9])")
_NUMBER: Final = r"[-+]?\d{1,3}(?:[.,]\d+)?"
_DEGREES: Final = re.compile(
    r"(?P<side>[NSEWBĐ])?\s*(?P<deg>\d{1,3}(?:[.,]\d+)?)\s*[°º]\s*(?:(?P<min>\d{1,2}(?:[.,]\d+)?)\s*['′’]\s*)?"
    r"(?:(?P<sec>\d{1,2}(?:[.,]\d+)?)\s*(?:[\"″”]|'')\s*)?(?P<behind>[NSEWBĐ])?",
    re.IGNORECASE,
)
_PLAIN: Final = re.compile(
    rf"^\s*(?:geo:|\(|\[)?\s*(?:lat\w*\s*[:=]?\s*)?(?P<a>{_NUMBER})\s*(?P<first>[NSEW])?"
    rf"(?:\s*[,;/]\s*|\s+)(?:lon\w*|lng)?\s*[:=]?\s*(?P<b>{_NUMBER})\s*(?P<second>[NSEW])?\s*(?:\)|\])?\s*$",
    re.IGNORECASE,
)
_IN_A_LINK: Final = re.compile(
    r"(?:@|[?&](?:q|ll|query|mlat)=|!3d)(-?\d{1,2}\.\d+)(?:,|%2C|!4d|&mlon=)(-?\d{1,3}\.\d+)"
)
NEAR_DEGREES: Final = 20.0


class PlusCode(NamedTuple):
    """The code as it was typed, in capitals, and the words beside it that say where."""

    code: str
    beside: str


def coordinates(said: str) -> Position | None:
    """The place of typed coordinates: `10.7769, 106.7009`, `10,7769 106,7009`, `10°46'37"N 106°42'3"E`, a
    link of a map. Latitude and longitude the wrong way round are turned where only that makes sense."""
    link = _IN_A_LINK.search(said)
    if link:
        return _place(float(link[1]), float(link[2]))
    in_degrees = _in_degrees(said)
    if in_degrees is not None:
        return in_degrees
    plain = _PLAIN.match(said)
    if plain is None or not ("." in plain["a"] + plain["b"] or "," in plain["a"] + plain["b"]):
        return None
    a, b = (float(plain[name].replace(",", ".")) for name in ("a", "b"))
    first, second = (plain["first"] or "").upper(), (plain["second"] or "").upper()
    a, b = (-a if first in ("S", "W") else a), (-b if second in ("S", "W") else b)
    return _place(b, a) if first in ("E", "W") else _place(a, b)


def _in_degrees(said: str) -> Position | None:
    found = list(_DEGREES.finditer(said))
    if len(found) != 2:
        return None
    values, sides = [], []
    for each in found:
        parts = [float((each[name] or "0").replace(",", ".")) for name in ("deg", "min", "sec")]
        if parts[1] >= 60 or parts[2] >= 60:
            return None
        values.append(parts[0] + parts[1] / 60 + parts[2] / 3600)
        sides.append((each["behind"] or each["side"] or "").upper())
    values = [-value if side in ("S", "W") else value for value, side in zip(values, sides, strict=True)]
    turned = sides[0] in ("E", "W", "Đ")
    return _place(values[1], values[0]) if turned else _place(values[0], values[1])


def _place(lat: float, lon: float) -> Position | None:
    if abs(lat) > 90 >= abs(lon):
        lat, lon = lon, lat
    if abs(lat) > 90 or abs(lon) > 180 or (lat, lon) == (0.0, 0.0):
        return None
    return Position(lat, lon)


def plus_code(said: str) -> PlusCode | None:
    """The plus code in what was said, and what stands beside it."""
    found = _CODE.search(said.upper())
    if found is None or len(found[1]) % 2 or len(found[2]) == 1:
        return None
    if len(found[1]) == 8 and DIGITS.index(found[1][0]) > 8:
        return None  # beyond the pole
    return PlusCode(found[0], f"{said[: found.start()]} {said[found.end() :]}".strip(" ,"))


def decoded(code: str, near: Position) -> tuple[Position, float]:
    """The middle of the code's cell and the half of its diagonal in metres. Of a short code, which leaves out
    the digits that say the part of the world, the cell nearest to `near` is meant."""
    head, _, tail = code.partition("+")
    missing = 8 - len(head)
    if missing:
        head = _pair_digits(near)[:missing] + head
    lat, lon, height, width = _cell(head + tail)
    if missing:
        step = 20.0 ** (2 - missing // 2)  # degrees between cells whose short code is the same
        for_lat, for_lon = round((near.lat - lat) / step) * step, round((near.lon - lon) / step) * step
        lat, lon = lat + (for_lat if abs(lat + for_lat) <= 90 else 0), lon + for_lon
    radius = ((height * 111_000) ** 2 + (width * 111_000) ** 2) ** 0.5 / 2
    return Position(round(lat, 7), round((lon + 180) % 360 - 180, 7)), radius


def _cell(digits: str) -> tuple[float, float, float, float]:
    """Middle, height and width of a full code's cell, in degrees."""
    lat, lon, height, width = -90.0, -180.0, 400.0, 400.0
    for place in range(0, min(10, len(digits)), 2):
        height, width = height / 20, width / 20
        lat += DIGITS.index(digits[place]) * height
        lon += DIGITS.index(digits[place + 1]) * width
    for digit in digits[10:]:
        height, width = height / 5, width / 4
        row, column = divmod(DIGITS.index(digit), 4)
        lat, lon = lat + row * height, lon + column * width
    return lat + height / 2, lon + width / 2, height, width


def _pair_digits(place: Position, count: int = 4) -> str:
    """The first pairs of digits of the place's own code, of five at most."""
    # Whole cells of 1/8000 degree, so that no rounding makes one digit contradict the next.
    row = floor(min(max(place.lat, -90.0), 90 - 1e-9) * 8000 + 90 * 8000)
    column = floor(((place.lon + 180) % 360) * 8000)
    digits = ""
    for _ in range(5):
        digits = DIGITS[row % 20] + DIGITS[column % 20] + digits
        row, column = row // 20, column // 20
    return digits[: 2 * count]


def encoded(place: Position) -> str:
    """The plus code of a place, with ten digits (about 14 m)."""
    digits = _pair_digits(place, 5)
    return f"{digits[:8]}+{digits[8:]}"
