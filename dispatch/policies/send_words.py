"""What the ranking of units says beyond distance and turnout, in the languages of the desk."""

from functools import lru_cache

from dispatch.policies.words import Objection, Words

NO_WAY: Objection = ("no_way", "no way to the scene by road", "không có đường tới hiện trường")
FIRST_CARE_ONLY: Words = {
    "en": "first care only: a van must follow",
    "vi": "chỉ sơ cứu: cần xe cứu thương đi sau",
}
COUNTED_FROM_STATION: Words = {
    "en": "position lost, counted from its station",
    "vi": "mất vị trí, tính từ trạm của xe",
}
COUNTED_FROM_LAST_PLACE: Words = {
    "en": "position lost, counted from where it was last seen",
    "vi": "mất vị trí, tính từ nơi thấy lần cuối",
}


@lru_cache(maxsize=1_024)
def last_seen(minutes: int) -> Words:
    return {
        "en": f"position lost, counted from where it was seen {minutes} min ago",
        "vi": f"mất vị trí, tính từ nơi thấy {minutes} phút trước",
    }


@lru_cache(maxsize=256)
def free_in(minutes: int) -> Words:
    return {"en": f"free in ~{minutes} min, predicted", "vi": f"dự kiến rảnh sau ~{minutes} phút"}


@lru_cache(maxsize=1_024)
def penalty(name: str, seconds: int) -> Words:
    """The seconds a penalty adds."""
    english, vietnamese = PENALTIES[name]
    return {"en": f"{english}: +{seconds} s", "vi": f"{vietnamese}: +{seconds} giây"}


PENALTIES = {
    "position_lost": ("position lost", "mất vị trí"),
    "meal": ("a meal is due", "đến giờ ăn"),
    "long_duty": ("long on duty", "trực đã lâu"),
}


@lru_cache(maxsize=1_024)
def shift_end(minutes: int, seconds: int) -> Words:
    if minutes <= 0:
        return {
            "en": f"shift over for {-minutes} min: +{seconds} s",
            "vi": f"hết ca đã {-minutes} phút: +{seconds} giây",
        }
    return {
        "en": f"shift ends in {minutes} min: +{seconds} s",
        "vi": f"còn {minutes} phút hết ca: +{seconds} giây",
    }


@lru_cache(maxsize=1_024)
def on_foot(metres: int) -> Words:
    return {
        "en": f"the way ends {metres} m from the scene",
        "vi": f"xe dừng cách hiện trường {metres} m",
    }


@lru_cache(maxsize=256)
def lacking(english: str, vietnamese: str) -> Words:
    return {
        "en": f"{english}: offered because nobody who has it is free",
        "vi": f"{vietnamese}: đề xuất vì không còn kíp phù hợp",
    }
