"""The columns of the rows, with their units. `docs/simulation-rows.md` tells the same to people; a test holds
one against the other."""

from typing import Final

import pyarrow as pa

WORD: Final = pa.dictionary(pa.int32(), pa.string())

RUN: Final = [("rival", WORD), ("replication", pa.int32())]
"""Begins every row: which rival, and which replication. A call has the same number under all rivals of it."""

INCIDENTS: Final = pa.schema(
    [
        *RUN,
        ("incident", pa.int32()),
        ("call", pa.int64()),
        ("priority", WORD),
        ("ward", WORD),
        ("lat", pa.float64()),
        ("lon", pa.float64()),
        ("transports", pa.bool_()),
        ("rang_s", pa.float64()),
        ("opened_s", pa.float64()),
        ("sent_s", pa.float64()),
        ("on_scene_s", pa.float64()),
        ("left_scene_s", pa.float64()),
        ("at_hospital_s", pa.float64()),
        ("clear_s", pa.float64()),
        ("response_s", pa.float64()),
        ("late", pa.bool_()),
        ("unit", WORD),
        ("hospital", WORD),
        ("to_scene_m", pa.float64()),
        ("to_hospital_m", pa.float64()),
    ]
)

UNIT_HOURS: Final = pa.schema(
    [
        *RUN,
        ("unit", WORD),
        ("station", WORD),
        ("hour", pa.int32()),
        ("on_duty_s", pa.float64()),
        ("runs", pa.int32()),
        ("busy_s", pa.float64()),
    ]
)

BED_HOURS: Final = pa.schema(
    [
        *RUN,
        ("hospital", WORD),
        ("hour", pa.int32()),
        ("beds", pa.int32()),
        ("arrivals", pa.int32()),
        ("handover_s", pa.float64()),
        ("taken_s", pa.float64()),
    ]
)

TABLES: Final = {"incidents": INCIDENTS, "unit_hours": UNIT_HOURS, "bed_hours": BED_HOURS}
