"""A life that is made up for a benchmark is one that a centre could have lived."""

from pathlib import Path

import pytest

from api.bench.history.bulk_log import copy_log
from api.bench.history.emergencies import Emergencies
from api.bench.history.life import Life
from api.bench.history.surroundings import Surroundings
from dispatch.application import DispatchLog, memory_log
from dispatch.city_file import load_city
from projections.memory import MemoryViews
from projections.projector import catch_up

CITY = Path(__file__).resolve().parents[3] / "cities" / "hcmc"
FACTS = 3_000


def lived(seed: int) -> DispatchLog:
    log = memory_log()
    life = Life(log, load_city(CITY), seed)
    Emergencies(life)
    Surroundings(life)
    life.live(FACTS, lambda _: None)
    return log


@pytest.fixture(scope="module")
def log() -> DispatchLog:
    return lived(7)


def test_it_has_as_many_facts_as_were_wished_for(log):
    assert FACTS <= log.position() < FACTS + 20


def test_units_are_sent_and_come_home_and_beds_are_counted(log):
    views = MemoryViews()
    catch_up(log, views)
    runs = [row["status"] for row in views.rows("runs")]
    assert runs.count("clear") > 5
    assert len(set(runs)) > 4
    assert any(row["status"] == "closed" for row in views.rows("incidents"))
    assert any(row["closed_reason"] == "gọi nhầm" for row in views.rows("calls"))
    assert any(bed["reported_at"] for row in views.rows("hospitals") for bed in row["beds"].values())
    busy = {row["run_id"] for row in views.rows("units") if row["run_id"]}
    assert busy == {
        row["id"] for row in views.rows("runs") if row["status"] not in ("clear", "declined", "stood_down")
    }


def test_each_thing_can_be_fetched_from_the_log_that_was_written(log):
    for _, fact in log.select(1, 10_000):
        assert log.whatever(fact.originator_id) is not None


def test_one_seed_is_one_life(log):
    def topics(of: DispatchLog) -> list[tuple[object, str]]:
        return [(fact.originator_id, type(fact).TOPIC) for _, fact in of.select(1, 10_000)]

    assert topics(lived(7)) == topics(log)
    assert topics(lived(8)) != topics(log)


def test_a_cut_of_a_log_is_its_beginning(log):
    short = memory_log()
    copy_log(log, short, 1_234)
    assert short.position() == 1_234
    assert [fact for _, fact in short.select(1, 9_999)] == [fact for _, fact in log.select(1, 1_234)]
