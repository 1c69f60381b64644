"""What goes wrong on the disk is logged without the people it concerned."""

import pytest

from api.wiring import sql_views


def test_a_row_that_cannot_be_stored_is_not_quoted(tmp_path):
    store = sql_views(tmp_path)
    unstorable = {"calls": {"1": {"id": "1", "seq": None, "caller_name": "Nguyễn Văn A"}}}
    with pytest.raises(Exception, match="NOT NULL") as failed:
        store.write(unstorable, 7)
    assert "Nguy" not in str(failed.value)
