"""When those on the way to a hospital arrive: by road from where they are, asked seldom, read often."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from dispatch.policies.care_rules import InboundRules
from domain.ports import Roads
from domain.values import Milestone, Position
from projections.positions import Ping

BEFORE_SCENE = (Milestone.ASSIGNED, Milestone.ACCEPTED, Milestone.EN_ROUTE)
AT_SCENE = (Milestone.ON_SCENE, Milestone.PATIENT_CONTACT)
VIA_SCENE = "via_scene"


@dataclass(frozen=True, slots=True)
class Coming:
    """One run on its way.

    on_scene_at : since when it is at the scene, None while it is not
    """

    run_id: str
    callsign: str
    status: str
    scene: Position
    on_scene_at: datetime | None


@dataclass(frozen=True, slots=True)
class Expected:
    """by : how we know; see `ExpectedRow`"""

    at: datetime
    by: str
    position_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Known:
    asked_at: datetime
    runs: tuple[tuple[str, str], ...]
    expected: dict[str, Expected]


class InboundTimes:
    """A hospital's board asks the roads once in `refresh_s`, however many screens look at it."""

    def __init__(self, latest: Callable[[str], Ping | None], rules: InboundRules) -> None:
        self._latest, self._rules = latest, rules
        self._known: dict[str, _Known] = {}
        self._lock = Lock()
        self.asked = 0
        """How often the roads were asked."""

    def of(
        self, hospital_id: str, place: Position, coming: Sequence[Coming], roads: Roads, now: datetime
    ) -> dict[str, Expected]:
        """{run: when it arrives}; who was seen nowhere, or has no way, is left out."""
        runs = tuple(sorted((each.run_id, each.status) for each in coming))
        with self._lock:
            known = self._known.get(hospital_id)
            age_s = None if known is None else (now - known.asked_at).total_seconds()
            if known is not None and known.runs == runs and 0 <= (age_s or 0.0) < self._rules.refresh_s:
                return known.expected
            expected = self._ask(place, coming, roads, now)
            self._known[hospital_id] = _Known(now, runs, expected)
            return expected

    def _ask(
        self, place: Position, coming: Sequence[Coming], roads: Roads, now: datetime
    ) -> dict[str, Expected]:
        seen = {each.run_id: self._latest(each.callsign) for each in coming}
        starts: list[tuple[Coming, Position, float, str, datetime | None]] = []
        for each in coming:
            ping = seen[each.run_id]
            here = Position(ping.lat, ping.lon) if ping is not None else None
            position_at = ping.at if ping is not None else None
            if each.status in AT_SCENE:
                spent_s = (now - each.on_scene_at).total_seconds() if each.on_scene_at else 0.0
                left_s = max(0.0, self._rules.scene_s - spent_s)
                starts.append((each, each.scene, left_s, VIA_SCENE, position_at))
            elif here is None:
                continue
            elif each.status in BEFORE_SCENE:
                self.asked += 1
                (way,) = roads.to_scene([here], each.scene, "van")
                if way is not None:
                    ahead_s = way.duration_s + self._rules.scene_s
                    starts.append((each, each.scene, ahead_s, VIA_SCENE, position_at))
            else:
                starts.append((each, here, 0.0, "", position_at))
        if not starts:
            return {}
        self.asked += 1
        ways = roads.to_scene([start for _, start, _, _, _ in starts], place, "van")
        return {
            each.run_id: Expected(
                now + timedelta(seconds=ahead_s + way.duration_s), by or way.method, position_at
            )
            for (each, _, ahead_s, by, position_at), way in zip(starts, ways, strict=True)
            if way is not None
        }
