"""OwnTracks: JSON messages that phones publish to `owntracks/<user>/<device>` (owntracks.org, JSON format).

Speed `vel` comes in km/h, `cog` in degrees, `acc` in metres, `tst` in seconds since 1970: the time of the
fix, not that of the message. Nothing but a `location` says where somebody is.
"""

from typing import Any

import msgspec

from api.ingest.fix import KMH_MPS, BadFix, Fix, accuracy, heading, moment, number, speed
from projections.unreadable import UNREADABLE

TOPICS = "owntracks/+/+"
"""What to subscribe to: locations and last wills, but no commands and no dumps, which lie a level deeper."""

_decoder = msgspec.json.Decoder(dict[str, Any])


def device_of(topic: str) -> str | None:
    """`user/device` of a topic, None where it is no topic of a phone."""
    parts = topic.split("/")
    return "/".join(parts[1:]) if len(parts) == 3 and parts[0] == "owntracks" and all(parts) else None


def read_location(payload: bytes) -> Fix | None:
    """The fix in a message; None for messages that tell no place, such as a last will. Raises BadFix."""
    if not payload:
        return None  # somebody cleared a retained message
    try:
        said = _decoder.decode(payload)
    except UNREADABLE:
        raise BadFix("it is not JSON of OwnTracks") from None
    if said.get("_type") == "encrypted":
        raise BadFix("it is encrypted, and we hold no key")
    if said.get("_type") != "location":
        return None
    if said.get("mock") is True:
        raise BadFix("the position was made up on the phone")
    if "tst" not in said:
        raise BadFix("it does not say when (tst)")
    return Fix(
        at=moment(_plain_number(said["tst"])),
        lat=number(said.get("lat"), "lat"),
        lon=number(said.get("lon"), "lon"),
        speed_mps=speed(said.get("vel"), KMH_MPS),
        heading_deg=heading(said.get("cog")),
        accuracy_m=accuracy(said.get("acc")),
    )


def _plain_number(said: object) -> float:
    return number(said, "tst")
