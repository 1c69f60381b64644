"""The figures of every course and replication, one value a line, for programs of one's own."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from simulations.scenario.figures import FIGURES, Table

COLUMNS: Final = ("course", "replication", "figure", "value")


def write_figures(tables: Mapping[str, Table], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for course, table in tables.items():
            for figure in FIGURES:
                for replication, value in enumerate(table.values[figure]):
                    writer.writerow((course, replication, figure, value))
