"""How the values of the domain are written into the log, and read back.

Each has the shape the event library wants, `type`, `name`, `encode`, `decode`, without knowing the library.
"""

from binascii import a2b_base64, b2a_base64
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

import cramjam
import msgspec

from domain.letters import Letters
from domain.move_up import MoveUp
from domain.traffic import Closure, Slowing, SpeedReport, Stretch
from domain.values import Act, Needs, Position


class _LastMoment:
    """In letters. What is told of one save is told of one moment."""

    def __init__(self) -> None:
        self._last: tuple[datetime | None, str] = None, ""

    def __call__(self, moment: datetime) -> str:
        last = self._last  # once: another thread may be writing, too
        if last[0] is moment:
            return last[1]
        text = moment.isoformat()
        self._last = moment, text
        return text


iso = _LastMoment()


class ActAsList:
    """The facts of one save tell by the same act and are read one after the other, so the last is kept."""

    type = Act
    name = "act"

    def __init__(self) -> None:
        self._last: tuple[list[str], Act] | None = None

    def encode(self, obj: Act) -> list[str]:
        at, command_id = iso(obj.at), obj.command_id.hex
        return [
            at,
            at if obj.heard_at is obj.at else obj.heard_at.isoformat(),
            obj.actor,
            command_id,
            command_id if obj.correlation_id is obj.command_id else obj.correlation_id.hex,
        ]

    def decode(self, data: list[str]) -> Act:
        last = self._last  # once: another thread may be reading, too
        if last is not None and last[0] == data:
            return last[1]
        at, heard_at, actor, command_id, correlation_id = data
        act = Act(
            datetime.fromisoformat(at),
            datetime.fromisoformat(heard_at),
            actor,
            _id(command_id),
            _id(correlation_id),
        )
        self._last = data, act
        return act


class PositionAsList:
    type = Position
    name = "position"

    def encode(self, obj: Position) -> list[float]:
        return [obj.lat, obj.lon]

    def decode(self, data: list[float]) -> Position:
        return Position(data[0], data[1])


class LettersAsText:
    """As older facts hold them."""

    type = Letters
    name = "letters"

    def encode(self, obj: Letters) -> str:
        return obj.text

    def decode(self, data: str) -> Letters:
        return Letters.of(data)


class LettersPacked:
    """Advice says the same of forty hospitals: packed (an LZ4 block with its length before it, in base 64) it
    is a third as long, in less time than it takes to write its quotes anew."""

    type = Letters
    name = "letters_lz4"

    def encode(self, obj: Letters) -> str:
        return b2a_base64(self.packed(obj), newline=False).decode("ascii")

    def packed(self, obj: Letters) -> memoryview:
        """Before it is put in base 64, which some writers of JSON do themselves."""
        return memoryview(cramjam.lz4.compress_block(obj.utf8))

    def decode(self, data: str) -> Letters:
        return Letters(bytes(cramjam.lz4.decompress_block(a2b_base64(data))))


class NeedsAsDict:
    type = Needs
    name = "needs"

    def encode(self, obj: Needs) -> dict[str, Any]:
        return {
            "capabilities": list(obj.capabilities),
            "bed_kind": obj.bed_kind,
            "speciality": obj.speciality,
        }

    def decode(self, data: dict[str, Any]) -> Needs:
        return Needs(tuple(data["capabilities"]), data["bed_kind"], data["speciality"])


class StretchAsList:
    type = Stretch
    name = "stretch"

    def encode(self, obj: Stretch) -> list[Any]:
        return [obj.kind, [list(point) for point in obj.points], obj.width_m]

    def decode(self, data: list[Any]) -> Stretch:
        kind, points, width_m = data
        return Stretch(kind, tuple((lat, lon) for lat, lon in points), width_m)


class ClosureAsDict:
    type = Closure
    name = "closure"

    def encode(self, obj: Closure) -> dict[str, Any]:
        return {
            "closure_id": obj.closure_id.hex,
            "stretch": obj.stretch,
            "reason": obj.reason,
            "profiles": list(obj.profiles),
            "until": _text(obj.until),
        }

    def decode(self, data: Mapping[str, Any]) -> Closure:
        return Closure(
            UUID(data["closure_id"]),
            data["stretch"],
            data["reason"],
            tuple(data["profiles"]),
            _moment(data["until"]),
        )


class SlowingAsDict:
    type = Slowing
    name = "slowing"

    def encode(self, obj: Slowing) -> dict[str, Any]:
        return {
            "slowing_id": obj.slowing_id.hex,
            "stretch": obj.stretch,
            "share": obj.share,
            "reason": obj.reason,
            "until": _text(obj.until),
        }

    def decode(self, data: Mapping[str, Any]) -> Slowing:
        return Slowing(
            UUID(data["slowing_id"]), data["stretch"], data["share"], data["reason"], _moment(data["until"])
        )


class SpeedReportAsList:
    type = SpeedReport
    name = "speed_report"

    def encode(self, obj: SpeedReport) -> list[Any]:
        return [obj.stretch, obj.kmh, obj.measured_at.isoformat(), obj.heading_deg]

    def decode(self, data: list[Any]) -> SpeedReport:
        stretch, kmh, measured_at, heading_deg = data
        return SpeedReport(stretch, kmh, datetime.fromisoformat(measured_at), heading_deg)


class MoveUpAsDict:
    type = MoveUp
    name = "move_up"

    def encode(self, obj: MoveUp) -> dict[str, Any]:
        told = {each.name: getattr(obj, each.name) for each in fields(obj)}
        return {**told, "move_up_id": obj.move_up_id.hex}

    def decode(self, data: Mapping[str, Any]) -> MoveUp:
        return MoveUp(**{**data, "move_up_id": UUID(data["move_up_id"])})


TRANSCODINGS: tuple[Any, ...] = (
    ActAsList(),
    PositionAsList(),
    NeedsAsDict(),
    MoveUpAsDict(),
    LettersAsText(),
    LettersPacked(),  # as they are written now
    StretchAsList(),
    ClosureAsDict(),
    SlowingAsDict(),
    SpeedReportAsList(),
)


def _id(text: str) -> UUID:
    try:
        return msgspec.convert(text, UUID)  # half the time of UUID(text)
    except msgspec.ValidationError:
        return UUID(text)


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
