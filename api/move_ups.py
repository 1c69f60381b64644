"""The proposals to wait somewhere else, as they stand now; what was shown is remembered until it is
answered."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any
from uuid import UUID

from msgspec.structs import replace

from dispatch.covering import standing
from dispatch.policies.move_up import Movable, Move, PostCell, moves
from domain.base import natural_id
from domain.coverage_errors import CoverageNotReady, UnknownMoveUp
from domain.move_up import MoveUp
from domain.values import Position, Travel

if TYPE_CHECKING:
    from api.centre import Centre

REMEMBERED = timedelta(minutes=15)


class MoveUps:
    """Any thread may ask."""

    def __init__(self) -> None:
        self._shown: dict[UUID, tuple[datetime, MoveUp]] = {}
        self._lock = Lock()

    def proposed(self, centre: "Centre", now: datetime) -> list[MoveUp]:
        """What is worth its price at this moment. Raises CoverageNotReady."""
        found = list(_proposals(centre, now))
        with self._lock:
            self._shown = {
                its_id: (at, each) for its_id, (at, each) in self._shown.items() if now - at < REMEMBERED
            }
            for each in found:
                self._shown[each.move_up_id] = now, each
        return found

    def shown(self, move_up_id: UUID) -> MoveUp:
        """One that somebody looked at lately. Raises UnknownMoveUp."""
        with self._lock:
            known = self._shown.get(move_up_id)
        if known is None:
            raise UnknownMoveUp(move_up_id=move_up_id)
        return known[1]


def posts_of(centre: "Centre") -> dict[str, tuple[str, Position]]:
    """Where a unit may wait: stations, and the street corners of the city. Id -> name and place."""
    stations = {each.id: (each.name, each.position) for each in centre.city.stations}
    return {**stations, **{each.id: (each.name, each.position) for each in centre.city.posts}}


def _proposals(centre: "Centre", now: datetime) -> Iterator[MoveUp]:
    desk, rules = centre.desk, centre.desk.rules
    grid = desk.coverage
    times = None if grid is None else grid.times
    if grid is None or times is None:
        raise CoverageNotReady
    fleet = {unit.callsign: unit for unit in centre.picture.units_now()}
    posts = posts_of(centre)
    cells = dict(zip(posts, grid.cells_of([place for _, place in posts.values()]), strict=True))
    answered = centre.views.rows("move_ups")
    since = (now - timedelta(seconds=rules.move_up.quiet_s)).isoformat()
    movable = []
    for each in standing(list(fleet.values()), grid, rules, now):
        row = centre.views.row("units", each.callsign) or {}
        post = row.get("post")
        bound = cells.get(post["id"], each.cell) if post else each.cell
        declined = frozenset(
            said["post_id"]
            for said in answered
            if said["callsign"] == each.callsign and said["answer"] == "declined" and said["at"] > since
        )
        movable.append(
            Movable(
                replace(each, cell=bound),
                each.cell,
                row.get("moves", 0),
                declined,
                post["id"] if post else None,
            )
        )
    spots = [PostCell(post_id, cell) for post_id, cell in cells.items()]
    ways: dict[tuple[str, str], Travel | None] = {}

    def drive_s(callsign: str, post_id: str) -> float | None:
        unit = fleet[callsign]
        assert unit.position is not None, "who stands in a cell has a place"
        (way,) = desk.roads.to_scene([unit.position], posts[post_id][1], f"{unit.kind}_normal")
        ways[callsign, post_id] = way
        return None if way is None else way.duration_s

    cover = rules.coverage
    found = moves(times, movable, spots, rules.move_up, cover.limit_s, cover.busy_fraction, drive_s)
    for move in found:
        name, place = posts[move.post_id]
        way = ways[move.callsign, move.post_id]
        assert way is not None, "no other is proposed"
        row = centre.views.row("units", move.callsign) or {}
        count = sum(said["callsign"] == move.callsign for said in answered)
        its_id = natural_id("move-ups", move.callsign, move.post_id, row.get("since"), count)
        yield _told(its_id, move, name, place, way.duration_s, way.distance_m)


def _told(
    its_id: UUID, move: Move, name: str, place: Position, duration_s: float, distance_m: float
) -> MoveUp:
    return MoveUp(
        move_up_id=its_id,
        callsign=move.callsign,
        post_id=move.post_id,
        post_name=name,
        position=place,
        gain=round(move.gain, 4),
        covered_before=move.covered_before,
        covered_after=move.covered_after,
        duration_s=round(duration_s, 1),
        distance_m=round(distance_m, 1),
    )


def reasons(move_up: MoveUp, moved: int) -> dict[str, str]:
    """Why, and at which price, in the dispatcher's words. moved : how often in this shift already"""
    facts: dict[str, Any] = {
        "unit": move_up.callsign,
        "post": move_up.post_name,
        "gain": 100 * move_up.gain,
        "before": 100 * move_up.covered_before,
        "after": 100 * move_up.covered_after,
        "minutes": max(1, round(move_up.duration_s / 60)),
        "km": move_up.distance_m / 1000,
        "moved": moved,
    }
    en = (
        "{unit} to {post}: expected coverage +{gain:.1f} %, coverage {before:.1f} to {after:.1f} %; "
        "{minutes} min, {km:.1f} km, {moved} moves in this shift so far"
    )
    vi = (
        "{unit} về {post}: độ phủ kỳ vọng +{gain:.1f} %, độ phủ {before:.1f} lên {after:.1f} %; "
        "{minutes} phút, {km:.1f} km, ca này đã dời {moved} lần"
    )
    return {"en": en.format_map(facts), "vi": vi.format_map(facts)}
