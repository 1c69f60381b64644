"""How far readers are behind, told by what they committed and what stood there when."""

from api.streams.group_pace import GroupPace


def test_the_lag_is_the_age_of_the_oldest_end_that_nobody_has_reached():
    pace = GroupPace()
    assert pace.lag_s({"a": 10, "b": 5}, {"a": 10, "b": 5}, 100.0) == 0
    assert pace.lag_s({"a": 20, "b": 5}, {"a": 10, "b": 5}, 101.0) == 0, "it came just now"
    assert pace.lag_s({"a": 30, "b": 5}, {"a": 10, "b": 5}, 111.0) == 10
    assert pace.lag_s({"a": 40, "b": 5}, {"a": 20, "b": 5}, 112.0) == 1, "what came first is worked on"
    assert pace.lag_s({"a": 40, "b": 5}, {"a": 40, "b": 5}, 150.0) == 0


def test_a_partition_that_nobody_reads_ages_though_nothing_more_comes():
    pace = GroupPace()
    for second in range(5000):
        lag_s = pace.lag_s({"a": 10}, {}, float(second))
    assert lag_s == 4999


def test_the_silence_is_that_of_the_quietest_partition():
    pace = GroupPace()
    assert pace.silent_s({"a": 1, "b": 1}, 0.0) == 0
    assert pace.silent_s({"a": 2, "b": 1}, 5.0) == 5
    assert pace.silent_s({"a": 3, "b": 1}, 9.0) == 9
    assert pace.silent_s({"a": 3, "b": 2}, 10.0) == 1
    assert pace.silent_s({"a": 4, "b": 3}, 10.5) == 0
