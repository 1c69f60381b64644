"""Logs with many events, and what of them arrived in Kafka."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from aiokafka.structs import ConsumerRecord

from api.streams.envelope import Envelope, read_envelope
from api.streams.topics import is_seed
from dispatch.application import DispatchLog, sqlite_log
from domain.unit import Unit
from domain.values import Duty
from tests.builders import a_unit, an_act

FILE = "events.sqlite"


def a_log(folder: Path) -> DispatchLog:
    return sqlite_log(str(folder / FILE))


class Shifts:
    """Units that come on duty and leave it, so that the log grows and each unit's events have an order."""

    def __init__(self, log: DispatchLog, units: int = 10) -> None:
        self._log = log
        self._units: list[Unit] = [a_unit(f"U{number}", on_duty=False) for number in range(units)]
        log.record(*self._units)

    def change(self, times: int = 1) -> int:
        """Each unit so many events; the place of the last."""
        place = 0
        for _ in range(times):
            for unit in self._units:
                duty = Duty.OFF_DUTY if unit.duty == Duty.ON_DUTY else Duty.ON_DUTY
                unit.sign(duty, None, an_act())
            place = self._log.record(*self._units)
        return place


def envelopes(records: Iterable[ConsumerRecord]) -> list[Envelope]:
    """Of the events among records, in the order of each partition."""
    return [read_envelope(record.value) for record in records if not is_seed(record.value)]


def each_once_and_in_order(found: list[Envelope], log: DispatchLog) -> None:
    """Every event of the log is there, none twice, and those of one unit come as they happened."""
    wanted = [(seq, str(fact.originator_id), fact.originator_version) for seq, fact in whole(log)]
    assert sorted((each.seq, each.id, each.version) for each in found) == wanted
    versions: dict[str, list[int]] = defaultdict(list)
    for each in found:
        versions[each.id].append(each.version)
    for its_id, seen in versions.items():
        assert seen == list(range(1, len(seen) + 1)), f"{its_id} came as {seen}"


def whole(log: DispatchLog) -> list:
    return log.select(1, 10**7)
