"""Traccar's OsmAnd protocol: what Traccar Client and many trackers send by HTTP, one fix a request.

Two dialects. The older writes everything into the query or a form: speed in knots, time in seconds,
milliseconds or text. The newer sends JSON: speed in metres a second, -1 for what is not known, time in ISO
8601.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import msgspec

from api.ingest.fix import KNOT_MPS, BadFix, Fix, accuracy, heading, moment, number, speed
from projections.unreadable import UNREADABLE

TRUE = ("true", "1")
MOST_FIELDS = 100

_decoder = msgspec.json.Decoder(dict[str, Any])


class Said(NamedTuple):
    """Which device speaks, by its secret name, and what it says.

    fix   : None where it only says that it is alive, or where what it says is not to be believed
    fault : why not; such a report is not sent again, or a phone would repeat it before all later ones
    """

    device: str
    fix: Fix | None
    fault: str | None = None


def read_request(query: str, content_type: str, body: bytes, heard_at: datetime) -> Said:
    """A request in either dialect; where there is a query, it says all. Raises BadFix where nobody speaks.

    heard_at : stands for the time of the fix where an old tracker sends none
    """
    if content_type.lower().startswith("application/json"):
        return _of_json(body)
    try:
        fields = dict(parse_qsl(query or body.decode("utf-8", "replace"), max_num_fields=MOST_FIELDS))
    except ValueError:
        raise BadFix(f"it has more than {MOST_FIELDS} fields") from None
    device = fields.get("id") or fields.get("deviceid")
    if not device:
        raise BadFix("it does not say which device speaks (id)")
    try:
        return Said(device, _of_form(fields, heard_at))
    except BadFix as fault:
        return Said(device, None, str(fault))


def _of_form(fields: Mapping[str, str], heard_at: datetime) -> Fix | None:
    if fields.get("valid", "true").lower() not in TRUE:
        raise BadFix("the device itself says that the position is not valid")
    if fields.get("mock", "false").lower() in TRUE:
        raise BadFix("the position was made up on the phone")
    lat, lon = fields.get("lat"), fields.get("lon")
    if "location" in fields:
        lat, _, lon = fields["location"].partition(",")
    if lat is None and lon is None:
        return None
    return Fix(
        at=moment(fields["timestamp"]) if "timestamp" in fields else heard_at,
        lat=number(lat, "lat"),
        lon=number(lon, "lon"),
        speed_mps=speed(fields.get("speed"), KNOT_MPS),
        heading_deg=heading(fields.get("bearing", fields.get("heading"))),
        accuracy_m=accuracy(fields.get("accuracy")),
    )


def _of_json(body: bytes) -> Said:
    try:
        said = _decoder.decode(body)
    except UNREADABLE:
        raise BadFix("it is not JSON of Traccar Client") from None
    device = said.get("device_id")
    if not isinstance(device, str) or not device:
        raise BadFix("it does not say which device speaks (device_id)")
    try:
        return Said(device, _of_location(said.get("location")))
    except BadFix as fault:
        return Said(device, None, str(fault))


def _of_location(location: object) -> Fix | None:
    if not isinstance(location, dict):
        raise BadFix("it has no location")
    coords, time = location.get("coords"), location.get("timestamp")
    if coords is None:
        return None
    if not isinstance(coords, dict):
        raise BadFix("it has no coords")
    if location.get("mock") is True:
        raise BadFix("the position was made up on the phone")
    if not isinstance(time, str):
        raise BadFix("it does not say when (timestamp)")
    return Fix(
        at=moment(time),
        lat=number(coords.get("latitude"), "latitude"),
        lon=number(coords.get("longitude"), "longitude"),
        speed_mps=speed(coords.get("speed"), 1.0),
        heading_deg=heading(coords.get("heading")),
        accuracy_m=accuracy(coords.get("accuracy")),
    )
