"""Read the measures people write into map tags: speeds, lengths, weights, durations.

Every reader answers None for what it cannot understand or cannot believe (a width of `8104` is a
road number): a tag that says nothing must not close a street.
"""

import re
from typing import Final

KMH_PER_MPH: Final = 1.609344
KMH_PER_KNOT: Final = 1.852
METRES_PER_FOOT: Final = 0.3048
UNLIMITED_KMH: Final = 1000.0
WALKING_KMH: Final = 6.0

_NUMBER = r"(\d+(?:[.,]\d+)?)"
_SPEED = re.compile(rf"^{_NUMBER}\s*(km/h|kmh|kph|mph|knots)?$")
_LENGTH = re.compile(rf"^{_NUMBER}\s*(m|metres?|meters?|cm|ft|feet)?$")
_FEET_AND_INCHES = re.compile(r"^(\d+)\s*'\s*(?:(\d+(?:\.\d+)?)\s*(?:\"|''))?$")
_WEIGHT = re.compile(rf"^{_NUMBER}\s*(t|tonnes?|kg|lbs?|st)?$")
_CLOCK = re.compile(r"^(\d{1,3}):(\d{2})(?::(\d{2}))?$")
_ISO_DURATION = re.compile(r"^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$")
_ZONE_NUMBER = re.compile(r"^[a-z]{2}:(?:zone:?)?(\d{1,3})$")

# Legal limits behind `maxspeed=VN:urban` and its like, km/h for cars. Viet Nam: Circular
# 38/2024/TT-BGTVT (50 in built-up areas on undivided roads, 80 outside, 120 on expressways).
# Elsewhere the commonest values in Europe; countries that differ are listed.
_ZONES: Final = {
    "urban": 50.0,
    "rural": 90.0,
    "trunk": 100.0,
    "motorway": 130.0,
    "nsl_single": 96.6,
    "nsl_dual": 112.7,
    "living_street": 10.0,
    "walk": WALKING_KMH,
    "bicycle_road": 30.0,
    "nsl_restricted": 48.3,
    "school": 30.0,
}
_COUNTRY_ZONES: Final = {
    "vn:rural": 80.0,
    "vn:motorway": 120.0,
    "de:rural": 100.0,
    "de:motorway": UNLIMITED_KMH,
    "gb:motorway": 112.7,
    "dk:rural": 80.0,
    "fr:rural": 80.0,
    "us:urban": 40.2,
    "us:rural": 88.5,
}


def _decimal(text: str) -> float:
    return float(text.replace(",", "."))


def speed_kmh(text: str | None) -> float | None:
    """A speed limit in km/h: `50`, `30 mph`, `VN:urban`, `DE:zone:30`, `walk`, `none`.

    Several values (`60;40`) give the lowest. `none` gives UNLIMITED_KMH.
    """
    if text is None:
        return None
    if ";" in text:
        known = [speed for part in text.split(";") if (speed := speed_kmh(part)) is not None]
        return min(known, default=None)
    value = text.strip().lower()
    if value in ("none", "unlimited"):
        return UNLIMITED_KMH
    if found := _SPEED.match(value):
        factor = {"mph": KMH_PER_MPH, "knots": KMH_PER_KNOT}.get(found[2] or "", 1.0)
        speed = _decimal(found[1]) * factor
        return speed if 1.0 <= speed <= 200.0 else None
    if found := _ZONE_NUMBER.match(value):
        return float(found[1]) if int(found[1]) >= 5 else None
    if value in _COUNTRY_ZONES:
        return _COUNTRY_ZONES[value]
    return _ZONES.get(value.rsplit(":", 1)[-1])


def length_m(text: str | None) -> float | None:
    """A width or height in metres: `2.5`, `2,5 m`, `250 cm`, `8 ft`, `8'6"`; believed from 0.3 to 100 m."""
    if text is None:
        return None
    value = text.strip().lower()
    metres: float | None = None
    if found := _LENGTH.match(value):
        unit = found[2] or "m"
        factor = METRES_PER_FOOT if unit in ("ft", "feet") else 0.01 if unit == "cm" else 1.0
        metres = _decimal(found[1]) * factor
    elif found := _FEET_AND_INCHES.match(value):
        metres = (int(found[1]) + float(found[2] or 0.0) / 12.0) * METRES_PER_FOOT
    return metres if metres is not None and 0.3 <= metres <= 100.0 else None


def weight_t(text: str | None) -> float | None:
    """A weight in tonnes: `3.5`, `3.5 t`, `3500 kg`, `8000 lbs`; believed from 0.1 to 200 t."""
    found = _WEIGHT.match(text.strip().lower()) if text is not None else None
    if found is None:
        return None
    unit = found[2] or "t"
    factor = {"kg": 0.001, "lb": 0.000453592, "lbs": 0.000453592, "st": 0.907185}.get(unit, 1.0)
    tonnes = _decimal(found[1]) * factor
    return tonnes if 0.1 <= tonnes <= 200.0 else None


def duration_s(text: str | None) -> float | None:
    """How long a ferry takes, in seconds: `1:30` (hours:minutes), `0:05:30`, `12` (minutes), `PT20M`."""
    if text is None:
        return None
    value = text.strip().upper()
    if found := _CLOCK.match(value):
        seconds = int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0)
    elif value.isdecimal():
        seconds = int(value) * 60
    elif (found := _ISO_DURATION.match(value)) and any(found.groups()):
        seconds = int(found[1] or 0) * 3600 + int(found[2] or 0) * 60 + int(found[3] or 0)
    else:
        return None
    return float(seconds) if 0 < seconds <= 48 * 3600 else None
