"""Where an effect goes: a record for one of our topics."""

from typing import NamedTuple

from projections.streams.effects import (
    Alert,
    BedsRow,
    Effect,
    FleetRow,
    Forward,
    HourRow,
    MinuteRow,
    Proposal,
    RegionRow,
)
from projections.streams.plan import ENCODER, letter

STATE = "stream-state-changelog"
"""The topic in which a worker keeps its states."""
Headers = list[tuple[str, bytes]]


class Sent(NamedTuple):
    """topic : without the prefix. partition : None where the key decides."""

    topic: str
    key: bytes | None
    value: bytes | None
    partition: int | None = None
    headers: Headers = []  # noqa: RUF012  nobody changes it


def sent(effect: Effect) -> Sent:
    """The record of an effect."""
    match effect:
        case Forward():
            return Sent("told", effect.key.encode(), letter(effect))
        case FleetRow():
            return Sent("fleet", f"{effect.centre}/{effect.callsign}".encode(), ENCODER.encode(effect))
        case Alert() | Proposal():
            return Sent("alerts", effect.subject.encode(), ENCODER.encode(effect))
        case MinuteRow() | HourRow() | BedsRow():
            return Sent("figures", effect.centre.encode(), ENCODER.encode(effect))
        case RegionRow():
            return Sent("figures", b"region", ENCODER.encode(effect))
