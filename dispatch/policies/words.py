"""What rankings say of distances and delays, in the languages of the desk."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from dispatch.policies.tenths import tenths
from domain.values import Travel

Words = dict[str, str]
"""One reason: {"en": ..., "vi": ...}. Shared between rankings, never changed."""

Objection = tuple[str, str, str]
"""Why somebody is passed over: a code, and the words in English and in Vietnamese."""


def distance_in_words(way: Travel) -> Words:
    return distances_in_words((way,))[0]


def distances_in_words(ways: Sequence[Travel]) -> list[Words]:
    """Of each, in kilometres to a tenth."""
    return kilometres_in_words(tenths([way.distance_m / 1000 for way in ways]), ways)


def kilometres_in_words(kilometres: Sequence[float], ways: Sequence[Travel]) -> list[Words]:
    """The same of distances that are told to a tenth already."""
    return [_distance(km, way.method == "road") for km, way in zip(kilometres, ways, strict=True)]


@lru_cache(maxsize=4_096)
def _distance(kilometres: float, by_road: bool) -> Words:
    km = f"{kilometres:.1f}"
    comma = km.replace(".", ",")
    if by_road:
        return {"en": f"{km} km by road", "vi": f"{comma} km đường bộ"}
    return {"en": f"{km} km, straight line estimate", "vi": f"{comma} km, ước tính đường chim bay"}


@lru_cache(maxsize=64)
def turnout_in_words(seconds: float) -> Words:
    return {"en": f"turnout {seconds:.0f} s", "vi": f"xuất phát {seconds:.0f} giây"}


CLOSED_AROUND: Final = {
    "unit": (
        "stands about {m} m inside closed streets; the time is from the nearest open street",
        "xe đang trong đoạn đường bị chặn; thời gian tính từ đường mở gần nhất, cách khoảng {m} m",
    ),
    "scene": (
        "the scene lies about {m} m inside closed streets; the way ends at the nearest open street",
        "hiện trường nằm trong đoạn đường bị chặn; xe dừng ở đường mở gần nhất, còn khoảng {m} m",
    ),
    "from_scene": (
        "the scene lies about {m} m inside closed streets; the way begins at the nearest open street",
        "hiện trường nằm trong đoạn đường bị chặn; xe đi từ đường mở gần nhất, cách khoảng {m} m",
    ),
    "hospital": (
        "the hospital lies about {m} m inside closed streets; the way ends at the nearest open street",
        "bệnh viện nằm trong đoạn đường bị chặn; xe dừng ở đường mở gần nhất, còn khoảng {m} m",
    ),
}
"""What is said of a place whose own street is closed."""


def closed_in_words(way: Travel, begin: str, end: str) -> list[Words]:
    """What closed streets around either end mean for a way; nothing where there are none.

    begin, end : what is there, of CLOSED_AROUND
    """
    ends = (begin, way.from_closed_m), (end, way.to_closed_m)
    return [_closed_around(place, max(10, round(metres / 10) * 10)) for place, metres in ends if metres > 0]


@lru_cache(maxsize=1_024)
def _closed_around(place: str, metres: int) -> Words:
    english, vietnamese = CLOSED_AROUND[place]
    return {"en": english.format(m=metres), "vi": vietnamese.format(m=metres)}


@lru_cache(maxsize=1_024)
def free_beds_in_words(free: int) -> Words:
    return {"en": f"{free} free", "vi": f"còn {free} giường"}


@lru_cache(maxsize=1_024)
def age_in_words(minutes: int) -> Words:
    return {"en": f"counted {minutes} min ago", "vi": f"cập nhật {minutes} phút trước"}
