"""Read single fields of a model's TOML strictly: of the right type, of a known name, and with their line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from simulations.city_model.durations import Duration, constant, read_duration
from simulations.city_model.faults import Faults

Table = Mapping[str, Any]


@dataclass(slots=True)
class Fields:
    """One table of the file. path : where in the file it is, "times.P1", empty for the whole"""

    file: str
    table: Table
    path: str
    lines: Mapping[str, int]
    faults: Faults
    _read: set[str] = field(default_factory=set)

    def line(self, name: str = "") -> int | None:
        """Of a field; of the table it is in, where the field has none of its own."""
        path = f"{self.path}.{name}".strip(".") if name else self.path
        while path and path not in self.lines:
            path = path.rpartition(".")[0]
        return self.lines.get(path)

    def fault(self, name: str, complaint: str) -> None:
        said = f"{self.path}.{name}".strip(".")
        self.faults.say(self.file, self.line(name), f"'{said}' {complaint}")

    def has(self, name: str) -> bool:
        return name in self.table

    def names(self) -> list[str]:
        """All fields of a table whose names are free."""
        self._read.update(self.table)
        return list(self.table)

    def text(self, name: str, *, empty: bool = False) -> str:
        value = self._value(name)
        if value is None:
            return ""
        if not isinstance(value, str) or (not value.strip() and not empty):
            self.fault(name, "must be a text")
            return ""
        return value

    def number(self, name: str, least: float = 0.0, most: float = float("inf")) -> float:
        value = self._value(name)
        if value is None:
            return least
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
            self.fault(name, f"must be a number, not {value!r}")
            return least
        if not least <= value <= most:
            upto = "or more" if most == float("inf") else f"to {most:g}"
            self.fault(name, f"must be {least:g} {upto}, not {value:g}")
            return least
        return float(value)

    def whole(self, name: str, least: int = 0) -> int:
        value = self._value(name)
        if value is None:
            return least
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            self.fault(name, f"must be a whole number of {least} or more, not {value!r}")
            return least
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        value = self._value(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not value or not all(isinstance(each, str) for each in value):
            self.fault(name, "must be a list of texts")
            return ()
        return tuple(value)

    def pairs(self, name: str) -> list[tuple[str, str]]:
        """Of texts, at least one."""
        value = self._value(name)
        if value is None:
            return []
        right = isinstance(value, list) and all(
            isinstance(pair, list) and len(pair) == 2 and all(isinstance(each, str) for each in pair)
            for pair in value
        )
        if not right or not value:
            self.fault(name, 'must be a list of pairs, such as [["flood", "placed"]]')
            return []
        return [(first, other) for first, other in value]

    def numbers(self, name: str, count: int) -> list[float]:
        """So many of them, each above 0."""
        value = self._value(name)
        right = isinstance(value, list) and all(
            isinstance(each, int | float) and not isinstance(each, bool) and 0 < each < float("inf")
            for each in value
        )
        if value is not None and (not right or len(value) != count):
            self.fault(name, f"must be {count} numbers above 0")
        return [float(each) for each in value] if right and len(value) == count else [1.0] * count

    def inner(self, name: str) -> "Fields":
        value = self._value(name)
        if value is not None and not isinstance(value, Mapping):
            self.fault(name, "must be a table")
        table = value if isinstance(value, Mapping) else {}
        return Fields(self.file, table, f"{self.path}.{name}".strip("."), self.lines, self.faults)

    def each(self, name: str) -> list["Fields"]:
        """The tables of a list."""
        value = self._value(name)
        if value is None:
            return []
        if not isinstance(value, list) or not value or not all(isinstance(each, Mapping) for each in value):
            self.fault(name, "must be a list of tables")
            return []
        path = f"{self.path}.{name}".strip(".")
        return [
            Fields(self.file, table, f"{path}.{number}", self.lines, self.faults)
            for number, table in enumerate(value)
        ]

    def duration(self, name: str) -> Duration:
        """Such as "gamma mean_s=900 shape=2"."""
        said = self.text(name)
        if not said:
            return constant(0.0)
        try:
            return read_duration(said)
        except ValueError as refusal:
            self.fault(name, f'cannot be "{said}": {refusal}')
            return constant(0.0)

    def done(self, known: Iterable[str] = ()) -> None:
        """Complain of fields nobody asked for: most are misspelt."""
        for name in self.table:
            if name not in self._read and name not in known:
                self.fault(name, "is not known here; is it misspelt?")

    def _value(self, name: str) -> Any:
        self._read.add(name)
        if name not in self.table:
            self.faults.say(
                self.file,
                self.line(),
                f"'{name}' is missing from [{self.path}]" if self.path else f"'{name}' is missing",
            )
            return None
        return self.table[name]
