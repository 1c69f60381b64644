"""What rankings say of distances and delays, in the languages of the desk."""

from functools import lru_cache

from domain.values import Travel

Words = dict[str, str]
"""One reason: {"en": ..., "vi": ...}. Shared between rankings, never changed."""

Objection = tuple[str, str, str]
"""Why somebody is passed over: a code, and the words in English and in Vietnamese."""


def distance_in_words(way: Travel) -> Words:
    return _distance(f"{way.distance_m / 1000:.1f}", way.method == "road")


@lru_cache(maxsize=4_096)
def _distance(km: str, by_road: bool) -> Words:
    if by_road:
        return {"en": f"{km} km by road", "vi": f"{km} km đường bộ"}
    return {"en": f"{km} km, straight line estimate", "vi": f"{km} km, ước tính đường chim bay"}


@lru_cache(maxsize=64)
def turnout_in_words(seconds: float) -> Words:
    return {"en": f"turnout {seconds:.0f} s", "vi": f"xuất phát {seconds:.0f} giây"}


@lru_cache(maxsize=1_024)
def free_beds_in_words(free: int) -> Words:
    return {"en": f"{free} free", "vi": f"còn {free} giường"}


@lru_cache(maxsize=1_024)
def age_in_words(minutes: int) -> Words:
    return {"en": f"counted {minutes} min ago", "vi": f"cập nhật {minutes} phút trước"}
