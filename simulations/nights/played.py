"""What came of it, as tables: Arrow's, which pandas, Polars and numpy read (`.to_pandas()`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

from simulations.experiment.inputs import Inputs, RivalColumns
from simulations.experiment.replicate import Replication
from simulations.results.compare import Apart, intervals
from simulations.results.figures import Values, figures
from simulations.results.pairs import compare_in, pairs_in
from simulations.results.rows import rows_of
from simulations.results.schema import TABLES
from simulations.results.table import as_text
from simulations.scenario.as_experiment import stage_of
from simulations.scenario.values import values_of


@dataclass(frozen=True, eq=False)
class Played:
    """replications : of each rival, night by night. What a figure means and in which unit stands in
    `simulations/results/figures.py`."""

    inputs: Inputs
    columns: Mapping[str, RivalColumns]
    replications: Mapping[str, Sequence[Replication]]

    def __repr__(self) -> str:
        pairs = pairs_in(self.inputs, self.values)
        return as_text(self.inputs.experiment, intervals(self.values), self.apart, pairs=pairs)

    @cached_property
    def values(self) -> dict[str, Values]:
        """By rival and figure, one value a night."""
        asked, words = self.inputs.experiment, self.inputs.words
        stage = None if self.inputs.scenario is None else stage_of(self.inputs, list(self.columns.values()))
        found: dict[str, Values] = {}
        for number, (name, nights) in enumerate(self.replications.items()):
            each = [figures(done, self.columns[name], asked, words) for done in nights]
            if stage is not None:
                course = stage.courses[number]
                each = [its | values_of(stage, course, done) for its, done in zip(each, nights, strict=True)]
            found[name] = {figure: [one[figure] for one in each] for figure in each[0]}
        return found

    @cached_property
    def apart(self) -> list[Apart]:
        """Each rival less what it is compared with."""
        return compare_in(self.inputs, self.values)

    def by_night(self) -> pa.Table:
        """A row for each rival and night, a column for each figure."""
        rows = [
            {"rival": name, "night": night, **{figure: its[night] for figure, its in values.items()}}
            for name, values in self.values.items()
            for night in range(self.inputs.experiment.replications)
        ]
        return pa.Table.from_pylist(rows)

    def figures(self) -> pa.Table:
        """Each figure of each rival with Student's 95 % interval over the nights."""
        rows = [
            {"rival": name, "figure": figure, "mean": its.mean, "low": its.low, "high": its.high, "n": its.n}
            for name, found in intervals(self.values).items()
            for figure, its in found.items()
            if its is not None
        ]
        return pa.Table.from_pylist(rows)

    def differences(self) -> pa.Table:
        """Each rival less the first, paired night by night.

        p : beside all other lines of the table (Holm); sure: whether anybody may say that they differ
        """
        rows = [
            {
                "rival": each.rival,
                "first": each.first,
                "figure": each.figure,
                "mean": each.found.interval.mean,
                "low": each.found.interval.low,
                "high": each.found.interval.high,
                "p": each.p,
                "sure": each.sure,
            }
            for each in self.apart
        ]
        return pa.Table.from_pylist(rows)

    def rows(self, name: str = "incidents") -> pa.Table:
        """Of all rivals and nights: "incidents", "unit_hours" or "bed_hours" (docs/simulation-rows.md)."""
        if name not in TABLES:
            raise ValueError(f"There are no rows called {name!r}; there are: {', '.join(TABLES)}.")
        found = [
            rows_of(number, night, done, self.columns[rival], self.inputs)[name]
            for number, (rival, nights) in enumerate(self.replications.items())
            for night, done in enumerate(nights)
        ]
        return pa.concat_tables([table.cast(TABLES[name]) for table in found])
