"""However records cross on their way, are told twice, or again after a crash: the end is the same."""

from collections import defaultdict
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from projections.streams.effects import Effect, Forward
from projections.streams.messages import Tick
from projections.streams.plan import Heard, folds, letter, read
from projections.streams.shelf import Shelf, run_here
from tests.any_history import history
from tests.histories import NOON, World
from tests.stream_records import LIMITS, Outcome, Record, everything, in_order, ticks_after

CHOICES = some.lists(some.integers(0, 2**20), min_size=10, max_size=45)
LEGAL = some.builds(history, CHOICES)
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
REWINDS, STALE = 12, 12


class Crossing:
    """A Kafka in miniature: a queue for each key, read in any order, each from a place that may go back."""

    def __init__(self, records: list[Record], chance: Random) -> None:
        self.shelf, self.chance = Shelf(folds(LIMITS)), chance
        self.queues: dict[str, list[Record]] = defaultdict(list)
        self.places: dict[str, int] = defaultdict(int)
        self.found = Outcome({})
        self.rewinds, self.stale = REWINDS, STALE
        for record in records:
            self.queues[f"{record.source} {record.key}"].append(record)

    def drain(self) -> None:
        while waiting := [name for name, queue in self.queues.items() if self.places[name] < len(queue)]:
            name = self.chance.choice(waiting)
            record = self.queues[name][self.places[name]]
            self.places[name] += 1
            self.hear(name, record)
            self.disturb(name)

    def disturb(self, name: str) -> None:
        if self.rewinds and self.chance.random() < 0.05:
            self.rewinds -= 1
            self.places[name] = self.chance.randrange(self.places[name] + 1)
        if self.stale and self.chance.random() < 0.05:
            self.stale -= 1
            self.hear(name, self.queues[name][self.chance.randrange(self.places[name] or 1)])

    def hear(self, name: str, record: Record) -> None:
        self.take(name, self.shelf.hear(record.source, record.value))

    def take(self, name: str, effects: list[Effect]) -> None:
        for effect in effects:
            if isinstance(effect, Forward):
                told = Record("told", effect.key, letter(effect), NOON)
                self.queues[f"told {effect.key} from {name.partition(' from ')[0]}"].append(told)
            else:
                self.found.hear([effect])

    def tick(self, tick: Tick) -> None:
        self.take("tick", self.shelf.pass_time(tick))
        self.drain()


@QUICK
@given(LEGAL, some.randoms(use_true_random=False), some.integers(0, 1))
def test_records_that_cross_and_come_again_end_in_the_same(world: World, chance: Random, runs: int):
    records = [r for r in everything(world, runs=runs) if b"Incident.Relocated" not in r.value]
    ticks = ticks_after(records)
    expected = in_order(records, ticks)
    crossing = Crossing(records, chance)
    crossing.drain()
    for tick in ticks:
        crossing.tick(tick)
    assert crossing.shelf.states() == expected.states
    assert crossing.found.notices == expected.notices
    assert crossing.found.rows == expected.rows


@QUICK
@given(LEGAL, some.randoms(use_true_random=False))
def test_a_stream_with_its_time_told_again_from_anywhere_changes_nothing(world: World, chance: Random):
    """Time passes between the records here, so that alerts come before what ends them."""
    once, again = Shelf(folds(LIMITS)), Shelf(folds(LIMITS))
    first, second = Outcome({}), Outcome({})
    heard: list[Heard] = []
    for record in everything(world, runs=3):
        heard += [read(record.source, record.value), Heard(tick=Tick(record.at))]
    for place, each in enumerate(heard):
        first.hear(run_here(once, each))
        second.hear(run_here(again, each))
        if chance.random() < 0.02:
            for old in heard[max(0, place - 40) : place + 1]:
                second.hear(run_here(again, old))
        if chance.random() < 0.1:
            second.hear(run_here(again, heard[chance.randrange(place + 1)]))
    for tick in ticks_after(everything(world, runs=3)):
        # A tick told again is more time passing: pages are made at other moments, and then again the same.
        first.hear(run_here(once, Heard(tick=tick)))
        second.hear(run_here(again, Heard(tick=tick)))
    assert again.states() == once.states()
    assert second.notices == first.notices
    assert second.rows == first.rows


@QUICK
@given(LEGAL, some.integers(1, 30))
def test_states_kept_and_loaded_go_on_as_if_nothing_had_been(world: World, every: int):
    records = everything(world)
    ticks = ticks_after(records)
    kept: dict[str, bytes] = {}
    shelf, found = Shelf(folds(LIMITS)), Outcome({})
    for place, record in enumerate(records):
        found.hear(run_here(shelf, read(record.source, record.value)))
        if place % every == 0:
            _keep(shelf, kept)
            shelf = Shelf(folds(LIMITS), kept)
    for tick in ticks:
        found.hear(run_here(shelf, Heard(tick=tick)))
    expected = in_order(records, ticks)
    assert shelf.states() == expected.states
    assert found.notices == expected.notices


def _keep(shelf: Shelf, kept: dict[str, bytes]) -> None:
    for name, state in shelf.changed().items():
        if state is None:
            kept.pop(name, None)
        else:
            kept[name] = state
