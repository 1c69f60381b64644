"""What goes wrong on the disk is logged without the people it concerned."""

import pytest

from api.stores import sqlite_engine
from projections.sql import SqlViews


def test_a_row_that_cannot_be_stored_is_not_quoted(tmp_path):
    store = SqlViews(sqlite_engine(tmp_path / "views.sqlite"))
    unstorable = {"calls": {"1": {"id": "1", "seq": None, "caller_name": "Nguyễn Văn A"}}}
    with pytest.raises(Exception, match="NOT NULL") as failed:
        store.write(unstorable, 7)
    assert "Nguy" not in str(failed.value)
