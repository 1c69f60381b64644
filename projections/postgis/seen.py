"""Where a decision saw the units of its fleet, read from the advice that is stored with it.

`dispatch.inputs` writes each unit as a row of columns, of which only the first ones are asked for here. Older
decisions kept places by callsign.
"""

from datetime import datetime
from typing import Any

import msgspec

from domain.letters import Letters
from projections.rows import Row, moment


class _Place(msgspec.Struct, array_like=True):
    """What follows of its street is not asked for."""

    lat: float
    lon: float


class _Unit(msgspec.Struct, array_like=True):
    """The first columns of `dispatch.inputs.UNIT`; a test compares them."""

    unit_id: Any
    callsign: str
    kind: Any
    capabilities: Any
    duty: Any
    incident_number: Any
    position: _Place | None
    position_at: datetime | None


class _Inputs(msgspec.Struct):
    units: list[_Unit] = []
    positions: dict[str, tuple[float, float, datetime | None]] = {}


class _Advice(msgspec.Struct):
    """As much of an advice as is asked for: a large fleet's takes long to read whole."""

    inputs: _Inputs = msgspec.field(default_factory=_Inputs)


COLUMNS = _Unit.__struct_fields__
_READ = msgspec.json.Decoder(_Advice)


def seen(advice: Letters | dict[str, Any], callsign: str | None) -> Row:
    """Where the unit was, or everybody where the unit is not known yet. Old advice may not say.

    Returns {callsign: {"lat", "lon", "at"}}, where `at` is the time of the fix, or None
    """
    try:
        if isinstance(advice, Letters):
            inputs = _READ.decode(advice.utf8).inputs
        else:
            inputs = msgspec.convert(advice, _Advice).inputs
    except msgspec.DecodeError:
        return {}
    places = {name: (_Place(lat, lon), at) for name, (lat, lon, at) in inputs.positions.items()}
    places |= {unit.callsign: (unit.position, unit.position_at) for unit in inputs.units if unit.position}
    return {
        name: {"lat": place.lat, "lon": place.lon, "at": None if at is None else moment(at)}
        for name, (place, at) in places.items()
        if callsign in (None, name)
    }
