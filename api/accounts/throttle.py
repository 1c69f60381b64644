"""Wrong passwords cost time: first little, then more; for one name from one address, and for an address
from which many names are tried."""

import math
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address

from api.accounts.errors import TooManyFailures

FREE_TRIES = 5
LONGEST_WAIT_S = 300.0
FREE_TRIES_OF_ADDRESS = 30
LONGEST_WAIT_OF_ADDRESS_S = 30.0
"""A ward may sit behind one address with everybody else of its hospital."""
FORGET_AFTER = timedelta(hours=1)
MOST_KEPT = 10_000
ANY_NAME = ""


@dataclass(frozen=True, slots=True)
class _Failures:
    count: int
    last_at: datetime
    shut_until: datetime


class Throttle:
    """Remembers failures in memory, the newest 10,000 pairs of name and address.

    Nobody can lock a dispatcher out from elsewhere, for the address belongs to the key.
    """

    def __init__(
        self, now: Callable[[], datetime], free: int = FREE_TRIES, longest_s: float = LONGEST_WAIT_S
    ) -> None:
        self._now, self._free, self._longest_s = now, free, longest_s
        self._failures: OrderedDict[tuple[str, str], _Failures] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, username: str, address: str) -> None:
        """Count a try as failed before it is judged, so that many at once gain nothing."""
        key, at = (username, network_of(address)), self._now()
        with self._lock:
            known = self._failures.get(key)
            count = 0
            if known is not None and at - known.last_at < FORGET_AFTER:
                if at < known.shut_until:
                    wait_s = (known.shut_until - at).total_seconds()
                    raise TooManyFailures(retry_after_s=math.ceil(wait_s))
                count = known.count
            count += 1
            wait = timedelta(seconds=wait_after(count, self._free, self._longest_s))
            self._failures[key] = _Failures(count, at, at + wait)
            self._failures.move_to_end(key)
            if len(self._failures) > MOST_KEPT:
                self._failures.popitem(last=False)

    def forgive(self, username: str, address: str) -> None:
        """The password was right: forget what was counted."""
        with self._lock:
            self._failures.pop((username, network_of(address)), None)

    def take_back(self, username: str, address: str) -> None:
        """It was no failure; those before it stay counted."""
        key = (username, network_of(address))
        with self._lock:
            known = self._failures.get(key)
            if known is not None:
                self._failures[key] = replace(known, count=known.count - 1, shut_until=known.last_at)


class Door:
    """The throttle of passwords: by name and address, and by address alone, for who tries many names.

    Whoever has signed in from an address before is not kept out by what others do at it.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._names = Throttle(now)
        self._addresses = Throttle(now, FREE_TRIES_OF_ADDRESS, LONGEST_WAIT_OF_ADDRESS_S)
        self._welcome: OrderedDict[tuple[str, str], None] = OrderedDict()

    def begin(self, username: str, address: str) -> None:
        """Raises TooManyFailures."""
        if (username, network_of(address)) not in self._welcome:
            self._addresses.begin(ANY_NAME, address)
        self._names.begin(username, address)

    def forgive(self, username: str, address: str) -> None:
        """The password was right."""
        key = (username, network_of(address))
        if key not in self._welcome:
            self._addresses.take_back(ANY_NAME, address)
        self._names.forgive(username, address)
        self._welcome[key] = None
        while len(self._welcome) > MOST_KEPT:
            self._welcome.pop(next(iter(self._welcome)), None)


def wait_after(failures: int, free: int = FREE_TRIES, longest_s: float = LONGEST_WAIT_S) -> float:
    """Seconds to wait after so many failures in a row: 0 for four, then 2, 4, 8 ... 300."""
    if failures < free:
        return 0.0
    return min(longest_s, 2.0 ** min(failures - free + 1, 16))


def network_of(address: str) -> str:
    """An IPv6 household owns a whole /64, so it counts as one address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(IPv6Network((parsed, 64), strict=False))
    return str(parsed)
