"""Whatever a legal history looks like, however it is cut, repeated or interleaved, the rows are the same."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import StaticPool, create_engine

from domain.bed_ledger import BedLedger
from projections.memory import MemoryViews
from projections.projector import catch_up, rebuild
from projections.rows import Row
from projections.sql import SqlViews
from tests.any_history import history
from tests.histories import ListedLog, Log, Save, World, numbered
from tests.often import often

CHOICES = some.lists(some.integers(0, 2**20), min_size=40, max_size=90)
LEGAL = some.builds(history, CHOICES)
QUICK = settings(max_examples=often(40), deadline=None, suppress_health_check=[HealthCheck.too_slow])


def folded(log: Log) -> MemoryViews:
    views = MemoryViews()
    for seq, fact in log:
        views.apply(seq, fact)
    return views


def store_in_memory() -> SqlViews:
    return SqlViews(
        create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    )


def without_places(views: MemoryViews) -> dict[str, Any]:
    """The rows without places in the log; the timeline as a set of entries, for its order is a place."""
    shown: dict[str, Any] = {name: [_placeless(row) for row in views.rows(name)] for name in views.names}
    for row in shown["timeline"]:
        row["entries"] = sorted(str(sorted(_placeless(entry).items())) for entry in row["entries"])
        row["call_ids"], row["run_ids"] = sorted(row["call_ids"]), sorted(row["run_ids"])
    return shown


def _placeless(row: Row) -> Row:
    """Without places in the log, those of the steps of a run neither."""
    left = {name: fact for name, fact in row.items() if name != "seq"}
    if "steps" in left:
        left["steps"] = [_placeless(step) for step in left["steps"]]
    return left


@QUICK
@given(LEGAL, some.data())
def test_the_order_of_the_facts_within_a_save_does_not_matter(world: World, data: some.DataObject):
    shuffled = [_woven(save, data) for save in world.saves]
    assert without_places(folded(numbered(shuffled))) == without_places(folded(world.log))


@QUICK
@given(LEGAL, some.data())
def test_saves_that_share_no_aggregate_may_come_in_either_order(world: World, data: some.DataObject):
    waiting, reordered = list(world.saves), []
    while waiting:
        able = [place for place, save in enumerate(waiting) if not _bound(save, waiting[:place])][:6]
        reordered.append(waiting.pop(data.draw(some.sampled_from(able))))
    assert without_places(folded(numbered(reordered))) == without_places(folded(world.log))


@QUICK
@given(LEGAL, some.data())
def test_events_told_again_and_again_change_nothing(world: World, data: some.DataObject):
    views, log = MemoryViews(), world.log
    for place, (seq, fact) in enumerate(log):
        views.apply(seq, fact)
        for again in data.draw(some.lists(some.integers(0, place), max_size=2)):
            assert views.apply(*log[again]) == {}
    assert views.digest() == folded(log).digest()


@QUICK
@given(LEGAL, some.data())
def test_stopping_storing_loading_and_going_on_equals_one_straight_fold(world: World, data: some.DataObject):
    log, store = world.log, store_in_memory()
    for cut in sorted(data.draw(some.lists(some.integers(1, len(log)), min_size=1, max_size=3))):
        # Told from the beginning each time: what is stored already is passed over.
        catch_up(ListedLog(log[:cut]), store.load(), store, limit=data.draw(some.integers(1, 40)))
    live = store.load()
    catch_up(ListedLog(log), live, store)
    assert live.digest() == store.digest() == folded(log).digest()
    assert store.position == log[-1][0]


@QUICK
@given(LEGAL)
def test_a_rebuilt_view_equals_the_live_one(world: World):
    assert rebuild(ListedLog(world.log), limit=17) == folded(world.log).digests()


@QUICK
@given(LEGAL)
def test_the_sums_of_beds_are_those_of_a_slow_count_and_of_the_ledgers(world: World):
    log, views = world.log, MemoryViews()
    for place, (seq, fact) in enumerate(log):
        views.apply(seq, fact)
        if isinstance(fact, BedLedger.Held | BedLedger.Released | BedLedger.Expired | BedLedger.Consumed):
            shown = views.row("hospitals", fact.hospital_id)["beds"][fact.kind]
            assert (shown["held"], shown["free"]) == _counted(log[: place + 1], fact.hospital_id, fact.kind)
    for (hospital_id, kind), ledger in world.ledgers.items():
        shown = views.row("hospitals", hospital_id)["beds"][kind]
        assert (shown["held"], shown["free"]) == (len(ledger.holds), ledger.free)
        assert (shown["held"], shown["free"]) == _counted(log, hospital_id, kind)


@QUICK
@given(LEGAL)
def test_the_views_agree_with_the_aggregates_at_the_end(world: World):
    views = folded(world.log)
    for callsign, unit in world.units.items():
        row = views.row("units", callsign)
        assert (row["run_id"], row["duty"]) == (unit.run_id and str(unit.run_id), unit.duty)
    for run in world.all_runs:
        row = views.row("runs", str(run.id))
        assert (row["status"], row["hospital_id"], row["bed_kind"]) == (
            run.milestone,
            run.hospital_id,
            run.bed_kind,
        )
        assert row["milestones"] == {name: at.isoformat() for name, at in run.times.items()}
    for incident in world.incidents:
        row = views.row("incidents", str(incident.id))
        active = {run["run_id"] for run in row["runs"] if run["ended_at"] is None}
        assert active == {str(run_id) for run_id in incident.serving}
        assert row["call_ids"] == [str(call_id) for call_id in incident.call_ids]
        assert (row["status"] == "waiting") == (row["waiting_since"] is not None)


@QUICK
@given(LEGAL)
def test_whoever_is_inbound_is_on_an_active_run_to_this_hospital(world: World):
    views = folded(world.log)
    told = {(row["id"], entry["run_id"]) for row in views.rows("hospitals") for entry in row["inbound"]}
    expected = {
        (run.hospital_id, str(run.id))
        for run in world.runs
        if run.hospital_id and run.milestone != "handed_over"
    }
    assert told == expected


def _counted(log: Log, hospital_id: str, kind: str) -> tuple[int, int]:
    """Held and free, counted from the whole list each time: slow, and too simple to be wrong."""
    mine = [fact for _, fact in log if getattr(fact, "hospital_id", None) == hospital_id]
    facts = [fact for fact in mine if getattr(fact, "kind", None) == kind]
    reports = [place for place, fact in enumerate(facts) if isinstance(fact, BedLedger.Reported)]
    basis = facts[reports[-1]] if reports else facts[0]
    since = facts[reports[-1] :] if reports else facts
    arrived = sum(isinstance(fact, BedLedger.Consumed) for fact in since)
    promised = sum(isinstance(fact, BedLedger.Held) for fact in facts)
    gone = sum(
        isinstance(fact, BedLedger.Released | BedLedger.Expired | BedLedger.Consumed) for fact in facts
    )
    held = promised - gone
    occupied = getattr(basis, "occupied", 0) + arrived
    return held, basis.staffed - occupied - getattr(basis, "blocked", 0) - held


def _woven(save: Save, data: some.DataObject) -> Save:
    """The facts of a save in another order; those of one aggregate keep theirs."""
    owners = data.draw(some.permutations([fact.originator_id for fact in save]))
    streams = {owner: iter([fact for fact in save if fact.originator_id == owner]) for owner in owners}
    return [next(streams[owner]) for owner in owners]


def _bound(save: Save, earlier: list[Save]) -> bool:
    mine = {fact.originator_id for fact in save}
    return any(fact.originator_id in mine for other in earlier for fact in other)
