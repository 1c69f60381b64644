"""Whatever happened before: merged and unmerged, both incidents stand as they stood."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from projections.rows import Row
from tests.any_history import history
from tests.histories import World
from tests.property.projections.test_any_history import folded

CHOICES = some.lists(some.integers(0, 2**20), min_size=20, max_size=70)
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def standing(world: World) -> dict[str, list[Row]]:
    views = folded(world.log)
    names = ("incidents", "calls", "runs", "units", "hospitals")
    return {name: [_without_seq(row) for row in views.rows(name)] for name in names}


def _without_seq(thing: Any) -> Any:
    if isinstance(thing, dict):
        return {name: _without_seq(fact) for name, fact in thing.items() if name != "seq"}
    return [_without_seq(each) for each in thing] if isinstance(thing, list) else thing


@QUICK
@given(some.builds(history, CHOICES), some.integers(0, 50))
def test_merged_and_unmerged_every_row_is_what_it_was(world: World, choice: int):
    while len(world.incidents) < 2:
        world.open(world.call())
    incident, into = (world.incidents * 2)[choice % len(world.incidents) :][:2]
    before = standing(world)
    world.merge(incident, into)
    away = next(row for row in standing(world)["incidents"] if row["id"] == str(incident.id))
    assert (away["status"], away["runs"], away["call_ids"]) == ("merged", [], [])
    world.unmerge(incident, into)
    assert standing(world) == before


@QUICK
@given(some.builds(history, CHOICES))
def test_no_run_and_no_call_is_with_two_incidents_or_with_none(world: World):
    rows = standing(world)
    for kind, ids in (("runs", "runs"), ("calls", "call_ids")):
        named = [
            (each["run_id"] if kind == "runs" else each, row["id"])
            for row in rows["incidents"]
            for each in row[ids]
        ]
        assert len(named) == len({its_id for its_id, _ in named})
        theirs = {(row["id"], row["incident_id"]) for row in rows[kind] if row["incident_id"] is not None}
        assert set(named) == theirs
