"""The rows of a calibration: both sides call by call, and the figures, as Parquet or CSV."""

from dataclasses import asdict
from pathlib import Path
from typing import Final, get_type_hints

import numpy as np
import pyarrow as pa
from pyarrow import csv, parquet

from simulations.calibration.compare import Compared
from simulations.calibration.material import Material
from simulations.calibration.stretches import STRETCHES
from simulations.city_model.model import PRIORITIES
from simulations.results.write_rows import ROWS

INCIDENTS: Final = pa.schema(
    [
        ("side", pa.string()),
        ("replication", pa.int32()),
        ("incident", pa.int32()),
        ("rang_at", pa.string()),
        ("priority", pa.string()),
        ("ward", pa.string()),
        ("lat", pa.float64()),
        ("lon", pa.float64()),
        *((f"{stretch}_s", pa.float64()) for stretch in STRETCHES),
        ("late", pa.bool_()),
        ("transported", pa.bool_()),
    ]
)
_KINDS: Final = {str: pa.string(), int: pa.int32(), bool: pa.bool_(), float: pa.float64()}
FIGURES: Final = pa.schema([(name, _KINDS[kind]) for name, kind in get_type_hints(Compared).items()])


def tables(material: Material) -> dict[str, pa.Table]:
    """replication : empty for the record; incident: the same number on both sides"""
    rows = [asdict(each) for each in material.rows]
    return {"figures": pa.Table.from_pylist(rows, FIGURES), "incidents": _incidents(material)}


def write_rows(folder: Path, material: Material, kind: str = "parquet") -> list[Path]:
    """kind : "parquet" or "csv"; the files that were written"""
    into = folder / ROWS
    into.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, table in tables(material).items():
        path = into / f"{name}.{kind}"
        if kind == "csv":
            csv.write_csv(table, path)
        else:
            parquet.write_table(table, path, compression="zstd")
        paths.append(path)
    return paths


def _incidents(material: Material) -> pa.Table:
    judged = material.judged
    calls, rounds = judged.of.calls, judged.asked.replications
    names = [shape.name for shape in judged.wards]
    ward = [
        names[each] if each >= 0 else None for each in np.array(judged.ward_of, int)[judged.place].tolist()
    ]
    again = rounds + 1
    columns = [
        pa.array(["recorded"] * len(calls) + ["simulated"] * (rounds * len(calls))),
        pa.array([None] * len(calls) + np.repeat(np.arange(rounds), len(calls)).tolist(), pa.int32()),
        pa.array(np.tile(np.arange(len(calls)), again), pa.int32()),
        pa.array([call.rang_at.isoformat() for call in calls] * again),
        pa.array([PRIORITIES[each] for each in judged.priority.tolist()] * again),
        pa.array(ward * again, pa.string()),
        pa.array([call.position.lat for call in calls] * again),
        pa.array([call.position.lon for call in calls] * again),
        *(_seconds(material, stretch) for stretch in STRETCHES),
        _seconds(material, "late").cast(pa.bool_()),
        _seconds(material, "transported").cast(pa.bool_()),
    ]
    return pa.table(columns, schema=INCIDENTS)


def _seconds(material: Material, stretch: str) -> pa.Array:
    judged = material.judged
    both = np.concatenate([judged.recorded[stretch], judged.simulated[stretch].ravel()])
    return pa.array(np.round(both, 3), mask=~np.isfinite(both))
