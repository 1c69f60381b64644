"""What comes out of a centre: its log as the relay publishes it, and the pings of its units."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import msgspec

from api.streams.envelope import outgoing
from domain.city import Limit
from domain.run import Run
from projections.streams.effects import Alert, Effect, Proposal
from projections.streams.fold import Limits
from projections.streams.messages import Tick
from projections.streams.plan import Source, folds, read
from projections.streams.shelf import Shelf, run_here
from tests.histories import Log, World

LIMITS = Limits(
    acknowledge=Limit(60, 90),
    on_scene=Limit(300, 600),
    handover=Limit(300, 600),
    unit_position=Limit(30, 120),
    queue={"P1": Limit(60, 120), "P2": Limit(120, 300)},
)
FAR = 0.006
"""Degrees of latitude, some 660 m."""


class Record(NamedTuple):
    source: Source
    key: str
    value: bytes
    at: datetime


def events_of(log: Log, centre: str = "hcmc") -> list[Record]:
    records = []
    for seq, fact in log:
        sent = outgoing(centre, seq, fact)
        records.append(Record("events", sent.key.decode(), sent.value, fact.act.at))
    return records


def a_ping(callsign: str, at: datetime, lat: float, lon: float, **facts: Any) -> Record:
    centre = facts.pop("centre", "hcmc")
    said = {"centre": centre, "callsign": callsign, "at": at, "lat": lat, "lon": lon, **facts}
    said = {"speed_mps": None, "heading_deg": None, "accuracy_m": 10.0, **said}
    return Record("pings", f"{centre}/{callsign}", msgspec.json.encode(said), at)


def pings_of(world: World, centre: str = "hcmc", runs: int = 1) -> list[Record]:
    """Each unit drives to the scenes of its first runs, stays, and leaves; its clock never goes back."""
    scenes = dict(_scenes(world))
    records: list[Record] = []
    for callsign in world.callsigns:
        mine = [run for run in world.all_runs if run.callsign == callsign][:runs]
        records += _drives(mine, scenes, callsign, centre)
    return records


def everything(world: World, centre: str = "hcmc", runs: int = 1) -> list[Record]:
    """Events in the order of the log, pings between them by their time."""
    events, pings = events_of(world.log, centre), sorted(pings_of(world, centre, runs), key=lambda r: r.at)
    woven: list[Record] = []
    for event in events:
        while pings and pings[0].at <= event.at:
            woven.append(pings.pop(0))
        woven.append(event)
    return woven + pings


def ticks_after(records: Iterable[Record]) -> list[Tick]:
    """Time passes long enough for everything to have been said."""
    last = max(record.at for record in records)
    return [Tick(last + timedelta(seconds=s)) for s in (1, 400, 4_000, 4_010, 4_100, 4_110, 4_120)]


@dataclass
class Outcome:
    """What the folds remember, which alerts and proposals there were, and how each row stands last."""

    states: dict[str, Any]
    notices: set[str] = field(default_factory=set)
    rows: dict[str, Effect] = field(default_factory=dict)

    def hear(self, effects: Iterable[Effect]) -> None:
        for effect in effects:
            if isinstance(effect, Alert | Proposal):
                self.notices.add(effect.id)
            else:
                self.rows[effect.id] = effect  # type: ignore[union-attr]


def in_order(records: list[Record], ticks: list[Tick]) -> Outcome:
    """Everything once, in its order, in one place."""
    shelf, found = Shelf(folds(LIMITS)), Outcome({})
    for record in records:
        found.hear(run_here(shelf, read(record.source, record.value)))
    for tick in ticks:
        found.hear(time_passes(shelf, tick))
    found.states = shelf.states()
    return found


def time_passes(shelf: Shelf, tick: Tick) -> list[Effect]:
    from projections.streams.plan import Heard

    return run_here(shelf, Heard(tick=tick))


def _scenes(world: World) -> list[tuple[object, tuple[float, float]]]:
    return [
        (fact.originator_id, (fact.position.lat, fact.position.lon))
        for _, fact in world.log
        if type(fact).__qualname__ == "Incident.Opened"
    ]


def _drives(
    mine: list[Run], scenes: dict[Any, tuple[float, float]], callsign: str, centre: str
) -> list[Record]:
    records: list[Record] = []
    clock: datetime | None = None
    for run in mine:
        lat, lon = scenes[run.incident_id]
        start = run.times["assigned"] if clock is None else max(clock, run.times["assigned"])
        for i in range(15):
            clock = start + timedelta(seconds=6 * (i + 1))
            away = FAR if i < 4 or i >= 10 else 0.0
            records.append(a_ping(callsign, clock, lat + away, lon))
    return records
