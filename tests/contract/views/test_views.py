"""What every host of the views promises, asked of each: in memory, and in SQL through the projector."""

from abc import ABC, abstractmethod
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, create_engine

from api.postgres.address import Address
from api.postgres.engine import postgres_engine
from domain.traffic import Closure, SpeedReport, Stretch
from domain.values import Milestone
from projections.memory import MemoryViews
from projections.projector import catch_up
from projections.sql import SqlViews
from tests.histories import ED, ListedLog, Log, World
from tests.map_tables import map_database


class Host(ABC):
    """Feed it a piece of the log, read what it shows, start it again."""

    views: MemoryViews | SqlViews

    @abstractmethod
    def feed(self, log: Log) -> None: ...

    @abstractmethod
    def restart(self) -> None: ...


class InMemory(Host):
    def __init__(self, folder: Path) -> None:
        self.views = MemoryViews()

    def feed(self, log: Log) -> None:
        for seq, fact in log:
            self.views.apply(seq, fact)

    def restart(self) -> None:
        """Memory comes back from a copy, as a fork does."""
        self.views = self.views.copy()


class InSql(Host):
    def __init__(self, folder: Path) -> None:
        self.url = f"sqlite:///{folder / 'views.sqlite'}"
        self._open()

    def engine_anew(self) -> Engine:
        return create_engine(self.url)

    def _open(self) -> None:
        self.engine = self.engine_anew()
        self.views = SqlViews(self.engine)
        self.live = self.views.load()

    def feed(self, log: Log) -> None:
        catch_up(ListedLog(log), self.live, self.views, limit=7)
        assert self.live.digest() == self.views.digest()

    def restart(self) -> None:
        self.engine.dispose()
        self._open()


class InPostgres(InSql):
    """In schema `vigil` of a real server."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._open()

    def engine_anew(self) -> Engine:
        return postgres_engine(self.address)


@pytest.fixture(scope="module")
def address():
    with map_database() as made:
        yield made


@pytest.fixture(params=[InMemory, InSql, InPostgres])
def host(request, tmp_path):
    if request.param is not InPostgres:
        yield request.param(tmp_path)
        return
    address = request.getfixturevalue("address")
    with psycopg.connect(address.libpq) as connection:
        connection.execute("TRUNCATE vigil.view_rows, vigil.view_position")
    opened = InPostgres(address)
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="module")
def log() -> Log:
    world = World()
    world.sign("C1")
    world.sign("T2")
    incident = world.open(world.call("khó thở", address="12 Lý Thường Kiệt"))
    run = world.send("C1", incident, "cho-ray", ED)
    for milestone in ("en_route", "on_scene", "transporting", "at_hospital", "handed_over", "clear"):
        world.wait(minutes=3)
        world.progress(run, Milestone(milestone))
    world.count_beds("cho-ray", ED, 10, 4)
    world.divert("nhi-dong")
    flood = Closure(world.mint(), Stretch("point", ((10.76, 106.66),), 50.0), "ngập nặng")
    world.close_street(flood)
    world.replace_traffic((flood,), (), (SpeedReport(flood.stretch, 9.5, world.now),))
    world.close(incident)
    return world.log


def straight(log: Log) -> MemoryViews:
    views = MemoryViews()
    for seq, fact in log:
        views.apply(seq, fact)
    return views


def test_it_begins_empty_at_position_zero(host):
    assert host.views.position == 0
    assert host.views.rows("units") == []
    assert host.views.row("units", "C1") is None


def test_it_shows_the_rows_of_all_it_was_fed_and_where_it_stands(host, log):
    host.feed(log)
    assert host.views.position == log[-1][0]
    assert host.views.row("units", "C1")["status"] == "AV"
    assert [row["id"] for row in host.views.rows("units")] == ["C1", "M3", "T2"]
    assert host.views.rows("units") == straight(log).rows("units")


def test_vietnamese_text_comes_back_as_it_went_in(host, log):
    host.feed(log)
    assert host.views.rows("incidents")[0]["address"] == "12 Lý Thường Kiệt"


def test_closed_streets_and_measured_speeds_are_shown_by_every_host(host, log):
    host.feed(log)
    host.restart()
    assert host.views.rows("traffic") == straight(log).rows("traffic")
    assert [(row["reason"], row["status"]) for row in host.views.rows("traffic")] == [("ngập nặng", "open")]
    assert host.views.row("roads", "hcmc")["change"] == 2
    assert host.views.row("roads", "hcmc")["speeds"] == straight(log).row("roads", "hcmc")["speeds"]


def test_equal_rows_have_equal_digests_on_every_host(host, log):
    host.feed(log)
    assert host.views.digest() == straight(log).digest()
    assert host.views.digests() == straight(log).digests()


def test_a_digest_tells_of_any_other_row(host, log):
    host.feed(log[:-1])
    before = host.views.digests()
    host.feed(log)
    changed = {name for name, digest in host.views.digests().items() if digest != before[name]}
    assert changed == {"incidents", "timeline"}


def test_events_fed_twice_change_nothing(host, log):
    host.feed(log)
    digest = host.views.digest()
    host.feed(log)
    host.feed(log[3:9])
    assert (host.views.digest(), host.views.position) == (digest, log[-1][0])


def test_events_it_knows_nothing_of_still_move_the_position(host, log):
    unknown = [(seq, fact) for seq, fact in log if type(fact).TOPIC == "Receipt.Given"][:1]
    host.feed(unknown)
    assert host.views.position == unknown[0][0]
    assert host.views.rows("incidents") == []


def test_places_in_the_log_may_leave_gaps(host, log):
    gapped = [(seq * 10, fact) for seq, fact in log]
    host.feed(gapped)
    assert host.views.position == log[-1][0] * 10
    assert host.views.row("units", "C1")["status"] == "AV"


@pytest.mark.parametrize("cut", [1, 5, 17, 30])
def test_after_a_restart_it_goes_on_where_it_stood(host, log, cut):
    host.feed(log[:cut])
    host.restart()
    assert host.views.position == log[cut - 1][0]
    host.feed(log)
    assert host.views.digest() == straight(log).digest()


def test_after_a_restart_milestones_are_read_in_the_order_they_were_reached(host, log):
    host.feed(log)
    host.restart()
    kept = [list(row["milestones"]) for row in host.views.rows("runs")]
    assert kept == [list(row["milestones"]) for row in straight(log).rows("runs")]
    assert any(len(order) > 2 for order in kept)
