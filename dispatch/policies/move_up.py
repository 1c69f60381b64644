"""Where free units should wait: standby posts that mend the coverage, each with its gain and its price.

Jagtenberg, Bhulai and van der Mei, "An efficient heuristic for real-time ambulance redeployment", Operations
Research for Health Care 4 (2015) 27-35 (DMEXCLP): a unit goes to the post b with the greatest marginal gain

    argmax_b  sum_j w_j (1 - q) q^(n_j) r_bj

with n_j how many of the *other* free units reach cell j in time, each counted where it is bound for: standing
and driving ones alike. The drive to the post has no price in it, and the first of equal posts will do.

There the question is put whenever a unit becomes free. Here it is put for every free unit at any moment,
against staying where it is; a move is proposed only if it gains enough, by a person who may say no. No drive
is longer than the city allows: who is too far from the best post goes to the best that is near enough. Of
equal posts it is the nearer. Several moves are found one after the other, each as if those before it had been
made. The time within which a cell counts as reached is one of driving: the service's own less the turnout,
which a unit that waits in the street still needs.
"""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from math import inf
from typing import Annotated

import numpy as np
from msgspec import Meta
from numpy.typing import NDArray

from dispatch.policies.coverage import WHOLE, Float64s, Standing, seconds_of, weights_of, within
from domain.coverage import NO_WAY_S, CellTimes

DriveS = Callable[[str, str], float | None]
"""Seconds by road from where a unit is to a post, as one drives to wait; None where there is no way."""


@dataclass(frozen=True, slots=True)
class MoveUpRules:
    """When a move is worth its price.

    least_gain : of the expected coverage, 0 to 1; nothing below it is proposed
    longest_s  : nobody drives longer than this to wait
    most_moves : of one crew in a shift
    quiet_s    : a post that a crew declined is not proposed to it again for so long
    most       : proposals at a time
    """

    least_gain: Annotated[float, Meta(gt=0, le=1)] = 0.01
    longest_s: Annotated[float, Meta(gt=0)] = 900.0
    most_moves: Annotated[int, Meta(ge=0)] = 6
    quiet_s: Annotated[float, Meta(ge=0)] = 1800.0
    most: Annotated[int, Meta(ge=1)] = 3


@dataclass(frozen=True, slots=True)
class Movable:
    """A free unit that counts for coverage.

    standing : with the cell it is in, or the one of the post it is on the way to
    here     : the cell it is in; negative off the map, where no drive is known: it counts and is not moved
    moves    : to posts in this shift
    declined : posts its crew declined a short while ago
    post     : where it waits or is bound for; None for neither
    home     : its own station, where it may go however far it is; None where it may not
    """

    standing: Standing
    here: int
    moves: int = 0
    declined: frozenset[str] = frozenset()
    post: str | None = None
    home: str | None = None


@dataclass(frozen=True, slots=True)
class PostCell:
    post_id: str
    cell: int


@dataclass(frozen=True, slots=True)
class Move:
    """A proposal. gain, before, after : of the expected coverage; covered_*: of the coverage; all 0 to 1.

    seconds : of driving, by the table of the cells
    """

    callsign: str
    post_id: str
    gain: float
    before: float
    after: float
    covered_before: float
    covered_after: float
    seconds: float


def moves(
    times: Mapping[str, CellTimes],
    fleet: Sequence[Movable],
    posts: Sequence[PostCell],
    rules: MoveUpRules,
    limit_s: float,
    busy_fraction: float,
    drive_s: DriveS | None = None,
) -> list[Move]:
    """The best moves, the one with the greatest gain first. Equal gains: the shorter drive, then by name.

    drive_s : asked of the best only, for the table of the cells knows drives on lights alone; whoever is too
              far from its best post goes to the next best that is near enough
    """
    fleet = [each for each in fleet if each.standing.cell >= 0 and each.standing.kind in times]
    posts = [each for each in posts if each.cell >= 0]
    found: list[Move] = []
    moved: set[str] = set()
    if not fleet or not posts:
        return found
    weights = weights_of(next(iter(times.values())).cells)
    cells = [each.standing.cell for each in fleet]
    too_far: set[tuple[str, str]] = set()
    while len(found) < rules.most:
        reached = np.stack(
            [
                within(times[each.standing.kind], limit_s)[cell]
                for each, cell in zip(fleet, cells, strict=True)
            ]
        )

        def best_of(i: int, reached: Float64s = reached) -> Move | None:
            unit = fleet[i]
            return _best(unit, reached, i, times, posts, too_far, weights, rules, limit_s, busy_fraction)

        each_best = {
            i: best_of(i)
            for i, unit in enumerate(fleet)
            if unit.here >= 0 and unit.standing.callsign not in moved and unit.moves < rules.most_moves
        }
        while best := min(((_rank(move), i) for i, move in each_best.items() if move), default=None):
            i = best[1]
            move = each_best[i]
            assert move is not None, "the best is one"
            longest_s = inf if move.post_id == fleet[i].home else rules.longest_s
            if drive_s is None or _near(drive_s(move.callsign, move.post_id), longest_s):
                break
            too_far.add((move.callsign, move.post_id))
            each_best[i] = best_of(i)
        else:
            break
        found.append(move)
        moved.add(move.callsign)
        cells[i] = next(post.cell for post in posts if post.post_id == move.post_id)
    return found


def _near(way_s: float | None, longest_s: float) -> bool:
    return way_s is not None and way_s <= longest_s


def _rank(move: Move) -> tuple[float, float, str, str]:
    return -move.gain, move.seconds, move.callsign, move.post_id


def _best(
    unit: Movable,
    reached: Float64s,
    i: int,
    times: Mapping[str, CellTimes],
    posts: Sequence[PostCell],
    too_far: Set[tuple[str, str]],
    weights: Float64s,
    rules: MoveUpRules,
    limit_s: float,
    q: float,
) -> Move | None:
    """The best move of one unit, None where none gains enough."""
    kind = unit.standing.kind
    others = reached.sum(axis=0) - reached[i]
    added = weights * (1 - q) * q**others
    at_posts: Float64s = within(times[kind], limit_s)[[post.cell for post in posts]]
    gains = ((at_posts @ added - float(reached[i] @ added)) / WHOLE).round(9)
    drive: NDArray[np.uint16] = seconds_of(times[kind])[unit.here]
    best: Move | None = None
    for k, post in enumerate(posts):
        seconds = float(drive[post.cell])
        barred = post.post_id in unit.declined or post.post_id == unit.post
        barred = barred or (unit.standing.callsign, post.post_id) in too_far
        barred = barred or (seconds > rules.longest_s and post.post_id != unit.home)
        if barred or gains[k] < rules.least_gain or seconds == NO_WAY_S:
            continue
        before = float(weights @ (1 - q ** (others + reached[i]))) / WHOLE
        move = Move(
            callsign=unit.standing.callsign,
            post_id=post.post_id,
            gain=float(gains[k]),
            before=round(before, 4),
            after=round(before + float(gains[k]), 4),
            covered_before=round(float(weights @ (others + reached[i] >= 1)) / WHOLE, 4),
            covered_after=round(float(weights @ (others + at_posts[k] >= 1)) / WHOLE, 4),
            seconds=seconds,
        )
        if best is None or _rank(move) < _rank(best):
            best = move
    return best
