"""Whether the log lost an event: by what each one says it follows, and by the log's own table."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import psycopg

from api.postgres.address import Address

Event = dict[str, Any]


class Place(NamedTuple):
    """Of one event in the log. id, version : whose history it belongs to, and the place in it, from 1 on"""

    seq: int
    id: str
    version: int


def misplaced(events: list[Event]) -> Iterator[str]:
    """Places may leave holes, but each event names the one before it, and the first one none."""
    last = 0
    for event in events:
        if event["seq"] <= last or event["prev"] != last:
            yield f"after {last} comes {event['seq']}, which says it follows {event['prev']}"
        last = event["seq"]


def places_in_log(database: Address) -> list[Place]:
    """As the table has them, in their order."""
    with psycopg.connect(database.libpq) as connection:
        rows = connection.execute(
            "SELECT notification_id, originator_id, originator_version"
            " FROM vigil_log.dispatch_events ORDER BY notification_id"
        ).fetchall()
    return [Place(int(seq), str(its_id), int(version)) for seq, its_id, version in rows]


def unequal_to_log(events: list[Event], stored: list[Place]) -> Iterator[str]:
    """What is told of the log against the log itself: no place too few or too many, no history with a hole.

    stored : every place, whose history it belongs to, and the version in it, in the order of the places
    """
    told, versions = {event["seq"] for event in events}, dict[str, int]()
    for place in stored:
        if place.seq not in told:
            yield f"event {place.seq} stands in the log and is not told"
        if place.version != versions.get(place.id, 0) + 1:
            yield f"{place.id}: at {place.seq} version {place.version} after {versions.get(place.id, 0)}"
        versions[place.id] = place.version
    last = stored[-1].seq if stored else 0
    unknown = told - {place.seq for place in stored}
    yield from (f"event {seq} is told and not in the log" for seq in sorted(unknown) if seq < last)
