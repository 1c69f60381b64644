"""A night that is kept in a folder while it is played, and goes on there after a kill or a power cut."""

from collections.abc import Callable, Sequence
from pathlib import Path

from dispatch.application import sqlite_log
from dispatch.rules import Rules
from domain.city import City
from routing.times import RoadTimes
from simulations.day import Day
from simulations.full.agenda import Agenda
from simulations.full.kept_log import AnotherNight, KeptLog
from simulations.full.memory import nothing_to_sweep
from simulations.full.player import Player
from simulations.full.put_away import print_of, put_away, read, take_up, write
from simulations.full.room import room_of
from simulations.full.served import Played
from simulations.ground.build import CityGround
from simulations.rival import Rival

LOG, STANDS = "events.sqlite", "night.json"
FACTS_BETWEEN = 40_000
"""About a thousand calls: what is played again after a kill, at the most."""


def play_kept(
    folder: Path,
    day: Day,
    city: City,
    rules: Rules,
    roads: RoadTimes,
    ground: CityGround,
    rival: Rival,
    stays_s: Sequence[float] = (),
    facts_between: int = FACTS_BETWEEN,
    say: Callable[[int, int], None] = lambda rung, facts: None,
) -> Played:
    """As `play` does, with the log in the folder, as a live desk has it. Whoever is killed is called again
    with the same inputs, and goes on from where the night was put away last: to the same last letter.

    say : told how many calls have rung and how many facts are stored, whenever the night was put away
    Raises AnotherNight where the folder is of other inputs.
    """
    if rival.beds and len(stays_s) != len(day.calls):
        raise ValueError(f"{rival.name}: beds are taken, but nobody says how long anybody stays.")
    stays_s = stays_s or [0.0] * len(day.calls)
    inputs = print_of(day, city, rules, rival, list(stays_s), ground.map_version, ground.traffic_version)
    folder.mkdir(parents=True, exist_ok=True)
    before = read(folder / STANDS)
    if before is not None and before.inputs != inputs:
        raise AnotherNight(f"{folder} holds a night of other calls, another city or other rules.")
    log = KeptLog(sqlite_log(str(folder / LOG)), 0 if before is None else before.position)
    agenda = Agenda(kept_free=len(day.calls))
    room = room_of(city, rules, roads, ground, day.begins, agenda.time, log, rival)
    if before is None:
        room.open()
    player = Player(agenda, room, day.calls, stays_s)
    if before is None:
        player.begin()
    else:
        take_up(player, before)
    put_away_at = log.position()

    def stop_for_a_moment() -> None:
        nonlocal put_away_at
        put_away_at = log.keep()
        write(folder / STANDS, put_away(player, inputs, put_away_at))
        say(len(day.calls) - len(player.ringing), put_away_at)

    def between() -> None:
        if log.position() - put_away_at >= facts_between:
            stop_for_a_moment()

    with nothing_to_sweep():
        agenda.run(player.happen, between)
    stop_for_a_moment()
    return player.played
