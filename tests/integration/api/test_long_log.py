"""A centre that opens on a long log: soon, with little in memory, and with the same rows as a rebuild."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from api import recent, stores
from api.bringing_up import bring_up
from api.cli.main import app
from api.routers.live import _hello
from api.stores import Stores, open_stores
from dispatch.some_facts import SomeFacts
from domain.call import Call
from projections.memory import KNOWN, MemoryViews
from projections.past import views_at
from projections.projector import rebuild
from projections.rest import RESTS_AFTER
from projections.spacing import Spacing
from projections.taking import Taking
from tests.histories import ListedLog
from tests.long_histories import LongWorld, long_history

Opened = Callable[[], Stores]
NEAR = Spacing(every=50, far_apart=150, recent=300)


@pytest.fixture(scope="module")
def world() -> LongWorld:
    return long_history(range(5, 700_000, 977))


@pytest.fixture(params=["files", "database"])
def opened(request, tmp_path: Path) -> Iterator[Opened]:
    """Opens the stores of one centre, as often as one likes."""
    if request.param == "files":
        yield lambda: open_stores(tmp_path, None)
    else:
        from tests.postgres import fresh_database

        with fresh_database() as address:
            yield lambda: open_stores(tmp_path, address)


def write(to: Stores, world: LongWorld, first: int = 0, last: int | None = None) -> None:
    facts = [to.log.mapper.to_stored_event(fact) for _, fact in world.log[first:last]]
    for place in range(0, len(facts), 100):
        to.log.recorder.insert_events(facts[place : place + 100])


def brought_up(of: Stores, spacing: Spacing = NEAR) -> MemoryViews:
    views = of.folded()
    bring_up(of.log, views, of.views, Taking(of.snapshots, spacing), at_once=20)
    return views


def expected(world: LongWorld, last: int | None = None) -> dict[str, str]:
    return rebuild(ListedLog(world.log[:last]))


def test_it_is_brought_up_with_less_in_memory_than_there_is(opened, world):
    centre = opened()
    write(centre, world)
    views = brought_up(centre)
    assert views.position == centre.views.position == centre.log.position()
    assert views.digests() == centre.views.digests() == expected(world)
    assert len(views.rows("calls")) < len(centre.views.rows("calls")) / 2
    assert len(centre.snapshots.places()) > 3
    for view, its_id in world.everything():
        assert views.row(view, its_id) == centre.views.row(view, its_id)
    centre.close()


def test_opened_again_it_goes_on_from_its_newest_snapshot(opened, world):
    cut = len(world.log) * 2 // 3
    centre = opened()
    write(centre, world, last=cut)
    brought_up(centre)
    centre.close()
    centre = opened()
    write(centre, world, first=cut)
    start = centre.folded()
    assert start.position == centre.snapshots.places()[-1].seq > cut - 120
    assert brought_up(centre).digests() == centre.views.digests() == expected(world)
    centre.close()


def test_the_past_is_told_from_what_is_stored(opened, world):
    centre = opened()
    write(centre, world)
    brought_up(centre)
    source, straight = SomeFacts(centre.log, KNOWN), ListedLog(world.log)
    first, last = world.log[0][1].act.heard_at, world.now
    for share in (0.0, 0.1, 0.35, 0.6, 0.85, 0.999, 1.2):
        instant = first + (last - first) * share
        found = views_at(source, instant, centre.snapshots, centre.views)
        assert found.digests() == views_at(straight, instant).digests()
    centre.close()


def test_facts_of_other_kinds_are_not_read(opened, world):
    centre = opened()
    write(centre, world)
    calls = SomeFacts(centre.log, [Call.Received]).select(1, 10_000)
    assert calls == [
        (seq, fact) for seq, fact in centre.log.select(1, 100_000) if type(fact) is Call.Received
    ]
    assert len(calls) > 20
    assert SomeFacts(centre.log, [Call.Received]).select(calls[1][0], 2, calls[2][0]) == calls[1:3]
    assert SomeFacts(centre.log, [Call.Received]).select(1, 0) == []
    centre.close()


def test_other_code_finds_neither_rows_nor_snapshots(opened, world, monkeypatch):
    centre = opened()
    write(centre, world)
    brought_up(centre)
    centre.close()
    monkeypatch.setattr(stores, "fold_version", lambda: "other code")
    centre = opened()
    assert centre.snapshots.places() == []
    assert centre.folded().position == centre.views.position == 0
    assert brought_up(centre).digests() == expected(world)
    centre.close()


def test_snapshots_of_places_that_the_log_does_not_have_are_forgotten(tmp_path, world):
    """The log was restored from a copy that is older than the snapshots: other facts will come there."""
    centre = open_stores(tmp_path, None)
    write(centre, world)
    brought_up(centre)
    centre.close()
    for part in tmp_path.glob("events.sqlite*"):
        part.unlink()
    epoch = (tmp_path / "events.epoch").read_text(encoding="utf-8")
    cut = len(world.log) // 2
    (tmp_path / "events.sqlite").touch()
    centre = open_stores(tmp_path, None)
    assert centre.epoch == epoch
    write(centre, world, last=cut)
    assert brought_up(centre).digests() == expected(world, cut)
    assert max(place.seq for place in centre.snapshots.places()) <= cut
    centre.close()


def test_a_desk_never_misses_a_row_that_rests():
    """What leaves memory ended at least twelve hours before it would leave the lists of a desk."""
    assert recent.KEPT + timedelta(hours=12) <= RESTS_AFTER


@pytest.mark.parametrize(
    ("after", "resync"), [(None, False), (0, False), (799, True), (800, False), (901, True)]
)
def test_a_client_that_was_away_while_rows_came_to_rest_is_told_to_begin_again(after, resync):
    centre = SimpleNamespace(views=SimpleNamespace(complete_since=800), epoch="e")
    assert _hello(centre, 900, after)["resync"] is resync  # type: ignore[arg-type]


def test_a_rebuild_makes_rows_and_snapshots_again(tmp_path, world):
    centre = open_stores(tmp_path, None)
    write(centre, world)
    centre.close()
    order = ["rebuild", "--data", str(tmp_path), "--json"]
    told = CliRunner().invoke(app, order)
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout)["views"] == expected(world)
    checked = CliRunner().invoke(app, [*order, "--check"])
    assert checked.exit_code == 0, checked.output
    assert json.loads(checked.stdout)["stored"] == expected(world)
    centre = open_stores(tmp_path, None)
    assert centre.views.position == centre.log.position()
    assert brought_up(centre).digests() == expected(world)
    centre.views.write({"units": {"C1": {"id": "C1", "seq": 1}}}, centre.log.position() + 1)
    centre.close()
    assert CliRunner().invoke(app, [*order, "--check"]).exit_code == 1
