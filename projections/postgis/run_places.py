"""Where a run's unit was: when it was sent, as the decision saw it, and when it last told of a milestone."""

from domain.base import Fact
from domain.decision import Decision
from domain.run import Run
from projections.postgis.seen import seen
from projections.rows import Row, changed, moment


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
                return _joined(changed(row, seq, seen=seen(advice, row["callsign"])), seq)
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
