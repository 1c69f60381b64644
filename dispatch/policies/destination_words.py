"""What the ranking of hospitals says, in the languages of the desk. Counts repeat, so sentences are kept."""

from functools import lru_cache

from dispatch.policies.words import Words

NEVER_REPORTED: Words = {"en": "beds never reported", "vi": "chưa từng báo giường"}
ALL_FULL: Words = {
    "en": "no bed is free anywhere that could take the patient; this one is the least loaded: call ahead",
    "vi": "không nơi phù hợp nào còn giường; đây là nơi ít tải nhất: gọi báo trước",
}
ALL_DIVERT: Words = {
    "en": "all that could take the patient divert; this one is the least loaded",
    "vi": "mọi nơi phù hợp đều ngưng nhận; đây là nơi ít tải nhất",
}


@lru_cache(maxsize=64)
def all_closed_in_words(speciality: str) -> Words:
    return {
        "en": f"{speciality} is open nowhere that could take the patient; this one keeps it, closed now: "
        "call ahead",
        "vi": f"không nơi nào còn mở chuyên khoa {speciality}; nơi này có nhưng đang đóng cửa: gọi báo trước",
    }


@lru_cache(maxsize=64)
def all_lack_in_words(speciality: str) -> Words:
    return {
        "en": f"nobody with {speciality} can take the patient now; this one does without it: call ahead",
        "vi": f"không nơi nào có chuyên khoa {speciality} nhận được lúc này; nơi này không có: gọi báo trước",
    }


@lru_cache(maxsize=128)
def trust_in_words(percent: int) -> Words:
    return {
        "en": f"old count, trusted to {percent} %",
        "vi": f"số liệu cũ, độ tin cậy {percent} %",
    }


@lru_cache(maxsize=1_024)
def queue_in_words(waiting: int, inbound: int) -> Words:
    return {
        "en": f"{waiting} waiting at the door, {inbound} on the way",
        "vi": f"{waiting} đang chờ bàn giao, {inbound} đang đến",
    }


@lru_cache(maxsize=1_024)
def handover_in_words(minutes: int) -> Words:
    return {
        "en": f"handing over took {minutes} min lately",
        "vi": f"gần đây bàn giao mất {minutes} phút",
    }


@lru_cache(maxsize=1_024)
def bypass_in_words(name: str, reason: str, reason_vi: str) -> Words:
    return {"en": f"bypasses {name}, which is nearer: {reason}", "vi": f"bỏ qua {name} gần hơn: {reason_vi}"}
