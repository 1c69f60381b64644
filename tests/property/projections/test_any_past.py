"""However and whenever snapshots are taken, however late rows are stored: the past is what the fold says."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from domain.values import Milestone, Position
from projections.memory import VIEWS, MemoryViews
from projections.past import views_at
from projections.projector import Batch, catch_up, rebuild
from projections.rest import THINGS
from projections.rows import Changes
from projections.snapshots import nearest
from projections.snapshots_memory import MemorySnapshots
from projections.spacing import Spacing
from projections.sql import SqlViews
from projections.taking import Taking
from tests.histories import ED, NOON, ListedLog, Log
from tests.long_histories import LongWorld, long_history
from tests.often import often
from tests.property.projections.test_any_history import folded, store_in_memory

CHOICES = some.lists(some.integers(0, 2**20), min_size=40, max_size=110)
LONG = some.builds(long_history, CHOICES)
SPACING = some.builds(
    Spacing, every=some.integers(1, 60), far_apart=some.integers(60, 150), recent=some.integers(0, 150)
)
QUICK = settings(max_examples=often(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass
class Centre:
    """A follower, its snapshots, and a store of rows that is some batches behind."""

    log: ListedLog
    spacing: Spacing
    store: SqlViews = field(default_factory=store_in_memory)
    snapshots: MemorySnapshots = field(default_factory=lambda: MemorySnapshots("fold"))

    def __post_init__(self) -> None:
        self.taking = Taking(self.snapshots, self.spacing)
        self.views = MemoryViews(at_rest=self.store)
        self.waiting: list[tuple[Changes, int]] = []

    def follow(self, limit: int, behind: int, stop: int | None = None) -> None:
        def tell(batch: Batch, changes: Changes) -> None:
            self.waiting.append((changes, batch[-1][0]))
            while len(self.waiting) > behind:
                self.store.write(*self.waiting.pop(0))
            if self.taking.due(self.views.position):
                self.taking.keep(self.taking.take(self.views, self.store.position))

        catch_up(self.log, self.views, limit=limit, stop=stop, tell=tell)

    def crash(self) -> None:
        """What was not stored yet is lost; so is all that memory held."""
        self.waiting = []
        start = nearest(self.snapshots, self.store, seq=self.store.position)
        self.views = start if start is not None else MemoryViews(at_rest=self.store)
        self.taking = Taking(self.snapshots, self.spacing)


def moments_of(world: LongWorld, shares: list[float]) -> list[datetime]:
    return [NOON + (world.now - NOON) * share for share in shares]


SHARES = some.lists(some.floats(-0.01, 1.01), min_size=1, max_size=5)


@QUICK
@given(LONG, SPACING, some.integers(1, 60), some.integers(0, 5), SHARES)
def test_the_past_by_snapshots_is_the_past_from_the_start(
    world: LongWorld, spacing: Spacing, limit: int, behind: int, shares: list[float]
):
    log = ListedLog(world.log)
    centre = Centre(log, spacing)
    centre.follow(limit, behind)
    for moment in moments_of(world, shares):
        straight, quick = views_at(log, moment), views_at(log, moment, centre.snapshots, centre.store, limit)
        assert quick.digests() == straight.digests()
        assert quick.position == straight.position
        for view, its_id in world.everything():
            assert quick.row(view, its_id) == straight.row(view, its_id)


@settings(QUICK, max_examples=often(20))
@given(LONG, SPACING, some.sets(some.sampled_from([view.name for view in VIEWS]), min_size=1), SHARES)
def test_the_past_of_some_views_is_what_they_are_in_the_past_of_all(
    world: LongWorld, spacing: Spacing, names: set[str], shares: list[float]
):
    log = ListedLog(world.log)
    centre = Centre(log, spacing)
    centre.follow(limit=20, behind=0)
    for moment in moments_of(world, shares):
        whole = views_at(log, moment)
        for snapshots in (centre.snapshots, None):
            some_views = views_at(log, moment, snapshots, centre.store, names=names)
            assert some_views.digests() == {name: whole.digests()[name] for name in names}
            assert some_views.position == whole.position


@QUICK
@given(LONG, SPACING, some.data())
def test_rows_that_rest_and_wake_and_crashes_leave_the_live_views_as_a_rebuild_has_them(
    world: LongWorld, spacing: Spacing, data: some.DataObject
):
    log = world.log
    centre = Centre(ListedLog(log), spacing)
    for cut in sorted(data.draw(some.lists(some.integers(1, len(log)), max_size=3))):
        centre.follow(data.draw(some.integers(1, 60)), data.draw(some.integers(0, 5)), stop=log[cut - 1][0])
        centre.crash()
    centre.follow(data.draw(some.integers(1, 60)), behind=0)
    assert centre.views.digests() == centre.store.digests() == folded(log).digests()


@QUICK
@given(LONG, SPACING, some.integers(1, 60), SHARES)
def test_snapshots_made_by_a_rebuild_tell_the_same_past(
    world: LongWorld, spacing: Spacing, limit: int, shares: list[float]
):
    log, store, snapshots = ListedLog(world.log), store_in_memory(), MemorySnapshots("fold")
    digests = rebuild(log, store, limit=limit, taking=Taking(snapshots, spacing))
    assert digests == folded(world.log).digests() == store.digests()
    assert bool(snapshots.places()) == (world.log[-1][0] >= spacing.every)  # a short log needs none
    for moment in moments_of(world, shares):
        assert views_at(log, moment, snapshots, store).digests() == views_at(log, moment).digests()


@QUICK
@given(LONG, SPACING, some.integers(1, 60))
def test_what_left_memory_was_over_for_longer_than_any_desk_shows(
    world: LongWorld, spacing: Spacing, limit: int
):
    centre, straight = Centre(ListedLog(world.log), spacing), folded(world.log)
    centre.follow(limit, 0)
    for view in THINGS:
        awake = {row["id"] for row in centre.views.rows(view)}
        for row in straight.rows(view):
            assert row["id"] in awake or _over_since(view, row) < centre.views.heard - timedelta(hours=24)


def _over_since(view: str, row: dict) -> datetime:
    match view:
        case "calls":
            assert row["status"] in ("closed", "in_incident")
            text = row["received_at"]
        case "incidents":
            text = row["closed_at"]
        case _:
            text = max(row["milestones"].values())
    return datetime.fromisoformat(text)


def test_the_clock_of_the_machine_once_ran_ten_days_ahead():
    """Everything comes to rest by one wrong moment; what changes afterwards is still told as it was."""
    world = LongWorld()
    world.sign("C1")
    call = world.call()
    incident = world.open(call)
    world.close(incident)
    world.wait(days=10)
    world.call("giờ sai")
    world.wait(days=-10, hours=1)
    before = world.now
    world.wait(hours=1)
    world.note(incident)
    call.locate(Position(10.7, 106.7), "sau này", world.act())
    world.save(call)
    world.wait(hours=1)
    log: Log = world.log
    centre = Centre(ListedLog(log), Spacing(every=1, far_apart=1, recent=1))
    centre.follow(limit=1, behind=0)
    assert centre.views.rows("incidents") == []
    for seq, _ in log:
        then = nearest(centre.snapshots, centre.store, seq=seq)
        assert then is not None
        assert then.digests() == folded(log[:seq]).digests()
    quick = views_at(centre.log, before, centre.snapshots, centre.store)
    assert quick.digests() == views_at(centre.log, before).digests()


def rested(world: LongWorld) -> Centre:
    """Followed fact by fact, with all at rest that may be."""
    centre = Centre(ListedLog(world.log), Spacing(every=1, far_apart=1, recent=1))
    centre.follow(limit=1, behind=0)
    return centre


def test_a_call_taken_out_of_its_incident_days_later_keeps_what_was_told_of_it():
    """It waits again, as if it had never been over; its page rested all the same."""
    world = LongWorld()
    incident = world.open(world.call())
    second = world.call("Ngã xe")
    world.join(second, incident)
    world.wait(days=3)
    world.note(incident)
    assert not rested(world).views.in_memory("timeline", str(second.id))
    world.separate(second)
    world.triage(second)
    views = rested(world).views
    topics = [entry["topic"] for entry in views.row("timeline", str(second.id))["entries"]]
    assert topics == ["Call.Received", "Call.Separated", "Call.Triaged"]
    assert views.digests() == folded(world.log).digests()


def test_an_order_undone_days_later_keeps_what_was_told_of_its_bed():
    """That it is undone stands on the page of its incident: its own page wakes with it."""
    world = LongWorld()
    world.sign("C1")
    incident = world.open(world.call())
    run = world.send("C1", incident, "cho-ray", ED)
    world.progress(run, Milestone("stood_down"))
    world.wait(days=3)
    world.note(incident)
    assert not rested(world).views.in_memory("timeline", str(run.id))
    run.undo(None, timedelta(days=4), "bấm nhầm", world.act())
    world.save(run)
    ledger, act = world.ledgers["cho-ray", ED], world.act()
    ledger.hold(run.id, run.callsign, world.now + timedelta(minutes=30), "", act)
    world.save(ledger)
    views = rested(world).views
    topics = [entry["topic"] for entry in views.row("timeline", str(run.id))["entries"]]
    assert [topic for topic in topics if topic.startswith("BedLedger")] == [
        "BedLedger.Held",
        "BedLedger.Released",
        "BedLedger.Held",
    ]
    assert views.digests() == folded(world.log).digests()


def test_a_fact_that_no_view_knows_ends_the_past_too():
    """A receipt was heard later than the instant, and a snapshot knows of it: the place it stands at is
    not yet of that past."""
    world = LongWorld()
    world.sign("C1")
    before = world.now
    world.wait(minutes=1)
    world.save(world.receipt())
    log = ListedLog(world.log)
    centre = Centre(log, Spacing(every=1, far_apart=1, recent=1))
    centre.follow(limit=1, behind=0)
    quick = views_at(log, before, centre.snapshots, centre.store)
    assert quick.position == views_at(log, before).position == world.log[-2][0]


class SilentStore:
    """Whoever asks it waits for ever, and is told so at once."""

    def row_at(self, view: str, row_id: str, position: int) -> dict:
        raise AssertionError(f"the store was asked for {view} {row_id}")

    def rows_at(self, view: str, position: int) -> list:
        return []


def test_no_order_of_an_emergency_that_is_under_way_asks_the_store():
    """A disk that hangs makes the copy of the rows late, never the desk."""
    world = LongWorld()
    world.sign("C1")
    incident = world.open(world.call())
    run = world.send("C1", incident, "cho-ray", ED)
    world.note(incident)
    for milestone in ("en_route", "on_scene", "transporting", "at_hospital", "handed_over", "clear"):
        world.wait(minutes=3)
        world.progress(run, Milestone(milestone))
    world.close(incident)
    views = MemoryViews(at_rest=SilentStore())
    for seq, fact in world.log:
        views.apply(seq, fact)
    assert views.row("incidents", str(incident.id))["status"] == "closed"
