"""A centre was cut off for hours, or the workers were away: its facts come late, the figures are right."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from msgspec import convert

from domain.values import Milestone
from projections.streams.effects import Alert, Effect, HourRow, MinuteRow
from projections.streams.figures import Figures, Hour
from projections.streams.messages import CallTold, LateTold, Tick
from projections.streams.plan import Heard, folds, read
from projections.streams.ring import EPOCH, LENGTH
from projections.streams.shelf import Shelf, run_here
from tests.histories import NOON, World
from tests.stream_records import LIMITS, events_of

MINUTE = timedelta(minutes=1)
QUIET, BUSY = 2, 12


def calls(first: int, last: int, a_minute: int = QUIET) -> list[CallTold]:
    """So many in each minute from the first to before the last, counted from noon."""
    return [
        CallTold("hcmc", f"{minute}/{number}", NOON + minute * MINUTE + timedelta(seconds=number))
        for minute in range(first, last)
        for number in range(a_minute)
    ]


class Centre:
    """Its figures; `until` lets its time pass up to a minute after noon."""

    def __init__(self) -> None:
        self.hour: Hour | None = None
        self.said: list[Effect] = []
        self._now = 0

    def tell(self, told: Iterable[CallTold | LateTold]) -> None:
        for each in told:
            self.hour, said = Figures().apply(self.hour, each)
            self.said += said

    def until(self, minute: int) -> None:
        for now in range(self._now, minute + 1):
            at = NOON + now * MINUTE + timedelta(seconds=15)
            self.hour, said = Figures().apply(self.hour, Tick(at))
            self.said += said
        self._now = minute

    def hears_at_once(self, told: list[CallTold]) -> None:
        """Each minute as it happens."""
        for each in told:
            self.until(_minute(each.at))
            self.tell([each])

    @property
    def minutes(self) -> dict[datetime, MinuteRow]:
        return {each.minute: each for each in self.said if isinstance(each, MinuteRow)}

    @property
    def page(self) -> HourRow:
        return next(each for each in reversed(self.said) if isinstance(each, HourRow))

    @property
    def surges(self) -> dict[datetime, bool]:
        """By when each began, whether it stands."""
        return {each.since: each.ended_at is None for each in self.said if isinstance(each, Alert)}


def _minute(at: datetime) -> int:
    return (at - NOON) // MINUTE


def test_minutes_of_a_cut_of_three_hours_are_counted_when_they_are_told():
    in_time, cut = Centre(), Centre()
    in_time.hears_at_once(calls(0, 300))
    cut.hears_at_once(calls(0, 60))
    cut.until(240)  # nothing comes, time passes
    assert cut.page.hour.calls == 0
    cut.tell(calls(60, 300))
    for centre in (in_time, cut):
        centre.until(301)
    assert cut.minutes == in_time.minutes
    assert cut.page.hour == in_time.page.hour
    assert cut.hour == in_time.hour


def test_a_cut_is_no_quiet_night_after_which_everything_is_a_surge():
    cut = Centre()
    cut.hears_at_once(calls(0, 120))
    cut.until(420)
    cut.tell(calls(120, 421))
    for minute in range(421, 480):
        cut.tell(calls(minute, minute + 1))
        cut.until(minute + 1)
    assert cut.surges == {}


def test_a_surge_that_stands_is_found_though_it_began_during_the_cut():
    in_time, cut = Centre(), Centre()
    told = [*calls(0, 120), *calls(120, 240, BUSY)]
    in_time.hears_at_once(told)
    cut.hears_at_once(calls(0, 120))
    cut.until(239)
    assert cut.surges == {}
    cut.tell(calls(120, 240, BUSY))
    for centre in (in_time, cut):
        centre.until(240)
    assert in_time.surges
    assert cut.surges == in_time.surges


def test_a_surge_that_was_none_is_ended():
    """Half of the facts came late: what looked like a surge after a quiet hour was an evening like others."""
    cut = Centre()
    cut.hears_at_once(calls(0, 40, 0) + calls(0, 1))
    told = calls(60, 90, 8)
    cut.hears_at_once(told)
    cut.until(91)
    assert True in cut.surges.values()
    cut.tell(calls(1, 60, 8))
    cut.until(92)
    assert True not in cut.surges.values()


def test_the_same_after_any_minute_of_the_day_but_no_longer():
    centre = Centre()
    centre.hears_at_once(calls(0, 3))
    centre.until(24 * 60 + 1)
    centre.tell([CallTold("hcmc", "late", NOON + 2 * MINUTE)])
    centre.until(24 * 60 + 2)
    assert centre.minutes[NOON + 2 * MINUTE].calls == QUIET + 1
    before = len(centre.said)
    centre.tell([CallTold("hcmc", "too late", NOON)])
    centre.until(24 * 60 + 2)
    assert not any(isinstance(each, MinuteRow) and each.minute == NOON for each in centre.said[before:])


def test_an_answer_that_was_in_time_but_told_late_is_not_counted_as_late():
    """Of a run told while its centre is caught up with: first its assignment, then time, then its answer."""
    world, shelf = World(), Shelf(folds(LIMITS))
    world.sign("C1")
    run = world.send("C1", world.open(world.call()))
    assigned = events_of(world.log)
    world.wait(seconds=20)
    world.progress(run, Milestone.ACCEPTED)
    answered = events_of(world.log)[len(assigned) :]
    said: list[Effect] = []
    for record in assigned:
        said += run_here(shelf, read(record.source, record.value))
    said += run_here(shelf, Heard(tick=Tick(world.now + timedelta(hours=1))))
    assert any(isinstance(each, MinuteRow) and each.late for each in said) is False
    said += run_here(shelf, Heard(tick=Tick(world.now + timedelta(hours=1, seconds=1))))
    assert any(isinstance(each, MinuteRow) and each.late for each in said), "counted as long as nobody knew"
    for record in answered:
        said += run_here(shelf, read(record.source, record.value))
    said += run_here(shelf, Heard(tick=Tick(world.now + timedelta(hours=1, minutes=2))))
    last = {each.minute: each.late for each in said if isinstance(each, MinuteRow)}
    assert set(last.values()) == {0}
    (alert,) = {each.id: each for each in said if isinstance(each, Alert) and "ack" in each.kind}.values()
    assert alert.ended_at is not None


def test_a_clock_that_was_wrong_by_years_costs_nothing():
    centre = Centre()
    centre.tell([CallTold("hcmc", "long ago", datetime(1971, 1, 1, tzinfo=UTC)), *calls(0, 2)])
    centre.until(3)
    assert len(centre.minutes) <= LENGTH + 3
    assert centre.minutes[NOON + MINUTE].calls == QUIET
    assert centre.hour
    assert len(centre.hour.minutes) == 2


def test_a_state_of_a_version_that_remembered_an_hour_goes_on():
    kept = {"centre": "hcmc", "heard_at": NOON, "newest": 10, "closed": 10, "minutes": {}}
    centre = Centre()
    number = (NOON - EPOCH) // MINUTE
    centre.hour = convert({**kept, "newest": number, "closed": number}, Hour)
    centre.tell(calls(1, 3))
    centre.until(4)
    assert [centre.minutes[NOON + minute * MINUTE].calls for minute in (1, 2)] == [QUIET, QUIET]


def test_a_pardon_holds_though_the_reproach_is_told_again():
    centre = Centre()
    late = LateTold("hcmc", "run", NOON)
    pardon = LateTold("hcmc", "run", NOON, late=False)
    centre.tell([late, pardon, late])
    centre.until(2)
    assert centre.minutes[NOON].late == 0
    assert centre.page.hour.late == 0
