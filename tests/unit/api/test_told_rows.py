"""The feed tells of a row what a snapshot tells of it, and no more."""

from typing import get_args

import pytest

from api.accounts.roles import Account
from api.feed import VIEWS, rows_frame, rows_since
from api.schema.rows import Snapshot
from api.told_rows import told_rows
from tests.integration.released_logs.record_session import session
from tests.unit.api.test_dress import dressed

SUPERVISOR = Account(username="a", role="supervisor")


@pytest.fixture(scope="module")
def rows():
    """Of every view, as a desk's night left them."""
    with session() as log:
        facts = [fact for _, fact in log.select(1, 100_000)]
    dress = dressed(*facts)
    return {view: dress.rows(view, dress.views.rows(view)) for view in VIEWS}


def by_its_model(view, row):
    """The slow twin: the row through its model, as a snapshot has it."""
    (model,) = get_args(Snapshot.model_fields[view].annotation)
    return model.model_validate(row).model_dump(mode="json", exclude_unset=True)


@pytest.mark.parametrize("view", VIEWS)
def test_a_row_says_on_the_feed_what_its_model_names(rows, view):
    if view not in ("messages", "patients", "referrals", "transfers"):
        assert rows[view]  # the night had some
    assert told_rows(view, rows[view]) == [by_its_model(view, row) for row in rows[view]]


def test_frames_and_what_was_missed_tell_no_more(rows):
    changes = {view: {row["id"]: row for row in found} for view, found in rows.items()}
    frame, missed = rows_frame(SUPERVISOR, changes, 9), rows_since(SUPERVISOR, 0, rows)
    assert frame["rows"] == missed["rows"]
    (bed, *_) = frame["rows"]["hospitals"][0]["beds"].values()
    assert "free" in bed
    assert "holds" not in bed
    assert "holds" in next(iter(rows["hospitals"][0]["beds"].values()))
    assert all("milestone" not in unit for unit in frame["rows"]["units"])
