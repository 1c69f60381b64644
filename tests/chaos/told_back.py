"""What the streams found and told the centre: each red alert is a note in its log, and none is one twice.

A red alert may be missing only where the centre had its answer before it could be told. When it was told, or
passed over, no log says; but notices of a partition are told one after the other. So the answer must stand in
the log before the first note about anything that came behind the alert in its partition.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import msgspec

from api.streams.broker_settings import BrokerSettings
from api.streams.orders import WAITING, note_of, too_old
from dispatch.city_file import load_city
from projections.streams.effects import Alert, Notice, Proposal
from projections.streams.fold import Limits, limits_of
from tests.brokers import read_all
from tests.chaos.world import World
from tests.server import Ground, all_events

Event = dict[str, Any]
NOTICES: Any = msgspec.json.Decoder(Alert | Proposal)


NEVER = float("inf")
GOES_ON = ("accepted", "en_route", "on_scene", "patient_contact", "transporting", "at_hospital")
LASTS_TO = {"late_acknowledgement": None, "long_on_scene": "patient_contact", "long_handover": "at_hospital"}
"""The last milestone that is no answer to it. Written anew: the verdict asks none of the program's tables."""


def queues_of(world: World) -> list[list[Notice]]:
    """All that stands in the alerts' topic, each partition in the order in which it is told."""
    assert world.kafka is not None
    broker = BrokerSettings(world.kafka.address)
    records = asyncio.run(read_all(broker, broker.topic("alerts")))
    by_partition = groupby(records, key=lambda record: record.partition)
    return [
        [NOTICES.decode(record.value) for record in of_one if record.value is not None]
        for _, of_one in by_partition
    ]


def found_by(world: World) -> list[Notice]:
    return [notice for queue in queues_of(world) for notice in queue]


def log_of(world: World) -> list[Event]:
    with world.server.client("supervisor") as client:
        return all_events(client)


def noted(world: World) -> set[str]:
    """The ids of all notes and prompts in the log."""
    return set(notes_in(log_of(world)))


def limits_of_city(ground: Ground) -> Limits:
    return limits_of(load_city(ground.cities / ground.city).targets)


def untold(
    events: Sequence[Event], queues: Iterable[Sequence[Notice]], now: datetime, limits: Limits
) -> Iterator[str]:
    """Red alerts that are no note in the log, though none is too old, nor was answered before it was told."""
    noted = {key: event["seq"] for event in events if (key := _key_of(event)) is not None}
    answers = Answers(events)
    for queue in queues:
        for notice, told_by in _with_next_note(queue, noted):
            if not isinstance(notice, Alert) or too_old(notice, now, limits):
                continue
            key = _note_id(notice)
            if key is None or key in noted or answers.seq_of(notice) < told_by:
                continue
            yield f"{notice.kind} of {notice.incident_id} since {notice.since} is no note in the log"


def _with_next_note(queue: Sequence[Notice], noted: dict[str, int]) -> Iterator[tuple[Notice, float]]:
    """Each notice, and the place in the log by which it had been told or passed over, if that is known."""
    first = {_note_id(notice): place for place, notice in reversed([*enumerate(queue)])}
    following, told_by = [NEVER] * len(queue), NEVER
    for place in reversed(range(len(queue))):
        following[place] = told_by
        key = _note_id(queue[place])
        if key in noted and first[key] == place:  # found again it may be told long before its second place
            told_by = min(told_by, noted[key])
    return zip(queue, following, strict=True)


def _note_id(notice: Notice) -> str | None:
    """Of the note or prompt it would be; None where it is none."""
    if isinstance(notice, Proposal):
        return notice.id
    note = note_of(notice, UTC)
    return note.key if note is not None else None


class Answers:
    """Where in the log each wait was ended."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._of_runs = defaultdict[str, list[Event]](list)
        self._of_incidents = defaultdict[str, list[Event]](list)
        for event in events:
            match event["topic"]:
                case "Run.Progressed":
                    self._of_runs[event["data"]["run_id"]].append(event)
                    if event["data"]["milestone"] == "clear":
                        self._of_incidents[event["data"]["incident_id"]].append(event)
                case "Incident.RunOpened" | "Incident.Closed":
                    self._of_incidents[event["data"]["incident_id"]].append(event)

    def seq_of(self, alert: Alert) -> float:
        """NEVER where nobody answered."""
        if alert.kind == WAITING:
            served = (
                each for each in self._of_incidents[alert.incident_id or ""] if _ends(each, alert.since)
            )
        else:
            last = LASTS_TO[alert.kind]
            lasting = GOES_ON[: GOES_ON.index(last) + 1] if last else ()
            told = self._of_runs[alert.run_id or ""]
            served = (each for each in told if each["data"]["milestone"] not in lasting)
        return min((each["seq"] for each in served), default=NEVER)


def _ends(event: Event, since: datetime) -> bool:
    """Whether nobody waits on who waited since then. A run of before that, which ended in vain, is no end."""
    return event["topic"] != "Incident.RunOpened" or datetime.fromisoformat(event["at"]) > since


def misspoken(events: list[Event], notices: Iterable[Notice]) -> Iterator[str]:
    """Notes that nobody wanted, or that stand twice; and things that were found under two ids."""
    wanted, ids = set[str](), defaultdict[tuple[object, ...], set[str]](set)
    for notice in notices:
        if isinstance(notice, Alert):
            ids[notice.kind, notice.subject, notice.since].add(notice.id)
            if (key := _note_id(notice)) is not None:
                wanted.add(key)
        else:
            ids[notice.kind, notice.run_id, notice.place_id].add(notice.id)
            wanted.add(notice.id)
    yield from (f"{what} was found as {sorted(found)}" for what, found in ids.items() if len(found) > 1)
    for key, count in Counter(notes_in(events)).items():
        if key not in wanted:
            yield f"nothing that the streams found asks for the note {key}"
        if count > 1:
            yield f"the note {key} stands {count} times in the log"


def notes_in(events: Iterable[Event]) -> list[str]:
    """Their ids. The desks of a storm write none."""
    return [key for event in events if (key := _key_of(event)) is not None]


def _key_of(event: Event) -> str | None:
    """Of a note or a prompt; None of anything else."""
    match event["topic"]:
        case "Incident.Noted":
            return str(event["data"]["note_id"])
        case "Prompt.Raised":
            return str(event["data"]["prompt_id"])
    return None
