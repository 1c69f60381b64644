"""What was just written is there for whoever wrote it, however far the live views are behind the log."""

from types import SimpleNamespace

import pytest

from api.centre import Centre
from api.follower import Follower, PictureBehind


class Views:
    """Rows that appear once the views have reached a place in the log."""

    def __init__(self, rows):
        self._rows, self.position = rows, 4

    def row(self, view, key):
        place, row = self._rows.get((view, key), (0, None))
        return row if place <= self.position else None


class LateFollower(Follower):
    """Reaches the log only when somebody waits for it, or never."""

    def __init__(self, views, never=False):
        self._views, self._never = views, never

    def wait_for(self, seq, timeout_s=2.0):
        if not self._never:
            self._views.position = seq
        return not self._never


def a_centre(rows, never=False):
    views = Views(rows)
    log = SimpleNamespace(position=lambda: 5)
    return SimpleNamespace(views=views, follower=LateFollower(views, never), desk=SimpleNamespace(log=log))


def test_a_row_that_the_log_has_and_the_views_have_not_yet_is_waited_for():
    centre = a_centre({("incidents", "i"): (5, {"id": "i"})})
    assert Centre.row(centre, "incidents", "i") == {"id": "i"}


def test_a_row_that_is_there_is_told_at_once_however_far_the_views_are_behind():
    centre = a_centre({("incidents", "i"): (4, {"id": "i"})}, never=True)
    assert Centre.row(centre, "incidents", "i") == {"id": "i"}


def test_what_nobody_ever_opened_is_missing():
    assert Centre.row(a_centre({}), "incidents", "i") is None


def test_views_that_cannot_follow_never_say_that_something_is_not_there():
    with pytest.raises(PictureBehind, match="try again"):
        Centre.row(a_centre({}, never=True), "incidents", "i")
