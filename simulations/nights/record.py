"""One of the nights by the live handlers, as a log: what a centre's data folder would hold of it."""

from pathlib import Path

from dispatch.application import sqlite_log
from simulations.city_model.as_city import city_of
from simulations.city_model.as_rival import rival_in
from simulations.full.play import play
from simulations.full.quick_log import QuickLog
from simulations.nights.nights import Nights
from simulations.nights.play import rival_named
from simulations.policy_day.from_log import FACTS_FILE
from simulations.rival import Rival, everywhere


def record(nights: Nights, folder: Path | str, night: int = 0, policy: str = "closest") -> Path:
    """Every fact of it, in `folder`, which must not hold a log yet. Some milliseconds a call.

    policy : one of the live desk, and perhaps a move-up ("closest:dmexclp")
    Raises BadExperiment, FileExistsError, IndexError, ValueError with a sentence.
    """
    service, drawn = nights.service, nights[night]
    if service.standing is None:
        raise ValueError("The live handlers want a service that stands on a map.")
    its = rival_named(policy)
    does = Rival(its.name, everywhere(its.policy), its.move_up)
    into = Path(folder)
    into.mkdir(parents=True, exist_ok=True)
    if (into / FACTS_FILE).exists():
        raise FileExistsError(f"{into.name} holds a log already.")
    does = rival_in(service.model, does, drawn.begins, drawn.hours)
    log = QuickLog()
    roads, city = service.standing.roads, city_of(service.model)
    play(drawn.day(), city, service.rules, roads, service.ground, does, log)
    stored = sqlite_log(str(into / FACTS_FILE))
    try:
        log.write_to(stored)
    finally:
        stored.close()
    return into
