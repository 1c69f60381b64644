"""Play a day through the live handlers, from its first call until nothing is left to happen."""

from collections.abc import Mapping, Sequence

from dispatch.application import DispatchLog
from dispatch.rules import Rules
from domain.city import City
from routing.times import RoadTimes
from simulations.day import Day
from simulations.full.agenda import Agenda
from simulations.full.memory import nothing_to_sweep
from simulations.full.player import Player
from simulations.full.room import room_of
from simulations.full.served import Played as Played
from simulations.full.served import Served as Served
from simulations.ground.build import CityGround
from simulations.rival import Rival


def play(
    day: Day,
    city: City,
    rules: Rules,
    roads: RoadTimes,
    ground: CityGround,
    rival: Rival | Mapping[str, str],
    log: DispatchLog | None = None,
    stays_s: Sequence[float] = (),
) -> Played:
    """ground : of the roads, with the scene of every call among its places
    rival   : what is done; or the names of the policies that choose, by priority, and all else as always
    log     : where all that happens is recorded; a quick one in memory where none is named
    stays_s : of each call, how long its patient keeps the bed; needed where beds are taken
    """
    if not isinstance(rival, Rival):
        rival = Rival(policies=rival)
    if rival.beds and len(stays_s) != len(day.calls):
        raise ValueError(f"{rival.name}: beds are taken, but nobody says how long anybody stays.")
    agenda = Agenda(kept_free=len(day.calls))
    room = room_of(city, rules, roads, ground, day.begins, agenda.time, log, rival)
    room.open()
    player = Player(agenda, room, day.calls, stays_s or [0.0] * len(day.calls))
    player.begin()
    with nothing_to_sweep():
        agenda.run(player.happen)
    return player.played
