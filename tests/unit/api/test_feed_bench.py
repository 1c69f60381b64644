"""What the benchmark of the feed counts: from the moment of recording to the rows, for each desk."""

import json

import pytest

from api.bench.feed_bench import since_recorded

EVENT_7 = json.dumps({"type": "event", "seq": 7, "recorded_at": "1970-01-01T00:01:40+00:00"})
EVENT_8 = json.dumps({"type": "event", "seq": 8, "recorded_at": "1970-01-01T00:01:41+00:00"})
ROWS_8 = json.dumps({"type": "rows", "seq": 8})


def test_an_event_has_arrived_when_the_rows_that_hold_it_have():
    near = [(7, 100.01), (8, 101.01), (8, 101.25)]
    far = [(7, 100.02), (8, 101.02), (8, 102.0)]
    took = since_recorded([EVENT_7, EVENT_8, ROWS_8], [near, far])
    assert took == pytest.approx([1.25, 0.25, 2.0, 1.0])


def test_a_desk_that_missed_a_frame_is_no_figure_but_a_fault():
    with pytest.raises(RuntimeError, match="2 frames, another 3"):
        since_recorded([EVENT_7, EVENT_8, ROWS_8], [[(7, 100.0), (8, 101.0)]])


def test_rows_that_never_came_are_a_fault():
    with pytest.raises(RuntimeError, match="event 8 never came"):
        since_recorded(
            [EVENT_7, EVENT_8, json.dumps({"type": "rows", "seq": 7})], [[(7, 1.0), (8, 2.0), (7, 3.0)]]
        )
