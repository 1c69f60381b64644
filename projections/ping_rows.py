"""Pings as PostgreSQL's binary COPY wants them: no number is printed and read again.

The columns, in this order: callsign, at, lat, lon, speed_mps, heading_deg, accuracy_m.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from struct import Struct
from typing import Final

from projections.positions import Ping

COLUMNS: Final = ("callsign", "at", "lat", "lon", "speed_mps", "heading_deg", "accuracy_m")
HEADER: Final = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
TRAILER: Final = b"\xff\xff"
YEAR_2000: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""PostgreSQL counts microseconds from here."""
MICROSECOND: Final = timedelta(microseconds=1)
NOTHING: Final = -1  # the length that stands for NULL


def binary_rows(pings: Iterable[Ping]) -> bytes:
    """All of what `COPY … FROM STDIN (FORMAT BINARY)` reads."""
    return b"".join([HEADER, *map(_row, pings), TRAILER])


def _row(ping: Ping) -> bytes:
    callsign = ping.callsign.encode()
    optional = (ping.speed_mps, ping.heading_deg, ping.accuracy_m)
    fields: list[float] = []
    for each in optional:
        fields += (NOTHING,) if each is None else (8, each)
    shape = _shape(len(callsign), *(each is not None for each in optional))
    at = (ping.at - YEAR_2000) // MICROSECOND
    return shape.pack(7, len(callsign), callsign, 8, at, 8, ping.lat, 8, ping.lon, *fields)


@lru_cache(maxsize=1024)
def _shape(callsign_bytes: int, *known: bool) -> Struct:
    """The layout of a row: each field behind its length, the optional ones with or without a value."""
    optional = "".join("id" if each else "i" for each in known)
    return Struct(f">hi{callsign_bytes}siqidid{optional}")
