"""Reads and writes what the event library's JSON transcoder does, only sooner: the same bytes."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from eventsourcing.persistence import JSONTranscoder, TranscodingNotRegisteredError

from domain.values import Act

PLAIN = frozenset({str, int, bool, type(None)})
TINY, HUGE = 1e-4, 1e16
"""Between these two every writer of JSON writes a figure alike."""


class _OddValueError(Exception):
    """A value that only the library's own writer writes as it always did."""


class QuickTranscoder(JSONTranscoder):
    """The library calls a function of ours for each object within; here the plain JSON is read at once, and
    looked through afterwards. It is written at once, too, where all within is plain or known."""

    def __init__(self) -> None:
        super().__init__()
        self._last: tuple[object, msgspec.Raw] | None = None

    def encode(self, obj: Any) -> bytes:
        try:
            return msgspec.json.encode(self._told(obj))
        except (_OddValueError, ValueError, TypeError, OverflowError):
            return super().encode(obj)

    def _told(self, value: Any) -> Any:
        kind = type(value)
        if kind in PLAIN:
            return value
        if kind is float:
            if value == 0.0 or TINY <= abs(value) < HUGE:
                return value
            raise _OddValueError  # also what is no number
        if kind is dict:
            if not all(type(name) is str for name in value):
                raise _OddValueError
            return {name: self._told(item) for name, item in value.items()}
        if kind is list or kind is tuple:
            return [self._told(item) for item in value]
        if kind is UUID:
            return {"_type_": "uuid_hex", "_data_": value.hex}
        if kind is datetime:
            return {"_type_": "datetime_iso", "_data_": value.isoformat()}
        if isinstance(value, str):
            return str.__str__(value)  # such as an Enum of words
        return self._known(kind, value)

    def _known(self, kind: type, value: Any) -> Any:
        transcoding = self.types.get(kind)
        if transcoding is None:
            raise _OddValueError
        last = self._last  # once: another thread may be writing, too
        if last is not None and last[0] is value:
            return last[1]
        told = {"_type_": transcoding.name, "_data_": self._told(transcoding.encode(value))}
        if kind is not Act:
            return told
        letters = msgspec.Raw(msgspec.json.encode(told))
        self._last = value, letters  # the facts of one save tell by the same act
        return letters

    def decode(self, data: bytes) -> Any:
        try:
            return self._revived(msgspec.json.decode(data))
        except msgspec.DecodeError:
            # Python's own reader takes what JSON has no words for, such as NaN; so did those who wrote it.
            return super().decode(data)

    def _revived(self, value: Any) -> Any:
        """Objects that stand for a value of ours become that value, the innermost first."""
        kind = type(value)
        if kind is dict:
            for name, item in value.items():
                if type(item) is dict or type(item) is list:
                    value[name] = self._revived(item)
            if len(value) == 2 and "_type_" in value and "_data_" in value:
                return self._value(value["_type_"], value["_data_"])
        elif kind is list:
            for place, item in enumerate(value):
                if type(item) is dict or type(item) is list:
                    value[place] = self._revived(item)
        return value

    def _value(self, name: str, data: Any) -> Any:
        if name == "uuid_hex" and type(data) is str and len(data) == 32:
            return msgspec.convert(data, UUID)  # half of what a fact tells are ids
        transcoding = self.names.get(name)
        if transcoding is None:
            raise TranscodingNotRegisteredError(f"The log holds a '{name}', which this program cannot read.")
        return transcoding.decode(data)
