"""Read what the region shows, and what it should show; again and again, until they are the same."""

import asyncio
from typing import Any

import msgspec
from aiokafka.structs import ConsumerRecord

from api.streams.broker_settings import BrokerSettings
from api.streams.envelope import outgoing
from api.streams.relay_log import postgres_log_to_read
from dispatch.city_file import load_city
from projections.streams.effects import BedsRow, FleetRow, HourRow, MinuteRow, RegionRow
from projections.streams.fold import limits_of
from projections.streams.plan import SEED
from tests.brokers import read_all
from tests.chaos.region import FromZero, Picture, compared, falsely_late
from tests.chaos.world import CENTRE, World

ROWS: Any = msgspec.json.Decoder(FleetRow | MinuteRow | HourRow | BedsRow | RegionRow)
PAGE = 5_000


class Witness:
    """Each question folds only what came since the last one."""

    def __init__(self, world: World) -> None:
        assert world.kafka is not None
        self._broker = BrokerSettings(world.kafka.address)
        ground = world.server.ground
        self._true = FromZero(limits_of(load_city(ground.cities / ground.city).targets))
        self._shown = Picture()
        self._dead: list[str] = []
        self._read: dict[tuple[str, int], int] = {}
        self._database, self._next_event = world.database, 1

    def differences(self) -> list[str]:
        """In words; empty where the region shows what the log says."""
        self._dead += [f"a dead letter: {each.headers}" for each in self._news("dead-letters")]
        for name in ("fleet", "figures"):
            self._shown.hear(ROWS.decode(each.value) for each in self._news(name))
        self._fold_log()
        for ping in self._news("pings"):
            self._true.hear_ping(ping.value)
        made_at = self._shown.made_at
        if made_at is None:
            return [*self._dead, "the region has no page"]
        self._true.pass_time(made_at)
        return [*self._dead, *compared(self._shown, self._true.picture)]

    @property
    def falsely_late(self) -> int:
        return falsely_late(self._shown, self._true.picture)

    def _fold_log(self) -> None:
        log = postgres_log_to_read(self._database)
        try:
            while facts := log.select(self._next_event, PAGE):
                for seq, fact in facts:
                    self._true.hear_event(outgoing(CENTRE, seq, fact).value, fact.act.at)
                self._next_event = facts[-1][0] + 1
        finally:
            log.close()

    def _news(self, name: str) -> list[ConsumerRecord]:
        """Records of a topic that were not read before."""
        found = []
        for record in asyncio.run(read_all(self._broker, self._broker.topic(name))):
            place = (name, record.partition)
            if record.offset >= self._read.get(place, 0):
                self._read[place] = record.offset + 1
                if record.value not in (None, SEED):
                    found.append(record)
        return found
