"""A stored decision made again from what is stored, and compared with it letter by letter."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from dispatch import inputs
from dispatch.advise import BY_TIME, advise
from dispatch.application import DispatchLog
from dispatch.covering import choosing_again
from dispatch.desk import Desk
from dispatch.inputs import LAST_RESORT_SINCE, SERVING_RECKONED_SINCE, UNSEEN_RECKONED_SINCE, CannotRead
from dispatch.older_advice import ANSWERS
from dispatch.some_facts import SomeFacts
from dispatch.written_advice import WrittenAdvice
from domain.decision import Decision
from domain.letters import Letters
from domain.ports import Roads as RoadEngine
from domain.roads import Roads
from domain.traffic import Traffic

MOST_DIFFERENCES = 20


class Difference(NamedTuple):
    """One value that came out otherwise. place : as in "units.0.eta_s"; a value that is missing is None"""

    place: str
    stored: Any
    again: Any


@dataclass(frozen=True, slots=True)
class Replayed:
    """same : the letters are equal, to the last; else where they first differ"""

    decision_id: UUID
    map_version: str
    traffic_version: str
    same: bool
    letters: int
    differences: tuple[Difference, ...]


def stored_letters(decision: Decision) -> str:
    """Raises CannotRead for a decision older than letters."""
    if not isinstance(decision.advice, Letters):
        raise CannotRead("The decision was stored by an older version of Vigil, without all that made it.")
    return decision.advice.text


def traffic_at(log: DispatchLog, change: int) -> Traffic:
    """What hindered the roads after a change, from the log. Raises CannotRead where it has no such change."""
    watched = next((fact for _, fact in SomeFacts(log, [Roads.Watched]).select(1, 1)), None)
    if change == 0 or watched is None:
        return Traffic()
    # Change 0 is the first fact, and each fact is one change.
    found: Any = log.repository.get(watched.originator_id, version=change + 1)
    if not isinstance(found, Roads) or found.traffic.version != change:
        raise CannotRead(f"The log knows no change {change} of the traffic.")
    return found.traffic


def replay(
    decision_id: UUID,
    letters: str,
    desk: Desk,
    roads: RoadEngine,
) -> Replayed:
    """Make the answer again and compare. Its inputs are those that were stored: rules may have figures by now
    that had no name then.

    roads : under the traffic version that the decision names, on its map
    Raises CannotRead.
    """
    stored: dict[str, Any] = json.loads(letters)
    told = inputs.read(stored)
    at_the_time = replace(desk, roads=roads, rules=told.rules)
    moment = datetime.fromisoformat(stored["at"])
    choosing = choosing_again(told.choosing) if told.choosing else BY_TIME
    last_resort = told.format >= LAST_RESORT_SINCE
    serving = told.format >= SERVING_RECKONED_SINCE
    unseen = told.format >= UNSEEN_RECKONED_SINCE
    advice = advise(told.need, told, at_the_time, moment, decision_id, choosing, last_resort, serving, unseen)
    answer = msgspec.json.encode(ANSWERS[told.format](advice))
    again = WrittenAdvice(decision_id, told.need.incident_id, answer, _inputs_of(letters)).letters().text
    differences = [] if again == letters else list(_differing(stored, json.loads(again)))
    return Replayed(
        decision_id,
        stored["map_version"],
        stored["traffic_version"],
        again == letters,
        len(letters),
        tuple(differences[:MOST_DIFFERENCES]),
    )


class _Stored(msgspec.Struct):
    inputs: msgspec.Raw


def _inputs_of(letters: str) -> bytes:
    return bytes(msgspec.json.decode(letters, type=_Stored).inputs)


def _differing(stored: Any, again: Any, place: str = "") -> Iterator[Difference]:
    if isinstance(stored, dict) and isinstance(again, dict):
        for name in dict.fromkeys((*stored, *again)):
            yield from _differing(stored.get(name), again.get(name), f"{place}.{name}" if place else name)
    elif isinstance(stored, list) and isinstance(again, list):
        for i in range(max(len(stored), len(again))):
            one = stored[i] if i < len(stored) else None
            other = again[i] if i < len(again) else None
            yield from _differing(one, other, f"{place}.{i}")
    elif stored != again:
        yield Difference(place, stored, again)
