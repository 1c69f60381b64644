"""What the streams find out goes back to a centre as orders through its API, never behind its back.

The alerts' topic is the queue: a notice is committed when the centre has answered. Before a word is written
the centre is asked how the run or the incident stands now, for the streams know only what its relay sent;
what was answered or served by then is passed over. One that cannot be delivered, or asked about, is tried
again with the same key, so that it is carried out once; one the centre refuses is settled by that; one that
is too old by now is let go, a stay as well as a wait that turned red long ago, for a prompt about an hour ago
helps nobody.
"""

import asyncio
import logging
import os
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import httpx
import msgspec
from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError

from api.streams.broker_settings import BrokerSettings
from api.streams.leaving import leave_reader
from api.streams.orders import Arrivals, Order, order_of, row_wanted, too_old
from projections.streams.effects import Alert, Notice, Proposal
from projections.streams.fold import Limits
from projections.unreadable import UNREADABLE

log = logging.getLogger("vigil.streams")

NOTICES: Any = msgspec.json.Decoder(Alert | Proposal)
BATCH = 100
PAUSES_S = (0.5, 1.0, 2.0, 5.0, 10.0)
TIMEOUT_S = 10.0
UNKNOWN = frozenset({404, 422})
"""No such incident, or no id of one."""


class BadDoor(ValueError):
    """The centre cannot be spoken to so; the sentence says what is missing."""


@dataclass(frozen=True, slots=True)
class Door:
    """How to speak to one centre. `repr` keeps the secrets."""

    centre: str
    url: str
    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


def read_door(text: str, environment: Mapping[str, str] | None = None) -> Door:
    """`CENTRE=URL`; who we are stands in VIGIL_CENTRE_TOKEN, or VIGIL_CENTRE_USER and VIGIL_CENTRE_PASSWORD.

    Raises BadDoor.
    """
    known = os.environ if environment is None else environment
    centre, _, url = text.partition("=")
    if not centre or not url.startswith(("http://", "https://")):
        raise BadDoor(f"--back wants CENTRE=http://HOST:PORT, not '{text}'.")
    token = known.get("VIGIL_CENTRE_TOKEN", "")
    user, password = known.get("VIGIL_CENTRE_USER", ""), known.get("VIGIL_CENTRE_PASSWORD", "")
    if not token and not (user and password):
        raise BadDoor("--back needs VIGIL_CENTRE_TOKEN, or VIGIL_CENTRE_USER and VIGIL_CENTRE_PASSWORD.")
    return Door(centre, url.rstrip("/"), user, password, token)


class Unreachable(RuntimeError):
    """The centre does not answer, or not as it should; to be tried again."""


class BackToCentre:
    """`deliver` one notice; `run` until stopped. `counts`: sent, passed, refused, too_old, unread, failed."""

    def __init__(
        self,
        door: Door,
        arrivals: Arrivals = "note",
        client: httpx.AsyncClient | None = None,
        limits: Limits | None = None,
    ) -> None:
        """limits : those of the workers, which tell what is too old"""
        self._door, self._arrivals, self._limits = door, arrivals, limits or Limits()
        self._client = client or httpx.AsyncClient(base_url=door.url, timeout=TIMEOUT_S)
        self._token = door.token
        self._zone: ZoneInfo | None = None
        self.counts: Counter[str] = Counter()

    @property
    def centre(self) -> str:
        return self._door.centre

    async def run(self, broker: BrokerSettings, stop: asyncio.Event) -> None:
        """A broker that is away, or leaves, is waited for."""
        pauses = _pauses()
        try:
            while not stop.is_set():
                try:
                    await self._read(broker, stop)
                    pauses = _pauses()
                except (KafkaError, OSError, TimeoutError) as fault:
                    log.warning(
                        "%s hears of no notices: Kafka at %s: %r", self._door.centre, broker.address, fault
                    )
                except Exception:  # a fault of ours: without this loop nobody would tell the centre anything
                    log.exception("%s hears of no notices; trying again", self._door.centre)
                else:
                    continue
                with suppress(TimeoutError):
                    async with asyncio.timeout(next(pauses)):
                        await stop.wait()
        finally:
            await self._client.aclose()

    async def _read(self, broker: BrokerSettings, stop: asyncio.Event) -> None:
        """Until it is stopped. Raises what the broker says."""
        consumer = AIOKafkaConsumer(
            broker.topic("alerts"),
            **broker.options(),
            group_id=broker.topic(f"back.{self._door.centre}"),
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            isolation_level="read_committed",
        )
        try:
            await consumer.start()
            while not stop.is_set():
                batch = await consumer.getmany(timeout_ms=500, max_records=BATCH)
                for records in batch.values():
                    for record in records:
                        await self._patiently(record.value, stop)
                if batch and not stop.is_set():
                    await consumer.commit()
        finally:
            await leave_reader(consumer)

    async def _patiently(self, value: bytes | None, stop: asyncio.Event) -> None:
        """Until it is settled, or we are to stop: then it is not committed and comes again."""
        try:
            notice: Notice = NOTICES.decode(value or b"")
        except UNREADABLE as fault:
            self.counts["unread"] += 1
            log.warning("A notice cannot be read and is passed over: %s", fault)
            return
        for pause in _pauses():
            if stop.is_set():
                return
            try:
                await self.deliver(notice, datetime.now(UTC))
                return
            except httpx.LocalProtocolError as fault:  # such as a line's end in its id: no request can say it
                self.counts["failed"] += 1
                log.warning("%s cannot be told of %s: %s", self._door.centre, notice.kind, fault)
                return
            except (Unreachable, httpx.HTTPError) as fault:
                log.warning("%s does not take %s: %s", self._door.centre, notice.kind, fault)
                with suppress(TimeoutError):
                    async with asyncio.timeout(pause):
                        await stop.wait()
            except Exception:  # a fault of ours: the next notice must not wait for it
                self.counts["failed"] += 1
                log.exception("%s could not be told of %s", self._door.centre, notice.kind)
                return

    async def deliver(self, notice: Notice, now: datetime) -> None:
        """Raises Unreachable or httpx.HTTPError where it must be tried again, with the same key."""
        if notice.centre != self._door.centre:
            return
        if too_old(notice, now, self._limits):
            self.counts["too_old"] += 1
            return
        zone = await self._time_zone()
        order = order_of(notice, self._arrivals, zone, await self._row_of(notice))  # asked last, just before
        if order is None:
            self.counts["passed"] += 1
            return
        answer = await self._post(order)
        if answer.is_success:
            self.counts["sent"] += 1
        else:
            self.counts["refused"] += 1
            log.info("%s refused %s: %s", self._door.centre, order.path, answer.text[:300])

    async def _post(self, order: Order) -> httpx.Response:
        return await self._ask(
            "POST", order.path, json=dict(order.body), headers={"Idempotency-Key": order.key}
        )

    async def _row_of(self, notice: Notice) -> Mapping[str, Any] | None:
        """What the notice is about, as the centre has it now; None where it has no such thing."""
        match row_wanted(notice):
            case ("runs", run_id):
                rows = (await self._ask("GET", "/runs")).json()
                return next((row for row in rows if row["id"] == run_id), None)
            case ("incidents", incident_id):
                answer = await self._ask("GET", f"/incidents/{quote(incident_id, safe='')}")
                if answer.is_success:
                    return dict(answer.json())
                if answer.status_code not in UNKNOWN:
                    raise Unreachable(f"{answer.status_code} {answer.text[:200]}")
                log.warning("%s has no incident %s for %s", self._door.centre, incident_id, notice.kind)
        return None

    async def _time_zone(self) -> ZoneInfo:
        if self._zone is None:
            self._zone = ZoneInfo((await self._ask("GET", "/city")).json()["timezone"])
        return self._zone

    async def _ask(self, method: str, path: str, **said: Any) -> httpx.Response:
        """The answer, a refusal among them. Signs in anew once where the session is over."""
        for _ in range(2):
            if not self._token:
                await self._sign_in()
            headers = {**said.pop("headers", {}), "Authorization": f"Bearer {self._token}"}
            answer = await self._client.request(method, f"/api/v1{path}", headers=headers, **said)
            if answer.status_code == 401 and not self._door.token:
                self._token, said["headers"] = "", headers
                continue
            if answer.status_code in (401, 403, 429) or answer.status_code >= 500:
                raise Unreachable(f"{answer.status_code} {answer.text[:200]}")
            return answer
        raise Unreachable("it lets nobody in")

    async def _sign_in(self) -> None:
        body = {"username": self._door.user, "password": self._door.password}
        answer = await self._client.post("/api/v1/login", json=body)
        if not answer.is_success:
            raise Unreachable(f"signing in as {self._door.user}: {answer.status_code}")
        self._token = answer.json()["token"]


def _pauses() -> Any:
    """Longer and longer, and then always as long."""
    yield from PAUSES_S
    while True:
        yield PAUSES_S[-1]
