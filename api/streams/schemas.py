"""What the records of each topic look like, as JSON Schema, made from the types that read and write them."""

from typing import Any

import msgspec

from api.streams.broker_settings import DEFAULT_PREFIX
from api.streams.checkpoint import Checkpoint
from api.streams.envelope import Envelope
from api.streams.presence import Presence
from projections.streams.effects import Alert, BedsRow, FleetRow, HourRow, MinuteRow, Proposal, RegionRow
from projections.streams.messages import Ping

VALUES: dict[str, tuple[type[msgspec.Struct], ...]] = {
    "events": (Envelope,),
    "pings": (Ping,),
    "fleet": (FleetRow,),
    "alerts": (Alert, Proposal),
    "figures": (MinuteRow, HourRow, BedsRow, RegionRow),
    "relay": (Checkpoint,),
    "centres": (Presence,),
}
"""By topic, those that others than Vigil may read."""


def schemas() -> dict[str, Any]:
    """One JSON Schema for all: under `properties` a topic each, under `$defs` the types."""
    types = [each for kinds in VALUES.values() for each in kinds]
    references, definitions = msgspec.json.schema_components(types, ref_template="#/$defs/{name}")
    definitions["Ping"]["required"].remove("type")  # alone in its topic, it need not say what it is
    by_type = dict(zip(types, references, strict=True))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Values of the records in Vigil's topics",
        "type": "object",
        "properties": {
            DEFAULT_PREFIX + topic: {"anyOf": [by_type[kind] for kind in kinds]}
            for topic, kinds in VALUES.items()
        },
        "$defs": definitions,
    }
