"""The moves of free units that the live rule proposes, each accepted by the live handler."""

from collections.abc import Callable
from dataclasses import replace

from msgspec.structs import replace as struct_replace

from dispatch.covering import standing
from dispatch.handlers.answer_move_up import AcceptMoveUp, accept_move_up
from dispatch.policies.coverage import Standing
from dispatch.policies.move_up import Movable, Move, PostCell, moves
from domain.move_up import MoveUp
from simulations.full.room import Room
from simulations.full.whereabouts import Driving, way_to
from simulations.full.whereabouts import Standing as Stands
from simulations.posts import posts_of

NEVER_AGAIN = 10**6
ANY_GAIN = -1.0


class Posts:
    """drive : has a unit drive"""

    def __init__(self, room: Room, drive: Callable[[str, Driving], None]) -> None:
        self.room, self.drive = room, drive
        self.posts = posts_of(room.city)
        self.stations = list(self.posts)
        self.bases = {post_id: base for base, post_id in enumerate(self.posts)}

    def mend(self) -> None:
        """What the desk would propose now, to units that stand."""
        room = self.room
        self._accept(self._proposed(lambda callsign: isinstance(room.where[callsign], Stands)))

    def send_freed(self, callsign: str) -> bool:
        """Who became free goes to the post where it is missed most, whatever it gains; whether it does."""
        return self._accept(self._proposed(lambda other: other == callsign, freed=True))

    def _proposed(self, may_move: Callable[[str], bool], freed: bool = False) -> list[Move]:
        room, desk = self.room, self.room.desk
        rules, grid = desk.rules, desk.coverage
        times = None if grid is None else grid.times
        assert grid is not None, "the room was opened with its cells"
        assert times is not None, "they were worked out"
        places = [place for _, place in self.posts.values()]
        cells = dict(zip(self.posts, grid.cells_of(places), strict=True))
        fleet = [
            self._movable(each, cells, may_move(each.callsign), freed)
            for each in standing(room.units_now(), grid, rules, room.now)
        ]
        said = rules.move_up
        if freed:
            said = replace(said, least_gain=ANY_GAIN, most=1, most_moves=1)
        spots = [PostCell(post_id, cell) for post_id, cell in cells.items()]
        cover = rules.coverage
        return moves(times, fleet, spots, said, cover.limit_s, cover.busy_fraction, self._drive_s)

    def _drive_s(self, callsign: str, post_id: str) -> float | None:
        way = self._way(callsign, post_id)
        return None if way is None else way.takes_s

    def _way(self, callsign: str, post_id: str) -> Driving | None:
        room = self.room
        here, kind = room.where[callsign].seen(room.clock()), room.kinds[callsign]
        return way_to(room.ground, kind, here, self.bases[post_id], room.clock(), room.pace())

    def _movable(self, unit: Standing, cells: dict[str, int], may_move: bool, freed: bool) -> Movable:
        row = self.room.views.row("units", unit.callsign) or {}
        post = row.get("post")
        bound = cells.get(post["id"], unit.cell) if post else unit.cell
        done = 0 if freed else row.get("moves", 0)
        if not may_move or unit.cell < 0:
            done = NEVER_AGAIN
        home = self.stations[self.room.bases[unit.callsign]] if freed else None
        there = post["id"] if post else None
        return Movable(struct_replace(unit, cell=bound), unit.cell, done, post=there, home=home)

    def _accept(self, proposed: list[Move]) -> bool:
        """Whether there was one."""
        for move in proposed:
            way = self._way(move.callsign, move.post_id)
            assert way is not None, "no other is proposed"
            self._order(move, way)
            self.drive(move.callsign, way)
        return bool(proposed)

    def _order(self, move: Move, way: Driving) -> None:
        room, (name, place) = self.room, self.posts[move.post_id]
        its_id = room.id_of("move-up", move.callsign, move.post_id, room.orders)
        move_up = MoveUp(
            move_up_id=its_id,
            callsign=move.callsign,
            post_id=move.post_id,
            post_name=name,
            position=place,
            gain=round(move.gain, 4),
            covered_before=move.covered_before,
            covered_after=move.covered_after,
            duration_s=way.takes_s,
            distance_m=round(way.distance_m, 1),
        )
        room.order(lambda act: AcceptMoveUp(act, str(its_id), move_up), accept_move_up)
