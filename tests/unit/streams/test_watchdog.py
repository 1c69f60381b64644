"""A worker that stands must end; one that has nothing to do, or is slow, must not."""

import time

from api.streams.watchdog import CommitWatch, Progress, Pulse

PLACE = ("vigil.pings", 3)


def test_commits_that_stand_behind_the_work_are_noticed_after_a_while():
    watch = CommitWatch(30)
    assert watch.stalled({PLACE: Progress(100, 50)}, 0.0) is None
    assert watch.stalled({PLACE: Progress(900, 50)}, 29.0) is None
    assert watch.stalled({PLACE: Progress(900, 50)}, 30.0) == PLACE


def test_a_commit_that_moves_a_little_is_no_stall():
    watch = CommitWatch(30)
    for second in range(0, 200, 10):
        assert watch.stalled({PLACE: Progress(10_000, second)}, float(second)) is None


def test_nothing_to_do_is_no_stall():
    watch = CommitWatch(30)
    for second in range(0, 200, 10):
        assert watch.stalled({PLACE: Progress(50, 50)}, float(second)) is None
    assert watch.stalled({PLACE: Progress(60, 50)}, 210.0) is None
    assert watch.stalled({PLACE: Progress(60, 50)}, 239.0) is None


def test_where_nothing_was_ever_committed_that_is_noticed_too():
    watch = CommitWatch(30)
    assert watch.stalled({PLACE: Progress(5, None)}, 0.0) is None
    assert watch.stalled({PLACE: Progress(5, None)}, 31.0) == PLACE


def test_a_partition_that_left_and_came_back_begins_anew():
    watch = CommitWatch(30)
    watch.stalled({PLACE: Progress(5, 1)}, 0.0)
    watch.stalled({}, 20.0)
    assert watch.stalled({PLACE: Progress(5, 1)}, 40.0) is None
    assert watch.stalled({PLACE: Progress(5, 1)}, 71.0) == PLACE


def test_a_loop_that_stands_still_is_ended_and_one_that_beats_is_not():
    ended: list[str] = []
    pulse = Pulse(0.4, ended.append)
    pulse.start()
    for _ in range(6):
        time.sleep(0.15)
        pulse.beat()
    assert not ended
    time.sleep(0.8)
    pulse.stop()
    assert len(ended) == 1
    assert "stood still" in ended[0]
