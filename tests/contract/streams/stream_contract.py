"""What every host of the streams must do: end in the states and say the things that the folds alone do."""

from abc import ABC, abstractmethod

from projections.streams.messages import Tick
from tests.any_history import history
from tests.histories import World
from tests.stream_records import Outcome, Record, everything, in_order, ticks_after

CHOICES = [n * 7919 + 13 for n in range(60)]


def a_night() -> World:
    return history(CHOICES)


class StreamContract(ABC):
    @abstractmethod
    def fold(self, records: list[Record], ticks: list[Tick]) -> Outcome:
        """Hear all records, then let time pass."""

    def test_it_ends_where_the_folds_alone_end(self):
        records = everything(a_night())
        ticks = ticks_after(records)
        self.compare(self.fold(records, ticks), in_order(records, ticks))

    def test_records_that_come_twice_or_again_change_nothing(self):
        records = everything(a_night())
        ticks = ticks_after(records)
        again = [*records[:40], *records[10:60], *records, *records[::7], *records[-50:]]
        self.compare(self.fold(again, ticks), in_order(records, ticks))

    def test_two_centres_with_the_same_callsigns_do_not_meet(self):
        here, there = everything(a_night()), everything(history(CHOICES[:40]), centre="mannheim")
        ticks = ticks_after([*here, *there])
        found = self.fold([*here, *there], ticks)
        self.compare(found, in_order([*here, *there], ticks))
        assert {name.partition("|")[2].partition("/")[0] for name in found.states} >= {"hcmc", "mannheim"}

    def test_a_record_that_nobody_can_read_stops_nothing(self):
        records = everything(a_night())
        ticks = ticks_after(records)
        poison = [
            Record("pings", "hcmc/C1", b'{"centre":"hcmc","callsign":"C1"', records[0].at),
            Record("pings", "hcmc/C1", b'{"centre":"hcmc","callsign":"C1","at":"noon"}', records[0].at),
            Record("events", "x", b'{"topic":"Run.Progressed"}', records[0].at),
        ]
        woven = [*records[:30], *poison, *records[30:]]
        self.compare(self.fold(woven, ticks), in_order(records, ticks))

    @staticmethod
    def compare(found: Outcome, expected: Outcome) -> None:
        assert found.states.keys() == expected.states.keys()
        for name, state in expected.states.items():
            assert found.states[name] == state, name
        assert found.notices == expected.notices
        assert found.notices, "the night must be one in which something is to be said"
        assert found.rows == expected.rows
