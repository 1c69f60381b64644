"""Where a run's unit was: when it was sent, as the decision saw it, and when it last told of a milestone."""

from datetime import datetime
from typing import Any

import msgspec

from domain.base import Fact
from domain.decision import Decision
from domain.letters import Letters
from domain.run import Run
from projections.rows import Row, changed, moment

Seen = dict[str, tuple[float, float, datetime | None]]
"""{callsign: (lat, lon, time of the fix)}"""


class RunPlaces:
    """One row a run. The decision and the run tell their parts in either order; until both have, the row
    keeps what the decision saw of the whole fleet.

    start, last : {"lat", "lon", "at"} or None; a milestone's place is of the time of the milestone
    """

    name = "run_places"
    facts = (Run.Assigned, Run.Progressed, Decision.Made)

    def keys(self, event: Fact) -> tuple[str, ...]:
        if isinstance(event, Decision.Made):
            return (str(event.run_id),)
        return (str(event.originator_id),) if isinstance(event, self.facts) else ()

    def fold(self, key: str, row: Row | None, event: Fact, seq: int) -> Row | None:
        match event:
            case Run.Assigned(callsign=callsign):
                return _joined(changed(row or _blank(key), seq, callsign=callsign), seq)
            case Decision.Made(advice=advice):
                row = row or _blank(key)
                return _joined(changed(row, seq, seen=_seen(advice, row["callsign"])), seq)
            case Run.Progressed(position=position) if position is not None and row is not None:
                last = {"lat": position.lat, "lon": position.lon, "at": moment(event.act.at)}
                if row["last"] is None or row["last"]["at"] <= last["at"]:
                    return changed(row, seq, last=last)
        return row


def _blank(key: str) -> Row:
    return {"id": key, "callsign": None, "start": None, "last": None, "seen": None, "seq": 0}


def _joined(row: Row, seq: int) -> Row:
    if row["callsign"] is None or row["seen"] is None:
        return row
    return changed(row, seq, start=row["seen"].get(row["callsign"]), seen=None)


class _Inputs(msgspec.Struct):
    positions: Seen = {}


class _Advice(msgspec.Struct):
    """As much of an advice as is asked for: a large fleet's takes long to read whole."""

    inputs: _Inputs = msgspec.field(default_factory=_Inputs)


_READ = msgspec.json.Decoder(_Advice)


def _seen(advice: Letters | dict[str, Any], callsign: str | None) -> Row:
    """Where the unit was, or everybody where the unit is not known yet. Old advice may not say."""
    try:
        if isinstance(advice, Letters):
            positions = _READ.decode(advice.text).inputs.positions
        else:
            positions = msgspec.convert(advice, _Advice).inputs.positions
    except msgspec.DecodeError:
        return {}
    return {
        name: {"lat": lat, "lon": lon, "at": None if at is None else moment(at)}
        for name, (lat, lon, at) in positions.items()
        if callsign in (None, name)
    }
