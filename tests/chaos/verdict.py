"""What must be true when all is calm again. Each check returns what is wrong, in words; nothing is well."""

import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from api.postgres.address import as_url
from api.streams.broker_settings import BrokerSettings
from api.streams.envelope import Envelope, read_envelope
from api.streams.topics import is_seed
from tests.brokers import read_all
from tests.chaos.live_rows import live_differences
from tests.chaos.places import misplaced, places_in_log, unequal_to_log
from tests.chaos.record import Record
from tests.chaos.refusals import unexplained
from tests.chaos.told_back import found_by, misspoken
from tests.chaos.world import CENTRE, World
from tests.integration.api.storm import facts_in
from tests.server import all_events, vigil

Event = dict[str, Any]
SAID = ("topic", "at", "recorded_at", "actor", "data")


def faults_of(world: World, record: Record) -> list[str]:
    """Everything that is wrong."""
    stored = places_in_log(world.database)
    with world.server.client("supervisor") as client:
        events = all_events(client)
        live = list(live_differences(client, world.database, world.server.ground))
    found = [
        *live,
        *broken_promises(events, record),
        *unexplained(events, record),
        *misplaced(events),
        *unequal_to_log(events, stored),
        *twice_sent(events),
        *overbooked(events),
        *_rebuilt(world),
    ]
    if world.kafka is not None:
        broker = BrokerSettings(world.kafka.address)
        records = asyncio.run(read_all(broker, broker.topic("events")))
        found += relayed((record.value for record in records), events, CENTRE)
        found += misspoken(events, found_by(world))
    return found


def broken_promises(events: list[Event], record: Record) -> Iterator[str]:
    counts = facts_in(events)
    closed = Counter(e["data"]["incident_id"] for e in events if e["topic"] == "Incident.Closed")
    for heard in record.promised:
        order = heard.order
        stored = closed[order.fact[1]] if order.fact[0] == "Incident.Closed" else counts[order.fact]
        if stored != 1:
            yield f"{order.fact} was promised at {heard.body.get('seq')} and stands {stored} times in the log"
    yield from (f"{fact} stands {count} times in the log" for fact, count in counts.items() if count > 1)
    yield from (f"{order.fact} never had an answer" for order in record.given_up)


def twice_sent(events: list[Event]) -> Iterator[str]:
    """No unit is on two runs."""
    run_of: dict[str, str] = {}
    for event in events:
        said = event["data"]
        if event["topic"] == "Unit.Assigned":
            unit = said["unit_id"]
            if unit in run_of:
                yield f"unit {unit} is on {run_of[unit]} and is sent again at {event['seq']}"
            run_of[unit] = said["run_id"]
        elif event["topic"] == "Unit.Freed":
            run_of.pop(said["unit_id"], None)


def overbooked(events: list[Event]) -> Iterator[str]:
    """No bed is promised twice: never more holds than are free."""
    free: dict[tuple[str, str], int] = {}
    holds: dict[tuple[str, str], set[str]] = defaultdict(set)
    for event in events:
        owner, _, what = event["topic"].partition(".")
        if owner != "BedLedger":
            continue
        said = event["data"]
        beds = said["hospital_id"], said["kind"]
        match what:
            case "Opened":
                free[beds] = said["staffed"]
            case "Reported":
                free[beds] = said["staffed"] - said["occupied"] - said["blocked"]
            case "ArrivedSince" | "ArrivalUndone":
                free[beds] -= said["patients"]
            case "Consumed":
                free[beds] -= 1
                holds[beds].discard(said["run_id"])
            case "Held":
                holds[beds].add(said["run_id"])
                if len(holds[beds]) > free[beds]:
                    yield f"{beds}: {len(holds[beds])} holds on {free[beds]} beds at {event['seq']}"
            case "Released" | "Expired":
                holds[beds].discard(said["run_id"])


def _rebuilt(world: World) -> Iterator[str]:
    """Every stored view equals one that is made anew from the log."""
    db = ("--db", as_url(world.database))
    tables = vigil("project", "--check", *db)
    if tables.returncode != 0:
        yield f"the PostGIS tables differ from the log: {tables.stdout} {tables.stderr}"
    world.server.stop()
    views = vigil("rebuild", "--check", "--json", "--data", world.server.data, *db)
    if views.returncode != 0:
        yield f"the stored views differ from the log: {views.stdout} {views.stderr}"
    elif (told := json.loads(views.stdout))["views"] != told["stored"]:
        yield f"the stored views differ: {told}"


def relayed(records: Iterable[bytes | None], events: list[Event], centre: str) -> list[str]:
    """In Kafka stands each event once, as the log has it, and those of each thing in their order."""
    found: list[str] = []
    seen: Counter[int] = Counter()
    versions: dict[str, int] = {}
    in_log = {event["seq"]: event for event in events}
    for value in records:
        if value is None or is_seed(value):
            continue
        event = read_envelope(value)
        seen[event.seq] += 1
        if event.version != versions.get(event.id, 0) + 1:
            found.append(f"{event.id}: version {event.version} after {versions.get(event.id, 0)}")
        versions[event.id] = event.version
        if event.seq in in_log:
            found += _forged(event, in_log[event.seq], centre)
    found += [f"event {seq} stands {count} times in Kafka" for seq, count in seen.items() if count > 1]
    found += [f"event {seq} is not in Kafka" for seq in sorted(set(in_log) - set(seen))[:20]]
    unknown = [seq for seq in sorted(set(seen) - set(in_log)) if seq < max(in_log)]  # what came since is well
    found += [f"event {seq} in Kafka is not in the log" for seq in unknown[:20]]
    return found[:60]


def _forged(sent: Envelope, event: Event, centre: str) -> Iterator[str]:
    """What Kafka says otherwise than the log. Nothing in a storm is too large for Kafka: data goes whole."""
    for name, true in [("centre", centre), *((name, event[name]) for name in SAID)]:
        told = getattr(sent, name)
        if told != true:
            yield f"event {sent.seq}: Kafka says {name} {told!r}"[:300] + f", the log {true!r}"[:300]
