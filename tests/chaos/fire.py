"""The whole course: a storm of orders, strikes, calm, and the verdict."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import fmean
from typing import Any

from tests.chaos.adversary import Adversary
from tests.chaos.calm import catch_up, log_end, region_catches_up, streams_fall_silent
from tests.chaos.crews import Crews
from tests.chaos.desks import FOUGHT_BEDS, FOUGHT_STAFFED, KINDS, PATIENCE_S, Desk
from tests.chaos.record import Record, silent
from tests.chaos.region import too_often_late
from tests.chaos.told_back import found_by, noted
from tests.chaos.verdict import faults_of
from tests.chaos.witness import Witness
from tests.chaos.world import World, a_world
from tests.desk_work import DeskWork
from tests.server import Ground, ok

TELL_EVERY = 10


def under_fire(
    ground: Ground,
    folder: Path,
    *,
    seed: int,
    strikes: int,
    desks: int = 4,
    brokers: int = 1,
    say: Callable[[str], None] = lambda words: None,
) -> dict[str, Any]:
    """Run it all in a folder; the report, whose `faults` must be empty.

    Strikes come in the order of the seed; what they hit depends on the machine's pace, as in life.
    """
    began = time.monotonic()
    with a_world(ground, folder, brokers) as world:
        _prepare(world)
        record, closing, ashore = Record(), threading.Event(), threading.Event()
        crews = Crews(world, ashore)
        people = [record.watched("the crews", crews.work)]
        for number in range(desks):
            desk = Desk(world, number, record, closing, Random(f"{seed} {number}"))
            people.append(record.watched(f"desk {number}", desk.work))
        for thread in people:
            thread.start()
        rain_began = time.monotonic()
        adversary = Adversary(world, Random(seed), say=say)
        told = 0
        try:
            while adversary.strikes < strikes:
                what = adversary.strike()
                if adversary.strikes - told >= TELL_EVERY:
                    told = adversary.strikes
                    minutes = (time.monotonic() - began) / 60
                    say(f"{told}/{strikes} after {minutes:.1f} min: {what}; {len(record.promised)} promised")
        finally:
            closing.set()
            ashore.set()
            adversary.wait()
            world.revive()
        rained = time.monotonic() - rain_began
        for thread in people:
            thread.join(PATIENCE_S + 30)
        say("calm")
        faults = [f"{thread.name} does not end" for thread in people if thread.is_alive()]
        faults += silent(record, desks, crews.told, rained)
        took = catch_up(world)
        late = notes = 0
        found: Counter[str] = Counter()
        if world.worker is not None:
            witness = Witness(world)
            took["region"], differences = region_catches_up(world, witness, say)
            took["notes"], missing = streams_fall_silent(world, say)
            witness.differences()  # what was taken back meanwhile
            late = witness.falsely_late
            faults += [*differences, *missing, *too_often_late(late, adversary.strikes)]
            world.worker.kill()
            world.worker = None  # nobody revives it: it tells nothing more while all is compared
            catch_up(world)
            found, notes = Counter(notice.kind for notice in found_by(world)), len(noted(world))
        events = log_end(world)
        faults += faults_of(world, record)
        return {
            "seed": seed,
            "strikes": adversary.strikes,
            "killed": adversary.killed,
            "struck": dict(sorted(adversary.struck.items())),
            "ended_by_themselves": dict(sorted(adversary.ended.items())),
            "strike_s": {name: round(fmean(took), 1) for name, took in sorted(adversary.took_s.items())},
            "rained_s": round(rained, 1),
            "events": events,
            "promised": len(record.promised),
            "refused": dict(Counter(heard.kind for heard in record.refused)),
            "notices": dict(found),
            "notes": notes,
            "pings": crews.told,
            "falsely_late": late,
            "longest_wait_s": round(record.longest_wait_s, 1),
            "catch_up_s": {part: round(seconds, 2) for part, seconds in took.items()},
            "faults": faults,
        }


def _prepare(world: World) -> None:
    """Beds enough, but for those all fight for; everybody on duty, and all signed in before it rains."""
    with world.server.client() as client:
        hospital, kind = FOUGHT_BEDS
        for name, beds in (
            ("bac", {"EmergencyDepartment": {"staffed": 90_000, "occupied": 0}}),
            (hospital, {kind: {"staffed": FOUGHT_STAFFED, "occupied": 0}}),
        ):
            ok(client.put(f"/hospitals/{name}/beds", json={"beds": beds}))
        DeskWork(client).everybody_on_duty()
    for account in KINDS:
        world.server.token(account)
