"""The rows of a whole experiment in Parquet files, or CSV: replication by replication, so any length fits."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from pyarrow import csv, parquet

from simulations.experiment.inputs import Inputs, RivalColumns, read_rival
from simulations.experiment.keep import kept
from simulations.experiment.replicate import Replication, file_of
from simulations.results.rows import rows_of
from simulations.results.schema import TABLES
from simulations.sentence import CannotPlay

ROWS: Final = "rows"


def replications(folder: Path, inputs: Inputs) -> Iterator[tuple[int, int, Replication, RivalColumns]]:
    """Number of the rival, of the replication, and both. Raises OSError, ValueError where one is damaged."""
    rivals = [read_rival(folder, number) for number in range(len(inputs.experiment.rivals))]
    for replication in range(inputs.experiment.replications):
        for number, rival in enumerate(rivals):
            yield number, replication, _read(folder, inputs, number, replication), rival


def _read(folder: Path, inputs: Inputs, number: int, replication: int) -> Replication:
    path, name = file_of(folder, number, replication), inputs.experiment.rivals[number].name
    try:
        return kept(path, Replication)
    except ValueError as fault:
        raise CannotPlay(
            f"Replication {replication} of the rival `{name}` cannot be read "
            f"({str(fault).rstrip('.')}): give the order once more, and {path} is played anew."
        ) from None


def write_rows(folder: Path, inputs: Inputs, kind: str = "parquet") -> list[Path]:
    """kind : "parquet" or "csv"; the files that were written"""
    into = folder / ROWS
    into.mkdir(exist_ok=True)
    paths = {name: into / f"{name}.{kind}" for name in TABLES}
    with ExitStack() as open_files:
        writers = {
            name: open_files.enter_context(_writer(paths[name], schema, kind))
            for name, schema in TABLES.items()
        }
        for number, replication, done, rival in replications(folder, inputs):
            for name, table in rows_of(number, replication, done, rival, inputs).items():
                writers[name].write_table(table)
    return list(paths.values())


def _writer(path: Path, schema: pa.Schema, kind: str) -> Any:
    if kind == "csv":
        plain = pa.schema([(each.name, _plain(each.type)) for each in schema])
        return _Undressed(csv.CSVWriter(path, plain), plain)
    return parquet.ParquetWriter(path, schema, compression="zstd")


def _plain(kind: pa.DataType) -> pa.DataType:
    return pa.string() if pa.types.is_dictionary(kind) else kind


class _Undressed:
    """CSV knows no numbered words."""

    def __init__(self, writer: Any, schema: pa.Schema) -> None:
        self._writer, self._schema = writer, schema

    def write_table(self, table: pa.Table) -> None:
        self._writer.write_table(table.cast(self._schema))

    def __enter__(self) -> "_Undressed":
        return self

    def __exit__(self, *what: object) -> None:
        self._writer.close()
