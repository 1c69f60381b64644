"""What every screen must know at once, until it is over: that the road engine fails, or the log."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Words = Mapping[str, str]

ROADS_FAIL: Words = {
    "vi": "Không tính được đường đi thực tế: thời gian đến chỉ ước lượng theo đường chim bay, hãy kiểm tra.",
    "en": "The road engine does not answer: arrival times are straight-line estimates; check them with care.",
}
TRAFFIC_FAILS: Words = {
    "vi": "Tình trạng đường mới chưa được áp dụng: đề xuất vẫn tính theo tình trạng cũ. Đang thử lại.",
    "en": "The newest closures are not in the road times yet; advice counts with the older. Trying again.",
}
TRAFFIC_LATE: Words = {
    "vi": "Tình trạng đường mới chưa được áp dụng: đề xuất vẫn tính theo tình trạng cũ. Vẫn đang tính lại.",
    "en": "The newest closures are not in the road times yet; advice counts with the older. Still at work.",
}
STORE_AWAY: Words = {
    "vi": "Chưa ghi được nhật ký: lệnh mới bị từ chối cho đến khi cơ sở dữ liệu phản hồi trở lại.",
    "en": "The log cannot be written just now: orders are refused until the database answers again.",
}


@dataclass(frozen=True, slots=True)
class Alarm:
    code: str
    text: Words
    since: datetime


class Alarms:
    """All that stand. `tell` hears the whole list whenever it changes; any thread may speak."""

    def __init__(self, tell: Callable[[dict[str, Any]], None]) -> None:
        self._tell = tell
        self._standing: dict[str, Alarm] = {}
        self._lock = threading.Lock()

    def sound(self, code: str, text: Words, now: datetime) -> None:
        """Said again while it stands, it goes on since its first moment."""
        with self._lock:
            if code not in self._standing:
                self._standing[code] = Alarm(code, text, now)
                self._tell(self._frame())

    def end(self, code: str) -> None:
        with self._lock:
            if self._standing.pop(code, None) is not None:
                self._tell(self._frame())

    @property
    def standing(self) -> list[str]:
        return list(self._standing)

    def frame(self) -> dict[str, Any]:
        """As the feed sends it; an empty list says that all is well again."""
        with self._lock:
            return self._frame()

    def _frame(self) -> dict[str, Any]:
        alarms = [
            {"code": each.code, "text": dict(each.text), "since": each.since.isoformat()}
            for each in self._standing.values()
        ]
        return {"type": "alarms", "alarms": alarms}
