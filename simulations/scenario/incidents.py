"""The incidents of one course in one replication: those whose call was answered, and many hurt at once."""

from typing import Any, NamedTuple

import numpy as np

from routing.arrays import Float64s, Int32s
from simulations.chance import generator
from simulations.city_model.draw import Calls as Drawn
from simulations.city_model.draw import Night
from simulations.city_model.model import PRIORITIES
from simulations.lean.columns import Bools, Incidents
from simulations.lean.of_day import NEEDS
from simulations.lean.plan import RoadTurns
from simulations.lean.takers import Answered
from simulations.scenario.calls import drawn
from simulations.scenario.desk import answered
from simulations.scenario.hospitals import needs_of
from simulations.scenario.road_states import road_turns
from simulations.scenario.scenario import Casualties, Handover, Isolation, Paper
from simulations.scenario.stage import Ready, Stage

TO_HOSPITAL_S = 600.0
"""About so long after leaving the scene somebody is at a hospital: which of them is open is asked then."""


class Opened(NamedTuple):
    """on_paper : bool[incidents], whether they were opened while the dispatch system was lost
    stay_s   : float64[incidents], how long each keeps a bed
    roads    : when the roads turn, for those who wait
    """

    calls: Drawn
    answers: Answered
    incidents: Incidents
    on_paper: np.ndarray
    stay_s: Float64s
    roads: RoadTurns


def opened(stage: Stage, ready: Ready, replication: int) -> Opened:
    scenario, model = stage.scenario, stage.model
    calls = drawn(
        model,
        ready.changes,
        stage.begins,
        stage.warm_up_s,
        scenario.lasts_s,
        scenario.seed,
        replication,
    )
    answers = answered(calls, ready.model, ready.changes, stage.begins, stage.warm_up_s, stage.hours)
    night = Night(model, stage.begins, stage.hours, scenario.seed, replication, calls)
    incidents, numbers = night.incidents(answers)
    stay_s = calls.stay_s[numbers]
    isolates, longer = _isolated(stage, ready, calls, replication)
    alone, stay_s = isolates[numbers], stay_s * longer[numbers]
    for change in ready.changes:
        if isinstance(change, Casualties):
            hurt = _hurt(stage, change, replication)
            incidents = _beside(incidents, hurt)
            stay_s = np.concatenate([stay_s, _stays(stage, hurt, change.number, replication)])
            alone = np.concatenate([alone, np.zeros(len(hurt.rang_s), np.bool_)])
    at_s = incidents.opened_s - stage.warm_up_s
    on_paper = np.zeros(len(at_s), np.bool_)
    opened_s = incidents.opened_s.copy()
    for change in ready.changes:
        if isinstance(change, Paper):
            for begin, end in change.spells:
                lost = (at_s >= begin) & (at_s < end)
                on_paper |= lost
                opened_s[lost] += change.longer_s
    place, soonest_s = _on_roads(stage, ready, incidents.place, opened_s)
    door_s = soonest_s - stage.warm_up_s + incidents.scene_s + TO_HOSPITAL_S
    incidents = incidents._replace(
        opened_s=opened_s,
        place=place,
        need=_need(stage, incidents.priority, alone, ready.hospitals.at(door_s)),
        handover_s=_handover(ready, incidents.handover_s, door_s),
    )
    order = np.argsort(opened_s, kind="stable")
    columns: list[Any] = [column[order] for column in incidents]
    roads = road_turns(ready.roads, stage.first_places, stage.warm_up_s)
    return Opened(calls, answers, Incidents(*columns), on_paper[order], stay_s[order], roads)


def _need(stage: Stage, priority: np.ndarray, alone: np.ndarray, state: np.ndarray) -> Int32s:
    found: Int32s = (priority + len(NEEDS) * alone + len(needs_of(stage.scenario)) * state).astype(np.int32)
    return found


def _isolated(stage: Stage, ready: Ready, calls: Drawn, replication: int) -> tuple[Bools, Float64s]:
    """Of all who ring: who may infect others, the same people wherever the calls are the same; and how
    many times as long as is drawn each keeps a bed."""
    rang_s = calls.rang_s - stage.warm_up_s
    alone, longer = np.zeros(len(rang_s), np.bool_), np.ones(len(rang_s))
    for change in ready.changes:
        if isinstance(change, Isolation):
            luck = generator(stage.scenario.seed, replication, f"isolation of change {change.number}")
            some = luck.random(len(rang_s)) < change.share
            some &= np.any([(rang_s >= begin) & (rang_s < end) for begin, end in change.spells], axis=0)
            alone |= some
            longer[some] = change.stay_factor
    return alone, longer


def _hurt(stage: Stage, change: Casualties, replication: int) -> Incidents:
    """Found one after the other, the worst hurt no sooner than others; each is told of when found."""
    chance = generator(stage.scenario.seed, replication, f"casualties of change {change.number}")
    names = [name for name, count in change.priorities.items() for _ in range(count)]
    count = len(names)
    priority = np.array([PRIORITIES.index(name) for name in names], np.int32)[chance.permutation(count)]
    found_s = np.sort(chance.random(count)) * change.found_s
    rang_s = np.round(change.at_s + stage.warm_up_s + found_s, 1)
    columns = {name: np.empty(count) for name in ("decide", "scene", "handover", "clear")}
    transports = np.empty(count, np.bool_)
    for each in range(count):
        name = PRIORITIES[priority[each]]
        for column, values in columns.items():
            values[each] = getattr(stage.model.times[name], column).of(chance.random(1))[0]
        transports[each] = chance.random() < stage.model.transported.get(name, 0.0)
    return Incidents(
        rang_s=rang_s,
        opened_s=np.round(rang_s + columns["decide"], 1),
        place=np.full(count, stage.hurt_at[change.place], np.int32),
        priority=priority,
        need=priority,
        scene_s=columns["scene"],
        transports=transports,
        handover_s=columns["handover"],
        clear_s=columns["clear"],
    )


def _stays(stage: Stage, hurt: Incidents, number: int, replication: int) -> Float64s:
    """Of those hurt at once, how long each keeps a bed."""
    uniform = generator(stage.scenario.seed, replication, f"stays of change {number}").random(
        len(hurt.rang_s)
    )
    times = [stage.model.times[PRIORITIES[priority]].stay for priority in hurt.priority.tolist()]
    found = [time.of(uniform[i : i + 1])[0] for i, time in enumerate(times)]
    return np.array(found, np.float64)


def _beside(some: Incidents, others: Incidents) -> Incidents:
    pairs: list[tuple[Any, Any]] = list(zip(some, others, strict=True))
    return Incidents(*(np.concatenate(pair) for pair in pairs))


def _on_roads(
    stage: Stage, ready: Ready, place: np.ndarray, opened_s: Float64s
) -> tuple[np.ndarray, Float64s]:
    """The number of each place in the state of the roads, and about when somebody can be sent: whom no street
    leads to has to wait until the water falls."""
    soonest_s = opened_s.copy()
    there = place + stage.first_places * ready.roads.at(opened_s - stage.warm_up_s)
    for number in np.flatnonzero(~stage.reachable[there]).tolist():
        at_s, then = opened_s[number] - stage.warm_up_s, there[number]
        while not stage.reachable[then] and np.isfinite(at_s := ready.roads.ends(at_s)):
            then = place[number] + stage.first_places * int(ready.roads.at(np.array([at_s]))[0])
            soonest_s[number] = at_s + stage.warm_up_s
    return there.astype(np.int32), soonest_s


def _handover(ready: Ready, handover_s: Float64s, door_s: Float64s) -> Float64s:
    longer = handover_s.copy()
    for change in ready.changes:
        if isinstance(change, Handover):
            for begin, end in change.spells:
                longer[(door_s >= begin) & (door_s < end)] *= change.factor
    return np.round(longer, 1)
