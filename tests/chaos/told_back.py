"""What the streams found and told the centre: each red alert is a note in its log, and none is one twice."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec

from api.streams.broker_settings import BrokerSettings
from api.streams.orders import Note, too_old, wanted_of
from dispatch.city_file import load_city
from projections.streams.effects import Alert, Notice, Proposal
from projections.streams.fold import Limits, limits_of
from tests.brokers import read_all
from tests.chaos.world import World
from tests.server import Ground, all_events

Event = dict[str, Any]
NOTICES: Any = msgspec.json.Decoder(Alert | Proposal)


def found_by(world: World) -> list[Notice]:
    """All that stands in the alerts' topic."""
    assert world.kafka is not None
    broker = BrokerSettings(world.kafka.address)
    records = asyncio.run(read_all(broker, broker.topic("alerts")))
    return [NOTICES.decode(record.value) for record in records if record.value is not None]


def noted(world: World) -> set[str]:
    """The ids of all notes in the log."""
    with world.server.client("supervisor") as client:
        return set(notes_in(all_events(client)))


def limits_of_city(ground: Ground) -> Limits:
    return limits_of(load_city(ground.cities / ground.city).targets)


def untold(noted: set[str], notices: Iterable[Notice], now: datetime, limits: Limits) -> Iterator[str]:
    """Red alerts of which the log has no note, though none is too old to be told.

    noted : the ids of the notes in the log
    """
    for notice in notices:
        if isinstance(notice, Alert) and not too_old(notice, now, limits):
            match wanted_of(notice, "note", UTC, None):
                case Note(key=key) if key not in noted:
                    yield f"{notice.kind} of {notice.incident_id} since {notice.since} is no note in the log"


def misspoken(events: list[Event], notices: Iterable[Notice]) -> Iterator[str]:
    """Notes that nobody wanted, or that stand twice; and things that were found under two ids."""
    wanted, ids = set[str](), defaultdict[tuple[object, ...], set[str]](set)
    for notice in notices:
        if isinstance(notice, Alert):
            ids[notice.kind, notice.subject, notice.since].add(notice.id)
            match wanted_of(notice, "note", UTC, None):
                case Note(key=key):
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
    return [event["data"]["note_id"] for event in events if event["topic"] == "Incident.Noted"]
