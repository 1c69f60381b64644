"""A night put away in a file between two happenings, and taken up again from there by another process.

The file holds what is no fact of the log: what is still to happen, where vehicles are, who waits. Figures and
words alone, in JSON, so that a file from elsewhere can do no harm.
"""

import os
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from simulations.full.agenda import Happening
from simulations.full.player import Player
from simulations.full.wards import News
from simulations.full.whereabouts import Driving, Standing, Whereabouts

FORMAT = 1


class CallPutAway(msgspec.Struct, array_like=True):
    """What `Served` knows beyond the call itself."""

    nth: int
    number: int
    callsign: str | None
    on_scene_s: float | None
    hospital_id: str | None
    run_id: str | None
    bed: str | None
    began_s: float


class PutAway(msgspec.Struct):
    """inputs   : a print of all that the night is made of
    position : of the log
    ringing  : how many have not rung yet
    waiting  : which calls, in the order in which they were opened
    """

    format: int
    inputs: str
    position: int
    now_s: float
    happenings: list[Happening]
    order: int
    orders: int
    ringing: int
    served: list[CallPutAway]
    waiting: list[int]
    driven_m: dict[str, float]
    busy_s: float
    standing: dict[str, int]
    driving: dict[str, Driving]
    units: list[dict[str, Any]]
    hospitals: list[tuple[str, int, int, dict[str, int]]]
    news: list[News]


def put_away(player: Player, inputs: str, position: int) -> PutAway:
    happenings, order = player.agenda.left()
    played, room = player.played, player.room
    hospitals, news = room.wards.stands()
    where = room.where.items()
    return PutAway(
        format=FORMAT,
        inputs=inputs,
        position=position,
        now_s=player.agenda.now_s,
        happenings=happenings,
        order=order,
        orders=room.orders,
        ringing=len(player.ringing),
        served=[
            CallPutAway(
                each.nth,
                each.number,
                each.callsign,
                each.on_scene_s,
                each.hospital_id,
                None if each.run_id is None else str(each.run_id),
                each.bed,
                each.began_s,
            )
            for each in played.served
            if each.number
        ],
        waiting=[each.nth for each in player.waiting.values()],
        driven_m=played.driven_m,
        busy_s=played.busy_s,
        standing={callsign: each.spot for callsign, each in where if isinstance(each, Standing)},
        driving={callsign: each for callsign, each in where if isinstance(each, Driving)},
        units=room.views.rows("units"),
        hospitals=hospitals,
        news=news,
    )


def take_up(player: Player, kept: PutAway) -> None:
    """player : of the same night, before it began"""
    room, played = player.room, player.played
    player.agenda.go_on(kept.now_s, kept.happenings, kept.order)
    del player.ringing[kept.ringing :]
    for told in kept.served:
        one = played.served[told.nth]
        one.number, one.callsign, one.on_scene_s = told.number, told.callsign, told.on_scene_s
        one.hospital_id, one.bed, one.began_s = told.hospital_id, told.bed, told.began_s
        one.run_id = None if told.run_id is None else UUID(told.run_id)
    player.waiting = {played.served[nth].incident_id: played.served[nth] for nth in kept.waiting}
    played.driven_m, played.busy_s = kept.driven_m, kept.busy_s
    where: dict[str, Whereabouts] = {callsign: Standing(spot) for callsign, spot in kept.standing.items()}
    where.update(kept.driving)
    room.go_on(where, kept.orders, kept.units, kept.position)
    room.wards.go_on(kept.hospitals, kept.news)


def write(path: Path, kept: PutAway) -> None:
    """Whole or not at all: a process that is killed, or a machine, leaves the one before."""
    aside = path.with_name(f"{path.name}.new")
    with aside.open("wb") as file:
        file.write(msgspec.json.encode(kept))
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)


def read(path: Path) -> PutAway | None:
    """None where nothing was put away yet. Raises ValueError with a sentence."""
    try:
        kept = msgspec.json.decode(path.read_bytes(), type=PutAway)
    except FileNotFoundError:
        return None
    except msgspec.MsgspecError as fault:
        raise ValueError(f"{path.name} is no night that was put away: {fault}.") from None
    if kept.format != FORMAT:
        raise ValueError(f"{path.name} was written by another version of Vigil (format {kept.format}).")
    return kept


def print_of(*things: Any) -> str:
    """The same for the same inputs, in every process."""
    return sha256(msgspec.json.encode(things, order="deterministic", enc_hook=dict)).hexdigest()
