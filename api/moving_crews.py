"""Crews that drive to the scene without a word: their positions are put to the offers that are open."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from api.centre import Centre
from api.hand import machine_act
from dispatch.handlers.take_by_moving import TakeByMoving, take_by_moving
from dispatch.policies.under_way import Fix, SetOut, set_out
from domain.values import Position
from projections.positions import Ping
from projections.rows import Row


class MovingCrews:
    """`look` as often as offers are looked at; a unit is looked into only when it reported a new position."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._looked: dict[str, Ping] = {}

    def look(self, runs: Iterable[Row], moment: datetime) -> None:
        """Raises what an order may raise."""
        waiting = [row for row in runs if row["status"] == "assigned" and _is_open(row.get("offer"))]
        self._looked = {row["id"]: self._looked[row["id"]] for row in waiting if row["id"] in self._looked}
        if self._centre.desk.rules.offers.moved_m == 0:
            return
        for row in waiting:
            newest = self._centre.telemetry.positions.latest(row["callsign"])
            if newest is not None and self._looked.get(row["id"]) is not newest:
                self._looked[row["id"]] = newest  # first: a look that fails must not keep offers from lapsing
                self._look_into(row, moment)

    def _look_into(self, row: Row, moment: datetime) -> None:
        centre, rules = self._centre, self._centre.desk.rules.offers
        asked_at = datetime.fromisoformat(row["offer"]["until"]) - timedelta(seconds=row["offer"]["within_s"])
        since = asked_at - timedelta(seconds=max(rules.still_s, centre.desk.rules.send.stale_after_s))
        heard = centre.telemetry.heard_of(row["callsign"], since, moment)
        fixes = [Fix(ping.at, Position(ping.lat, ping.lon), ping.speed_mps) for ping in heard]
        found = set_out(fixes, asked_at, rules)
        if found is None:
            return
        nearer_s = self._nearer_s(row, found)
        if nearer_s is None or nearer_s < rules.nearer_s:
            return
        act = replace(machine_act("offers"), at=found.since)
        command = TakeByMoving(act, UUID(row["id"]), found.seen, found.moved_m, nearer_s)
        centre.order(command, take_by_moving)

    def _nearer_s(self, row: Row, found: SetOut) -> float | None:
        """How many seconds of drive less are left; None where no road leads there."""
        incident = self._centre.views.row("incidents", row["incident_id"])
        unit = self._centre.views.row("units", row["callsign"])
        if incident is None or unit is None:
            return None
        scene = Position(incident["position"]["lat"], incident["position"]["lon"])
        ways = self._centre.desk.roads.to_scene([found.stood, found.seen], scene, unit["kind"])
        left_s = [way.duration_s for way in ways if way is not None and way.method == "road"]
        return round(left_s[0] - left_s[1], 1) if len(left_s) == 2 else None


def _is_open(offer: Row | None) -> bool:
    return offer is not None and offer["state"] == "open"
