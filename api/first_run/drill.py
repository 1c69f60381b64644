"""The first dispatch, to try it: the real city, map and accounts, on a log of its own that is thrown away.

Nothing of a drill is counted, because nothing of it is in the log that is counted. Every unit is on duty and
stands at its station until somebody says otherwise; a unit that is sent stays where it is on the map, for
nobody drives it, and its milestones are given by hand.
"""

import logging
import shutil
from pathlib import Path
from threading import Event, Thread
from typing import Final

from api.centre import Centre
from api.hand import machine_act, now
from dispatch.handlers.sign_unit import SignUnit, sign_unit
from domain.values import Duty
from projections.positions import Ping

log = logging.getLogger("vigil.drill")
FOLDER: Final = "drill"
EVERY_S: Final = 15.0


def folder_of(data: Path) -> Path:
    """The data folder of the drill. A drill that a power cut ended goes on."""
    folder = data / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def throw_away(data: Path) -> None:
    shutil.rmtree(data / FOLDER, ignore_errors=True)


class DrillCrews:
    """Everybody on duty, and seen. `stop` ends the thread."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._end = Event()
        self._thread = Thread(target=self._run, name="drill", daemon=True)

    def start(self) -> None:
        homes = {station.id: station.position for station in self._centre.city.stations}
        self._spots = {unit.callsign: homes[unit.station] for unit in self._centre.city.units}
        self._thread.start()

    def stop(self) -> None:
        self._end.set()
        self._thread.join(5.0)

    def _run(self) -> None:
        try:
            for callsign in self._spots:
                row = self._centre.row("units", callsign)
                if row is not None and row.get("duty") != Duty.ON_DUTY.value:
                    act = machine_act("drill", "drill", callsign)
                    self._centre.order(SignUnit(act, callsign, Duty.ON_DUTY, None), sign_unit)
        except Exception:
            log.exception("the crews of the drill could not be put on duty")
        while not self._end.is_set():
            moment = now()
            pings = [Ping(name, moment, spot.lat, spot.lon) for name, spot in self._spots.items()]
            self._centre.telemetry.take(pings, moment)
            self._end.wait(EVERY_S)
