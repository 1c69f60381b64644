"""Wrong passwords cost time: first little, then more, for one name from one address."""

import math
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address

from api.accounts.errors import TooManyFailures

FREE_TRIES = 5
LONGEST_WAIT_S = 300.0
FORGET_AFTER = timedelta(hours=1)
MOST_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class _Failures:
    count: int
    last_at: datetime
    shut_until: datetime


class Throttle:
    """Remembers failures in memory, the newest 10,000 pairs of name and address.

    Nobody can lock a dispatcher out from elsewhere, for the address belongs to the key.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._failures: OrderedDict[tuple[str, str], _Failures] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, username: str, address: str) -> None:
        """Count a try as failed before it is judged, so that many at once gain nothing."""
        key, at = (username, _network(address)), self._now()
        with self._lock:
            known = self._failures.get(key)
            count = 0
            if known is not None and at - known.last_at < FORGET_AFTER:
                if at < known.shut_until:
                    wait_s = (known.shut_until - at).total_seconds()
                    raise TooManyFailures(retry_after_s=math.ceil(wait_s))
                count = known.count
            count += 1
            self._failures[key] = _Failures(count, at, at + timedelta(seconds=wait_after(count)))
            self._failures.move_to_end(key)
            if len(self._failures) > MOST_KEPT:
                self._failures.popitem(last=False)

    def forgive(self, username: str, address: str) -> None:
        """The password was right: forget what was counted."""
        with self._lock:
            self._failures.pop((username, _network(address)), None)


def wait_after(failures: int) -> float:
    """Seconds to wait after so many failures in a row: 0 for four, then 2, 4, 8 ... 300."""
    if failures < FREE_TRIES:
        return 0.0
    return min(LONGEST_WAIT_S, 2.0 ** min(failures - FREE_TRIES + 1, 16))


def _network(address: str) -> str:
    """An IPv6 household owns a whole /64, so it counts as one address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(IPv6Network((parsed, 64), strict=False))
    return str(parsed)
