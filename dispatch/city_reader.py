"""Read single fields out of parsed TOML, and collect every fault as a sentence."""

from collections.abc import Iterable, Mapping
from typing import Any

from domain.errors import BadPosition
from domain.values import Position

Table = Mapping[str, Any]

_WORDS = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}


class Faults:
    """The sentences collected so far; reading goes on, so that one look shows them all."""

    def __init__(self) -> None:
        self.sentences: list[str] = []

    def say(self, sentence: str) -> None:
        self.sentences.append(sentence)


class Entry:
    """One table of a file, with the name it is known by in a sentence.

    Each reader answers a value of the right type; where the field is missing or wrong it notes the
    fault and answers a harmless stand-in, which never leaves `load_city` because faults are raised.
    """

    def __init__(self, table: object, where: str, faults: Faults) -> None:
        self.where = where
        self.faults = faults
        self.table: Table = table if isinstance(table, Mapping) else {}
        self._read: set[str] = set()
        if not isinstance(table, Mapping):
            faults.say(f"{where} must be a table.")

    def fault(self, field: str, complaint: str) -> None:
        self.faults.say(f"{self.where}, field '{field}': {complaint}")

    def has(self, field: str) -> bool:
        return field in self.table

    def text(self, field: str, default: str | None = None) -> str:
        value = self._value(field, str, default)
        if isinstance(value, str) and not value.strip() and default is None and self.has(field):
            self.fault(field, "must not be empty.")
        return value if isinstance(value, str) else ""

    def truth(self, field: str, default: bool | None = None) -> bool:
        return bool(self._value(field, bool, default))

    def whole(self, field: str, least: int = 0, default: int | None = None) -> int:
        value = self._value(field, int, default)
        if not isinstance(value, int):
            return least
        if value < least:
            self.fault(field, f"{value} is below {least}.")
        return value

    def number(self, field: str) -> float:
        value = self._value(field, float, None)
        return float(value) if isinstance(value, int | float) else 0.0

    def texts(self, field: str, known: Iterable[str] | None = None) -> tuple[str, ...]:
        """A list of texts, each one of `known` where that is given. A missing list is empty."""
        self._read.add(field)
        value = self.table.get(field, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self.fault(field, "must be a list of texts.")
            return ()
        allowed = None if known is None else tuple(known)
        for each in value:
            if allowed is not None and each not in allowed:
                self.fault(field, f"'{each}' is not known; choose from {', '.join(allowed)}.")
        if len(set(value)) < len(value):
            self.fault(field, "says the same thing twice.")
        return tuple(value)

    def one_of(self, field: str, known: Iterable[str]) -> str:
        allowed = tuple(known)
        value = self.text(field)
        if value and value not in allowed:
            self.fault(field, f"'{value}' is not known; choose from {', '.join(allowed)}.")
        return value if value in allowed else allowed[0]

    def position(self) -> Position:
        """The fields `lat` and `lon`, WGS84 degrees."""
        lat, lon = self.number("lat"), self.number("lon")
        try:
            return Position(lat, lon)
        except BadPosition as refusal:
            if self.has("lat") and self.has("lon"):
                self.fault("lat", str(refusal))
            return Position(1.0, 1.0)

    def inner(self, field: str) -> "Entry":
        self._read.add(field)
        where = f"{self.where}, table '{field}'"
        if not self.has(field):
            self.fault(field, "is missing.")
            return Entry({}, where, Faults())  # one sentence for the table is enough
        return Entry(self.table[field], where, self.faults)

    def done(self) -> None:
        """Complain of fields nobody asked for: most are misspelt."""
        for field in self.table:
            if field not in self._read:
                self.fault(field, "is not a field of this entry; is it misspelt?")

    def _value(self, field: str, kind: type, default: object) -> object:
        self._read.add(field)
        if field not in self.table:
            if default is None:
                self.fault(field, "is missing.")
            return default
        value = self.table[field]
        accepted = (int, float) if kind is float else (kind,)
        if not isinstance(value, accepted) or (isinstance(value, bool) and kind is not bool):
            self.fault(field, f"must be {_WORDS[kind]}, not {value!r}.")
            return default
        return value
