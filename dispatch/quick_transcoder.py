"""Reads and writes what the event library's JSON transcoder does, only sooner: the same bytes."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from eventsourcing.persistence import JSONTranscoder, TranscodingNotRegisteredError

from dispatch.transcodings import LettersPacked, iso
from domain.letters import Letters
from domain.values import Act

PLAIN = frozenset({str, int, bool, type(None)})
TINY, HUGE = 1e-4, 1e16
"""Between these two every writer of JSON writes a figure alike."""
IDS_KEPT = 4_096
"""Most ids are told some ten times within an hour: of runs, incidents, units."""


class _OddValueError(Exception):
    """A value that only the library's own writer writes as it always did."""


class QuickTranscoder(JSONTranscoder):
    """The library calls a function of ours for each object within; here the plain JSON is read at once, and
    looked through afterwards. It is written at once, too, where all within is plain or known: letters that
    are written already go in as they are."""

    def __init__(self) -> None:
        super().__init__()
        self._act: tuple[object, msgspec.Raw] | None = None
        self._moment: tuple[object, msgspec.Raw] | None = None
        self._ids: dict[int, msgspec.Raw] = {}
        self._tell: dict[type, Callable[[Any], Any]] = {
            dict: self._dict,
            list: self._items,
            tuple: self._items,
            float: _figure,
            UUID: self._id,
            datetime: self._datetime,
            Act: self._told_act,
            Letters: self._told_letters,
        }

    def encode(self, obj: Any) -> bytes:
        try:
            return _letters(self._told(obj))
        except (_OddValueError, ValueError, TypeError, OverflowError):
            return super().encode(obj)

    def _told(self, value: Any) -> Any:
        kind = type(value)
        if kind in PLAIN:
            return value
        tell = self._tell.get(kind)
        if tell is not None:
            return tell(value)
        if isinstance(value, str):
            return str.__str__(value)  # such as an Enum of words
        return self._known(kind, value)

    def _dict(self, value: dict[Any, Any]) -> dict[str, Any]:
        told, tells, ids = value.copy(), self._tell, self._ids
        for name, item in value.items():
            if type(name) is not str:
                raise _OddValueError
            kind = type(item)
            if kind in PLAIN:
                continue
            if kind is UUID and (letters := ids.get(item.int)) is not None:  # half of what is not plain
                told[name] = letters
            else:
                tell = tells.get(kind)
                told[name] = self._told(item) if tell is None else tell(item)
        return told

    def _items(self, value: list[Any] | tuple[Any, ...]) -> Any:
        if PLAIN.issuperset(map(type, value)):
            return value
        return [self._told(item) for item in value]

    # Another thread may be writing, too: each of these looks at what is kept once.

    def _id(self, value: UUID) -> msgspec.Raw:
        number = value.int
        told = self._ids.get(number)
        if told is None:
            if len(self._ids) >= IDS_KEPT:
                self._ids = {}
            told = self._ids[number] = msgspec.Raw(b'{"_type_":"uuid_hex","_data_":"%032x"}' % number)
        return told

    def _datetime(self, value: datetime) -> msgspec.Raw:
        last = self._moment
        if last is not None and last[0] is value:
            return last[1]
        letters = msgspec.Raw(_letters({"_type_": "datetime_iso", "_data_": iso(value)}))
        self._moment = value, letters  # all facts of one save were heard at the same moment
        return letters

    def _told_act(self, value: Act) -> Any:
        last = self._act
        if last is not None and last[0] is value:
            return last[1]
        letters = msgspec.Raw(_letters(self._known(Act, value)))
        self._act = value, letters  # the facts of one save tell by the same act
        return letters

    def _told_letters(self, value: Letters) -> Any:
        transcoding: Any = self.types.get(Letters)
        if type(transcoding) is not LettersPacked:
            return self._known(Letters, value)
        return {"_type_": transcoding.name, "_data_": transcoding.packed(value)}  # in base 64 it is written

    def _known(self, kind: type, value: Any) -> Any:
        transcoding = self.types.get(kind)
        if transcoding is None:
            raise _OddValueError
        return {"_type_": transcoding.name, "_data_": self._told(transcoding.encode(value))}

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


_letters = msgspec.json.Encoder().encode


def _figure(value: float) -> float:
    if value == 0.0 or TINY <= abs(value) < HUGE:
        return value
    raise _OddValueError  # also what is no number
