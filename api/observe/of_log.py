"""The vitals of what is kept: the log, the views folded from it, their stored copy, the disk."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from api.observe.vitals import Figure, State, Vital
from dispatch.application import DispatchLog

VIEWS_LATE_S = 2.0
"""Screens say they are cut off after three seconds of silence; whoever looks here should know before."""
CLOCK_S = 1.0
DISK_LATE_BYTES = 2_000_000_000
DISK_FAILED_BYTES = 200_000_000

Clock = Callable[[], datetime]


def of_log(log: DispatchLog, now: Clock) -> Vital:
    """Raises what the store raises. Where a fact was heard later than now, the clock is or was wrong."""
    position = log.position()
    newest = log.select(position, 1)
    age_s = (now() - newest[0][1].act.heard_at).total_seconds() if newest else 0.0
    figures = (
        Figure("position", position, "Place of the newest fact"),
        Figure("newest_age_seconds", age_s, "Since the newest fact was heard; below zero the clock is wrong"),
    )
    if age_s < -CLOCK_S:
        ahead = f"{-age_s:.0f}"
        sentence = {
            "vi": f"Đồng hồ máy chủ chậm hơn sự kiện mới nhất {ahead} giây: hãy kiểm tra giờ hệ thống.",
            "en": f"The clock stands {ahead} s before the newest fact: check the time of this machine.",
        }
        return Vital(State.LATE, sentence, figures=figures)
    sentence = {
        "vi": f"{position} sự kiện, mới nhất cách đây {age(age_s)['vi']}.",
        "en": f"{facts(position)}, the newest {age(age_s)['en']} ago.",
    }
    return Vital(State.WELL, sentence, figures=figures)


def of_views(log: DispatchLog, reached: int, fault: str | None, now: Clock) -> Vital:
    """reached, fault : where the views stand in the log, and what keeps them from going on."""
    missing = log.select(reached + 1, 1)
    lag = max(0, log.position() - reached) if missing else 0
    lag_s = max(0.0, (now() - missing[0][1].act.heard_at).total_seconds()) if missing else 0.0
    figures = (
        Figure("lag_events", lag, "Facts the live views have not folded yet"),
        Figure("lag_seconds", lag_s, "Since the oldest of them was heard"),
    )
    if fault is not None:
        state, sentence = State.FAILED, _VIEWS_FAIL
    elif lag_s > VIEWS_LATE_S:
        state, sentence = State.LATE, _VIEWS_LATE
    else:
        state, sentence = State.WELL, _VIEWS_WELL
    told = {"lag": lag, "facts": facts(lag)}
    said = {language: words.format(**told, age=age(lag_s)[language]) for language, words in sentence.items()}
    return Vital(state, said, lag, lag_s, figures)


_VIEWS_FAIL = {
    "vi": "Màn hình không theo kịp nhật ký: còn thiếu {lag} sự kiện; đang thử lại.",
    "en": "The live views cannot follow the log: {facts} missing; trying again.",
}
_VIEWS_LATE = {
    "vi": "Màn hình chậm {lag} sự kiện, {age}.",
    "en": "The live views are {facts} behind, by {age}.",
}
_VIEWS_WELL = {"vi": "Màn hình theo kịp nhật ký.", "en": "The live views stand where the log stands."}


def of_copy(fault: str | None) -> Vital:
    """The stored copy of the views: without it the next start takes longer; nobody waits for it now."""
    if fault is None:
        return Vital(
            State.WELL, {"vi": "Bản lưu của màn hình được ghi.", "en": "The views are being stored."}
        )
    kind = fault.partition(":")[0]
    sentence = {
        "vi": f"Không ghi được bản lưu của màn hình ({kind}); đang thử lại. Điều phối không bị ảnh hưởng.",
        "en": f"The views cannot be stored ({kind}); trying again. Dispatch goes on.",
    }
    return Vital(State.LATE, sentence)


def of_past(fault: str | None) -> Vital:
    """The snapshots of the views: without new ones a question about the past takes longer."""
    if fault is None:
        return Vital(
            State.WELL, {"vi": "Ảnh chụp quá khứ được ghi.", "en": "Snapshots of the past are being stored."}
        )
    kind = fault.partition(":")[0]
    sentence = {
        "vi": f"Không ghi được ảnh chụp quá khứ ({kind}): xem lại quá khứ sẽ chậm hơn.",
        "en": f"Snapshots of the views cannot be stored ({kind}): questions about the past take longer.",
    }
    return Vital(State.LATE, sentence)


def of_book(fault: str | None) -> Vital:
    """The book of figures: without it reports tell of less than the log does, and say so."""
    if fault is None:
        return Vital(State.WELL, {"vi": "Số liệu theo kịp nhật ký.", "en": "Figures follow the log."})
    kind = fault.partition(":")[0]
    sentence = {
        "vi": f"Số liệu không theo kịp nhật ký ({kind}); đang thử lại. Điều phối không bị ảnh hưởng.",
        "en": f"Figures cannot follow the log ({kind}); trying again. Dispatch goes on.",
    }
    return Vital(State.LATE, sentence)


def of_disk(folder: Path) -> Vital:
    """The disk of the data folder. A database elsewhere has its own, which its own monitoring must watch."""
    usage = shutil.disk_usage(folder)
    figures = (
        Figure("free_bytes", usage.free, "Free on the disk of the data folder"),
        Figure("size_bytes", usage.total, "Size of that disk"),
    )
    free = f"{usage.free / 1e9:.1f} GB"
    sentence = {"vi": f"Ổ đĩa còn trống {free.replace('.', ',')}.", "en": f"{free} of disk are free."}
    if usage.free < DISK_FAILED_BYTES:
        return Vital(State.FAILED, sentence, figures=figures)
    return Vital(State.LATE if usage.free < DISK_LATE_BYTES else State.WELL, sentence, figures=figures)


def facts(count: int) -> str:
    """So many, in English."""
    return f"{count} fact{'' if count == 1 else 's'}"


def age(seconds: float) -> dict[str, str]:
    """A stretch of time as one says it: 4 s, 3 min, 2 h, 5 d."""
    for size, vi, en in ((86_400, "ngày", "d"), (3_600, "giờ", "h"), (60, "phút", "min")):
        if seconds >= 2 * size:
            return {"vi": f"{seconds / size:.0f} {vi}", "en": f"{seconds / size:.0f} {en}"}
    return {"vi": f"{seconds:.0f} giây", "en": f"{seconds:.0f} s"}
