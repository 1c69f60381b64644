"""The whole course: a storm of orders, strikes, calm, and the verdict."""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from tests.chaos.adversary import Adversary
from tests.chaos.calm import catch_up, log_end
from tests.chaos.desks import KINDS, PATIENCE_S, Desk, Record
from tests.chaos.verdict import faults_of
from tests.chaos.world import a_world
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
        with world.server.client() as client:
            beds = {"EmergencyDepartment": {"staffed": 90_000, "occupied": 0}}
            ok(client.put("/hospitals/bac/beds", json={"beds": beds}))
            DeskWork(client).everybody_on_duty()
        for account in KINDS:
            world.server.token(account)  # signed in before it rains
        record, closing = Record(), threading.Event()
        threads = [
            threading.Thread(target=Desk(world, number, record, closing).work, name=f"desk {number}")
            for number in range(desks)
        ]
        for thread in threads:
            thread.start()
        adversary = Adversary(world, Random(seed))
        try:
            for number in range(1, strikes + 1):
                what = adversary.strike()
                if number % TELL_EVERY == 0:
                    minutes = (time.monotonic() - began) / 60
                    say(
                        f"{number}/{strikes} after {minutes:.1f} min: {what}; {len(record.promised)} promised"
                    )
        finally:
            closing.set()
            world.revive()
        rained = time.monotonic() - began
        for thread in threads:
            thread.join(PATIENCE_S + 30)
        took = catch_up(world)
        return {
            "seed": seed,
            "struck": dict(sorted(adversary.struck.items())),
            "rained_s": round(rained, 1),
            "events": log_end(world),
            "promised": len(record.promised),
            "refused": len(record.refused),
            "longest_wait_s": round(record.longest_wait_s, 1),
            "catch_up_s": {part: round(seconds, 2) for part, seconds in took.items()},
            "faults": faults_of(world, record),
        }
