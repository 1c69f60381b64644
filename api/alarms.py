"""What every screen must know at once, until it is over: that the road engine fails, or the log.

Beside these stand lines for desks alone, such as which crews have not answered: they name units and
incidents, so nobody else hears them, and the status page, which is open to all, does not show them.
"""

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
    """All that stand. Any thread may speak.

    tell : hears the whole list whenever it changes; with a second list, as soon as there were lines for
           desks: then the first is for all others
    """

    def __init__(self, tell: Callable[..., None]) -> None:
        self._tell = tell
        self._standing: dict[str, Alarm] = {}
        self._lines: dict[str, Alarm] = {}
        self._apart = False
        self._lock = threading.Lock()

    def sound(self, code: str, text: Words, now: datetime) -> None:
        """Said again while it stands, it goes on since its first moment."""
        with self._lock:
            if code not in self._standing:
                self._standing[code] = Alarm(code, text, now)
                self._tell_all()

    def end(self, code: str) -> None:
        with self._lock:
            if self._standing.pop(code, None) is not None:
                self._tell_all()

    def show_desks(self, code: str, line: Alarm | None) -> None:
        """Put a line before the desks, in new words where it stood already; None takes it away."""
        with self._lock:
            if self._lines.get(code) == line:
                return
            self._apart = True
            if line is None:
                del self._lines[code]
            else:
                self._lines[code] = line
            self._tell_all()

    @property
    def standing(self) -> list[str]:
        """The codes of those that every screen has."""
        return list(self._standing)

    def lines(self) -> list[Alarm]:
        """All that stand, those of every screen first."""
        with self._lock:
            return [*self._standing.values(), *self._lines.values()]

    def frame(self, desk: bool = False) -> dict[str, Any]:
        """As the feed sends it; an empty list says that all is well again."""
        with self._lock:
            return self._frame(desk)

    def _tell_all(self) -> None:
        if self._apart:
            self._tell(self._frame(desk=False), self._frame(desk=True))
        else:
            self._tell(self._frame(desk=False))

    def _frame(self, desk: bool) -> dict[str, Any]:
        """What is wrong with the service itself stands first; the lines of the desks keep one order."""
        told = list(self._standing.values())
        if desk:
            told += [self._lines[code] for code in sorted(self._lines)]
        alarms = [
            {"code": each.code, "text": dict(each.text), "since": each.since.isoformat()} for each in told
        ]
        return {"type": "alarms", "alarms": alarms}
