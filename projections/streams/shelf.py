"""The states of one partition, and what happens to them: the part that all hosts share.

A record changes all the states it concerns, or, where a fold cannot take it, none. A kept state that
cannot be read, and one that breaks where time passes, are told of and passed over: the others go on.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from heapq import heappop, heappush
from typing import Any

from msgspec.json import Decoder

from projections.streams.effects import Effect, Forward
from projections.streams.fold import Fold
from projections.streams.messages import Tick
from projections.streams.plan import ENCODER, Heard, Poison, Step, decoders, read
from projections.streams.plan import Source as Source

log = logging.getLogger("vigil.streams")


class Shelf:
    """States by "fold|key". `changed` hands out what must be kept since the last time it was asked."""

    def __init__(self, folds: Mapping[str, Fold], kept: Mapping[str, bytes] | None = None) -> None:
        """kept : encoded states by name, as `changed` handed them out"""
        self._folds = folds
        self._decoders: Mapping[str, Decoder[Any]] = decoders(folds.values())
        self._states: dict[str, Any] = {}
        self._changed: set[str] = set()
        self._alarms: list[tuple[datetime, str]] = []
        self._due: dict[str, datetime] = {}
        unread = [name for name, state in (kept or {}).items() if not self._load(name, state)]
        if unread:
            log.warning("%d kept states cannot be read, and begin anew: %s", len(unread), unread[:10])

    def hear(self, source: Source, value: bytes | None, written_at: datetime | None = None) -> list[Effect]:
        """Fold one record. Raises Poison, and nothing is changed."""
        return self.take(read(source, value, written_at))

    def take(self, heard: Heard) -> list[Effect]:
        if heard.tick is not None:
            return self.pass_time(heard.tick)
        states: dict[str, Any] = {}
        effects: list[Effect] = []
        try:
            for step in heard.steps:
                effects += self._step(step, states)
            changes = [(name, state, self._due_of(name, state)) for name, state in states.items()]
        except Poison:
            raise
        except Exception as fault:
            raise Poison(f"{type(fault).__name__}: {fault}") from fault
        for change in changes:
            self._put(*change)
        return effects

    def pass_time(self, tick: Tick) -> list[Effect]:
        """Wake every state whose time has come, in the order of their times."""
        effects: list[Effect] = []
        for name in list(self._woken(tick.at)):
            try:
                state, found = self._folds[name.partition("|")[0]].apply(self._states[name], tick)
                due = self._due_of(name, state)
            except Exception:  # the tick of all others must not be lost; this one rests until there is news
                log.exception("Time cannot pass for %s", name)
                continue
            effects += found
            self._put(name, state, due)
        return effects

    def changed(self) -> dict[str, bytes | None]:
        """The states that changed since the last time, encoded; null for those that were forgotten."""
        names, self._changed = sorted(self._changed), set()
        return {name: ENCODER.encode(self._states[name]) if name in self._states else None for name in names}

    def touch(self, names: Iterable[str]) -> None:
        """These must be kept again, though they did not change; also those that are not there any more."""
        self._changed.update(names)

    def states(self) -> dict[str, Any]:
        """All of them, by "fold|key"."""
        return dict(self._states)

    def __len__(self) -> int:
        return len(self._states)

    def _step(self, step: Step, states: dict[str, Any]) -> list[Effect]:
        forward = step.forward
        if not step.here:
            return [forward]
        fold = self._folds.get(forward.fold)
        if fold is None:
            raise Poison(f"There is no fold '{forward.fold}'.")
        name = f"{forward.fold}|{forward.key}"
        before = states[name] if name in states else self._states.get(name)
        after, effects = fold.apply(before, forward.message)
        if after is not before:
            states[name] = after
        return list(effects)

    def _due_of(self, name: str, state: Any) -> datetime | None:
        return None if state is None else self._folds[name.partition("|")[0]].due(state)

    def _put(self, name: str, state: Any, due: datetime | None) -> None:
        """Nothing here can fail: all that can was worked out before."""
        if state is self._states.get(name):
            return
        self._changed.add(name)
        if state is None:
            self._states.pop(name, None)
            self._due.pop(name, None)
            return
        self._states[name] = state
        self._set_alarm(name, due)

    def _set_alarm(self, name: str, due: datetime | None) -> None:
        known = self._due.get(name)
        if due is None:
            self._due.pop(name, None)
        elif due != known:
            self._due[name] = due
            if known is None or due < known:
                heappush(self._alarms, (due, name))

    def _woken(self, now: datetime) -> Iterator[str]:
        """Names whose time has come. An alarm that was put off since is set again for its later time."""
        woken: set[str] = set()
        while self._alarms and self._alarms[0][0] <= now:
            _, name = heappop(self._alarms)
            due = self._due.get(name)
            if due is None or name in woken:
                continue
            if due > now:
                heappush(self._alarms, (due, name))
            else:
                woken.add(name)
        for name in sorted(woken):
            del self._due[name]
            yield name

    def _load(self, name: str, kept: bytes) -> bool:
        """Whether it could be read."""
        decoder = self._decoders.get(name.partition("|")[0])
        if decoder is None:  # a fold of another version of Vigil: its states rest
            return True
        try:
            state = decoder.decode(kept)
            due = self._due_of(name, state)
        except Exception:  # whatever is wrong with it, it would be so at each start
            return False
        self._states[name] = state
        self._set_alarm(name, due)
        return True


def run_here(shelf: Shelf, heard: Heard) -> list[Effect]:
    """Fold a record and all that folds tell each other then, in order; what leaves for the world."""
    leaving: list[Effect] = []
    waiting = shelf.take(heard)
    while waiting:
        told = [effect for effect in waiting if isinstance(effect, Forward)]
        leaving += [effect for effect in waiting if not isinstance(effect, Forward)]
        waiting = [effect for forward in told for effect in shelf.take(Heard((Step(forward, True),)))]
    return leaving
