"""What rows say to who asks: the fields their models name and no other, in a snapshot and on the feed alike.

Views keep more than is told: what the next fact is folded with. A snapshot passes its models and loses it;
the frames of the feed lose it here, without a check that could fail.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

from api.schema.rows import Snapshot

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Named:
    """Of a model: the shape of each field; None where whatever stands there is told as it stands."""

    fields: dict[str, "Shape"]


@dataclass(frozen=True, slots=True)
class Each:
    """Of a list or a dictionary: the shape of every value."""

    shape: "Shape"


Shape = Named | Each | None


def shape_of(kind: Any) -> Shape:
    """Of an annotation."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return Named({name: shape_of(field.annotation) for name, field in kind.model_fields.items()})
    parts, outer = get_args(kind), get_origin(kind)
    if outer in (Union, UnionType):
        return next((shape for part in parts if (shape := shape_of(part)) is not None), None)
    if outer in (list, dict):
        shape = shape_of(parts[-1])
        return None if shape is None else Each(shape)
    return None


SHAPES = {view: shape_of(field.annotation) for view, field in Snapshot.model_fields.items()}
"""Of the rows of each view."""


def told_rows(view: str, rows: Iterable[Row]) -> list[Row]:
    """The rows without what their model does not name."""
    told: list[Row] = _told(list(rows), SHAPES[view])
    return told


def _told(value: Any, shape: Shape) -> Any:
    match shape:
        case Named(fields) if value is not None:
            return {name: _told(value[name], of) for name, of in fields.items() if name in value}
        case Each(of) if isinstance(value, dict):
            return {key: _told(each, of) for key, each in value.items()}
        case Each(of) if value is not None:
            return [_told(each, of) for each in value]
    return value
