"""The contract for hosts on Kafka: the same, and also when workers die and join."""

from projections.streams.messages import Tick
from tests.contract.streams.stream_contract import StreamContract, a_night
from tests.stream_records import Outcome, Record, everything, in_order, ticks_after
from tests.stream_region import StreamRegion


class KafkaContract(StreamContract):
    host: str
    stand: StreamRegion

    def fold(self, records: list[Record], ticks: list[Tick]) -> Outcome:
        self.stand.start(self.host)
        self.stand.publish(records)
        return self.pass_time(ticks)

    def pass_time(self, ticks: list[Tick]) -> Outcome:
        self.stand.drain()
        for tick in ticks:
            self.stand.tick(tick)
            self.stand.drain()
        return self.stand.outcome()

    def test_a_worker_that_is_killed_and_another_that_joins_lose_and_double_nothing(self):
        records = everything(a_night())
        ticks = ticks_after(records)
        first = self.stand.start(self.host)
        third = len(records) // 3
        self.stand.publish(records[:third], a_second=400)
        self.stand.kill(first)
        self.stand.start(self.host)
        self.stand.publish(records[third : 2 * third], a_second=400)
        self.stand.start(self.host)
        self.stand.publish(records[2 * third :], a_second=400)
        self.compare(self.pass_time(ticks), in_order(records, ticks))

    def test_what_nobody_could_read_lies_among_the_dead_letters_with_its_reason(self):
        records = everything(a_night())
        poison = Record("pings", "hcmc/C1", b"{not json", records[0].at)
        self.stand.start(self.host)
        self.stand.publish([*records[:5], poison, *records[5:]])
        self.stand.drain()
        (letter,) = self.stand.records("dead-letters")
        said = dict(letter.headers)
        assert letter.value == poison.value
        assert letter.key == b"hcmc/C1"
        assert said["topic"] == b"pings"
        assert said["why"].startswith(b"JSON is malformed")
