"""The log writes events as text and reads them back; the views must not see the difference."""

from dispatch.application import memory_log
from projections.memory import MemoryViews
from tests.any_history import history


def test_events_read_back_from_the_log_fold_to_the_same_rows():
    mapper, as_they_were, read_back = memory_log().mapper, MemoryViews(), MemoryViews()
    for seq, fact in history(range(0, 120_000, 613)).log:
        as_they_were.apply(seq, fact)
        read_back.apply(seq, mapper.to_domain_event(mapper.to_stored_event(fact)))
    assert len(as_they_were.rows("runs")) > 5
    assert read_back.digests() == as_they_were.digests()
