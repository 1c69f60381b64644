"""Which device speaks for which unit. Of a secret name only its hash is kept, as of the tokens of people.

A tracker by HTTP proves itself with a token that it was given; a phone by MQTT is vouched for by the broker,
so its topic `owntracks/<user>/<device>` is enough. Who is in the book neither way is not heard.
"""

import hashlib
import re
import secrets
from base64 import b32encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, time
from typing import Final

from sqlalchemy import Column, Engine, Float, MetaData, String, Table, delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateTable

from api.accounts.acts import Act, note
from api.accounts.tables import open_file
from api.ingest.device_errors import BadDeviceName, BadTopic, DeviceThere, TopicThere, UnknownDevice
from api.postgres.address import Address
from api.postgres.engine import postgres_engine

TOKEN_BYTES: Final = 15
"""120 bits: 24 small letters and digits, which a crew can type into a phone."""
READ_AGAIN_S: Final = 5.0
"""So long after `vigil device remove` a device may still be heard."""
NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")

metadata = MetaData()
DEVICES = Table(
    "devices",
    metadata,
    Column("name", String, primary_key=True),
    Column("callsign", String, nullable=False),
    Column("key", String, nullable=False, unique=True),  # the hash of a token, or a topic
    Column("made_at_s", Float, nullable=False),  # seconds since 1970, UTC
)


@dataclass(frozen=True, slots=True)
class Device:
    """topic : `user/device` of one that speaks by MQTT, None for one with a token"""

    name: str
    callsign: str
    topic: str | None


class Devices:
    """The book of devices in one database. Any thread may ask; asking is a look into memory, never a wait.

    The command line writes the same book from another process: whoever runs a server calls `tend` now and
    then.
    """

    def __init__(self, engine: Engine, clock: Callable[[], float] = monotonic) -> None:
        """engine : SQLite, where the table is made, or PostgreSQL, where the migrations made it"""
        self._engine, self._clock = engine, clock
        if engine.dialect.name == "sqlite":
            with engine.begin() as connection:
                connection.execute(CreateTable(DEVICES, if_not_exists=True))
        self._known: Mapping[str, str] = {}
        self._read()

    def tend(self) -> None:
        """Read the book again when it is time."""
        if self._clock() - self._read_at >= READ_AGAIN_S:
            self._read()

    def stop(self) -> None:
        self._engine.dispose()

    close = stop

    # --- the book ---

    def add(self, callsign: str, name: str | None = None, by: str | None = None) -> tuple[Device, str]:
        """Enter a tracker for a unit; the device, and its token, told this once. Raises DeviceRefused.

        by : whose deed it is, which is noted beside it
        """
        token = b32encode(secrets.token_bytes(TOKEN_BYTES)).decode().lower()
        return self._enter(callsign, name, _of_token(token), None, by), token

    def add_topic(self, callsign: str, topic: str, name: str | None = None, by: str | None = None) -> Device:
        """Enter a phone that publishes to `owntracks/<topic>`. Raises DeviceRefused."""
        plain = topic.removeprefix("owntracks/")
        if not re.fullmatch(r"[^/+#\s]+/[^/+#\s]+", plain):
            raise BadTopic(topic=topic)
        return self._enter(callsign, name, _of_topic(plain), plain, by)

    def remove(self, name: str, by: str | None = None) -> None:
        """Strike a device out. Raises UnknownDevice."""
        gone = delete(DEVICES).where(DEVICES.c.name == name).returning(DEVICES.c.callsign)
        with self._engine.begin() as connection:
            callsign = connection.execute(gone).scalar_one_or_none()
            if callsign is None:
                raise UnknownDevice(name=name)
            if by is not None:
                note(connection, datetime.now(UTC), by, Act.DEVICE_REMOVED, name, callsign)
        self._read()

    def all(self) -> list[Device]:
        """All devices by unit and name."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(DEVICES).order_by(DEVICES.c.callsign, DEVICES.c.name)).all()
        return [Device(row.name, row.callsign, _topic_of(row.key)) for row in rows]

    # --- the door ---

    def of_token(self, token: str) -> str | None:
        """The callsign a tracker speaks for, None for a token that nobody gave out."""
        return self._known.get(_of_token(token))

    def of_topic(self, topic: str) -> str | None:
        """The callsign that `user/device` speaks for."""
        return self._known.get(_of_topic(topic))

    # --- inside ---

    def _read(self) -> None:
        self._read_at = self._clock()
        with self._engine.connect() as connection:
            found = connection.execute(select(DEVICES.c.key, DEVICES.c.callsign)).all()
        self._known = {row.key: row.callsign for row in found}

    def _enter(self, callsign: str, name: str | None, key: str, topic: str | None, by: str | None) -> Device:
        taken = {device.name for device in self.all()}
        name = name or _free_name(callsign, taken)
        if not NAME.fullmatch(name):
            raise BadDeviceName(name=name)
        row = {"name": name, "callsign": callsign, "key": key, "made_at_s": time()}
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(DEVICES).values(row))
                if by is not None:
                    note(connection, datetime.now(UTC), by, Act.DEVICE_ADDED, name, callsign)
        except IntegrityError:
            raise (DeviceThere(name=name) if name in taken else TopicThere(topic=topic)) from None
        self._read()
        return Device(name, callsign, topic)


def book_of_devices(place: Path | Address) -> Devices:
    """Of a file, that of the accounts, or of a database that `api.postgres.migrate` has seen to."""
    return Devices(open_file(place) if isinstance(place, Path) else postgres_engine(place, pool_size=2))


def _free_name(callsign: str, taken: set[str]) -> str:
    """The callsign itself, or with a number behind it."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", callsign).strip("-.")[:30] or "device"
    number = 1
    while (name := plain if number == 1 else f"{plain}-{number}") in taken:
        number += 1
    return name


def _of_token(token: str) -> str:
    return "sha256:" + hashlib.sha256(token.strip().encode("utf-8", "surrogatepass")).hexdigest()


def _of_topic(topic: str) -> str:
    return "owntracks/" + topic


def _topic_of(key: str) -> str | None:
    return key.removeprefix("owntracks/") if key.startswith("owntracks/") else None
