"""Whose turn it is: one simulation at a time, in a process of its own that gives way to the desk.

Everything is in files of the data folder, beside the log and never in it. What was running when the service
ended goes on when it is back; the process ends with the service, even where that is killed.
"""

import logging
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Condition, Thread
from typing import Final

import msgspec

from api.hand import now
from api.planning import limits
from api.planning.errors import ENDED_TWICE, NO_PROCESS, NOT_KEPT, OUR_FAULT, QueueFull, UnknownSimulation
from api.planning.kept import Kept, read_all, remove, remove_live, said, with_its_own, write, write_live
from api.schema.simulations import Simulation, SimulationState
from domain.errors import IdUsedTwice
from simulations.asked.order import FAULT, RESULTS

log = logging.getLogger("vigil.simulations")

ROOT: Final = Path(__file__).resolve().parents[2]
ENDS_S: Final = 10.0
"""So long a process may take to end when it is asked to."""
DEATHS: Final = 2
LOOK_S: Final = 0.2
SAID: Final = "said.txt"


@dataclass(slots=True)
class Simulations:
    """All of a centre. home : the folder they are in

    surroundings : what their processes find in the environment beside our own
    """

    home: Path
    order: tuple[str, ...] = (sys.executable, "-m", "simulations.asked")
    surroundings: Mapping[str, str] = field(default_factory=dict)
    _kept: dict[str, Kept] = field(default_factory=dict)
    _changed: Condition = field(default_factory=Condition)
    _process: subprocess.Popen[bytes] | None = None
    _running: str | None = None
    _over: bool = False
    _thread: Thread | None = None

    def start(self) -> None:
        for kept in read_all(self.home):
            if kept.state == "running":
                kept.state, kept.resumed = "waiting", kept.resumed + 1
                self._keep(kept)
            if kept.ended:  # the service ended between the two, or was an older one
                with suppress(OSError):
                    remove_live(self.folder(kept.id))
            self._kept[kept.id] = kept
        self._thread = Thread(target=self._work, name="simulations", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """The one that is running goes on after the next start."""
        with self._changed:
            self._over = True
            self._changed.notify_all()
            process = self._process
        if process is not None:
            _end(process)
        if self._thread is not None:
            self._thread.join(ENDS_S)

    def folder(self, simulation_id: str) -> Path:
        return self.home / simulation_id

    def ask(self, kept: Kept, live: bytes | None = None) -> Simulation:
        """Put it into the queue; the same once more changes nothing. Raises QueueFull, IdUsedTwice.

        live : the live state of this moment, where that is carried on
        """
        with self._changed:
            before = self._kept.get(kept.id)
            if before is not None:
                if before.asked != kept.asked:
                    raise IdUsedTwice(command_id=kept.id)
                return self._said(before)
            self.insist_on_a_turn()
            self._make_room()
            try:
                kept.order = with_its_own(self.folder(kept.id), kept.order)
                if live is not None:
                    write_live(self.folder(kept.id), live)
                write(self.folder(kept.id), kept)
            except OSError:
                remove(self.folder(kept.id))
                raise
            self._kept[kept.id] = kept
            self._changed.notify_all()
            return self._said(kept)

    def insist_on_a_turn(self) -> None:
        """Raises QueueFull: before the live state is read, which is work for the desk."""
        with self._changed:
            if sum(each.state == "waiting" for each in self._kept.values()) >= limits.WAITING:
                raise QueueFull(waiting=limits.WAITING)

    def knows(self, simulation_id: str) -> Kept | None:
        with self._changed:
            return self._kept.get(simulation_id)

    def all(self) -> list[Simulation]:
        """Newest first."""
        with self._changed:
            kept = sorted(self._kept.values(), key=lambda each: each.asked_at, reverse=True)
            return [self._said(each) for each in kept]

    def one(self, simulation_id: str) -> tuple[Kept, Simulation]:
        """Raises UnknownSimulation."""
        with self._changed:
            kept = self._kept.get(simulation_id)
            if kept is None:
                raise UnknownSimulation
            return kept, self._said(kept)

    def end(self, simulation_id: str, *, forget: bool) -> Simulation:
        """Stop it, where it has not ended; forget it, where that is asked for. Raises UnknownSimulation."""
        with self._changed:
            kept = self._kept.get(simulation_id)
            if kept is None:
                raise UnknownSimulation
            if not kept.ended:
                self._ends(kept, "stopped")
            process = self._process if self._running == simulation_id else None
        if process is not None:
            _end(process)  # nobody else may wait for that
        with self._changed:
            while self._running == simulation_id:
                self._changed.wait(LOOK_S)
            told = self._said(kept)
            if forget:
                self._kept.pop(simulation_id, None)
                remove(self.folder(simulation_id))
        return told

    def _said(self, kept: Kept) -> Simulation:
        return said(self.folder(kept.id), kept, len(self._before(kept)))

    def _before(self, kept: Kept) -> list[Kept]:
        if kept.state != "waiting":
            return []
        others = (each for each in self._kept.values() if each.id != kept.id)
        return [
            each
            for each in others
            if each.state == "running" or (each.state == "waiting" and _turn(each) < _turn(kept))
        ]

    def _make_room(self) -> None:
        ended = sorted((each for each in self._kept.values() if each.ended), key=lambda each: each.asked_at)
        for each in ended[: max(0, len(self._kept) + 1 - limits.KEPT)]:
            del self._kept[each.id]
            remove(self.folder(each.id))

    def _ends(self, kept: Kept, state: SimulationState, fault: dict[str, str] | None = None) -> None:
        kept.state, kept.ended_at, kept.fault = state, now(), fault
        self._keep(kept)
        with suppress(OSError):
            remove_live(self.folder(kept.id))

    def _keep(self, kept: Kept) -> bool:
        """Whether it is on the disk. Where that is full it is known in memory alone, and others have their
        turn."""
        try:
            write(self.folder(kept.id), kept)
        except OSError as fault:
            log.error("How simulation %s stands could not be written: %s", kept.id, fault)
            return False
        return True

    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._over and self._next() is None:
                    self._changed.wait()
                kept = self._next()
                if self._over or kept is None:
                    return
                process = self._begin(kept)
                if process is None:
                    continue
            code = process.wait()
            with self._changed:
                self._process, self._running = None, None
                if process.stdin is not None:
                    with suppress(OSError):
                        process.stdin.close()
                if not self._over and kept.state == "running":
                    try:
                        self._judge(kept, code)
                    except (OSError, ValueError) as fault:
                        log.error("What became of simulation %s could not be read: %s", kept.id, fault)
                        self._ends(kept, "failed", OUR_FAULT)
                self._changed.notify_all()

    def _next(self) -> Kept | None:
        waiting = (each for each in self._kept.values() if each.state == "waiting")
        return min(waiting, key=_turn, default=None)

    def _begin(self, kept: Kept) -> subprocess.Popen[bytes] | None:
        """None where no process can be had."""
        folder = self.folder(kept.id)
        kept.state, kept.began_at = "running", kept.began_at or now()
        if not self._keep(kept):
            self._ends(kept, "failed", NOT_KEPT)
            return None
        try:
            (folder / FAULT).unlink(missing_ok=True)
            with (folder / SAID).open("ab") as terminal:
                self._process = subprocess.Popen(
                    [*self.order, str(folder)],
                    cwd=ROOT,
                    stdin=subprocess.PIPE,
                    stdout=terminal,
                    stderr=terminal,
                    env={**os.environ, **self.surroundings},
                    start_new_session=True,  # Ctrl+C at the service's terminal is not meant for it
                )
        except OSError as fault:
            log.error("No process for a simulation: %s", fault)
            self._ends(kept, "failed", NO_PROCESS)
            return None
        self._running = kept.id
        return self._process

    def _judge(self, kept: Kept, code: int) -> None:
        """What became of it once its process has ended unasked."""
        folder = self.folder(kept.id)
        if code == 0 and (folder / RESULTS).is_file():
            self._ends(kept, "done")
            return
        if (folder / FAULT).is_file():
            self._ends(kept, "failed", msgspec.json.decode((folder / FAULT).read_bytes()))
            return
        if code > 0:  # it ended itself, by a fault of ours: once more would end alike
            log.error("A simulation failed (%s); %s tells why.", code, folder / SAID)
            self._ends(kept, "failed", OUR_FAULT)
            return
        kept.deaths += 1
        log.warning("A simulation's process ended by itself (%s).", code)
        if kept.deaths < DEATHS:
            kept.state, kept.resumed = "waiting", kept.resumed + 1
            self._keep(kept)
        else:
            self._ends(kept, "failed", ENDED_TWICE)


def _turn(kept: Kept) -> tuple[bool, datetime]:
    """Who had begun goes on first."""
    return kept.began_at is None, kept.began_at or kept.asked_at


def _end(process: subprocess.Popen[bytes]) -> None:
    """By its own id: what else runs on this machine is no concern of ours."""
    process.terminate()
    try:
        process.wait(ENDS_S)
    except subprocess.TimeoutExpired:
        process.kill()
