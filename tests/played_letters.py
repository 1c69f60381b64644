"""Days of the letter town as a log tells them: played by the live handlers, out of its own model."""

from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from dispatch.application import DispatchLog, sqlite_log
from simulations.calibration.of_log import recorded_in
from simulations.calibration.recorded import Recorded, recorded_on
from simulations.city_model.as_city import city_of
from simulations.city_model.as_rival import rival_in
from simulations.city_model.draw import draw
from simulations.full.play import play
from simulations.rival import Rival
from tests.letters_service import letters
from tests.simulated_letters import roads

BEGINS = datetime(2026, 3, 3, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
HOURS = 48


@cache
def played_log() -> DispatchLog:
    """Two days with shifts and the traffic of each hour, some 300 incidents."""
    service = letters()
    day = draw(service.model, BEGINS, HOURS, seed=3).day()
    rival = rival_in(service.model, Rival(), BEGINS, HOURS)
    return play(day, city_of(service.model), service.rules, roads(), service.ground, rival).log


@cache
def recorded() -> Recorded:
    calls, duty = recorded_in(fact for _, fact in played_log().select(1, 10**7))
    return recorded_on(calls, duty, "the log", "Asia/Ho_Chi_Minh", 2000)


def written_to(folder: Path) -> Path:
    """A data folder with that log."""
    folder.mkdir(exist_ok=True)
    log = sqlite_log(str(folder / "events.sqlite"))
    played_log().write_to(log)  # type: ignore[attr-defined]
    log.close()
    return folder
