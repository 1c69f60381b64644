"""What a planner reads of a unit: what it does, and nothing that anybody said or signed."""

import json

import pytest

from api import lens
from api.accounts.roles import Account, Role
from api.schema.rows import UnitRow
from projections.postgis.impersonal import of_unit
from tests.histories import World
from tests.unit.projections.folding import row_of

PLANNER = Account("nhi", Role.PLANNER)
DESK = Account("lan", Role.DISPATCHER)
WORDS, NAME = "tài xế ốm", "anh-tuan"
AWAY = {"reason": WORDS, "since": "2026-01-01T00:00:00Z", "until": None, "by": NAME}
STAYS = {"name": "Ngã tư Bảy Hiền", "reason": WORDS, "at": "2026-01-01T00:00:00Z"}


@pytest.fixture
def unit():
    world = World()
    world.sign("C1")
    return {**row_of(world, "units", "C1"), "reason": WORDS, "withdrawn": AWAY, "post_refused": STAYS}


def test_a_planner_reads_that_a_unit_is_away_and_neither_why_nor_by_whom(unit):
    (seen,) = lens.through(PLANNER, "units", [unit])
    said = json.dumps(seen, ensure_ascii=False)
    assert WORDS not in said
    assert NAME not in said
    row = UnitRow.model_validate(seen)  # still what the description of the API promises
    assert row.withdrawn is not None
    assert row.withdrawn.since == AWAY["since"]
    assert row.post_refused is not None
    assert row.post_refused.name == STAYS["name"]


def test_a_unit_that_is_not_away_is_not_made_so(unit):
    (seen,) = lens.through(PLANNER, "units", [{**unit, "withdrawn": None, "post_refused": None}])
    assert (seen["withdrawn"], seen["post_refused"]) == (None, None)


def test_the_desk_reads_all_of_it(unit):
    assert lens.through(DESK, "units", [unit]) == [unit]


def test_the_tables_for_reports_keep_none_of_it(unit):
    assert WORDS not in json.dumps(of_unit(unit), ensure_ascii=False)
