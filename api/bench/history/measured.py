"""One measurement of a centre's history, in a process of its own, so that its memory is that of nothing else.

Run as a program, `python -m api.bench.history.measured WHAT FOLDER`; it prints what it found as JSON. Each
thing is also done *plainly*, to be compared with: the library's own decoder, every fact, every row in memory,
and no snapshots.
"""

import json
import resource
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from time import perf_counter, process_time, thread_time
from typing import cast

from eventsourcing.persistence import JSONTranscoder, Mapper
from sqlalchemy import func, select

from api.bench.start import resident_bytes
from api.bringing_up import bring_up
from api.cli.rebuild_command import rebuild_views
from api.routers.history import VIEWS
from api.stores import Stores, open_stores
from dispatch.application import DispatchLog
from dispatch.some_facts import SomeFacts
from domain.base import Fact
from projections.memory import KNOWN, MemoryViews
from projections.past import views_at
from projections.projector import catch_up
from projections.snapshots_sql import VIEW_SNAPSHOTS
from projections.taking import Taking

INSTANTS, PLAIN_INSTANTS, STARTS = 60, 1, 5
SEED = 115
Found = Mapping[str, float | list[float]]
Look = Callable[[datetime], MemoryViews]


class PlainLog:
    """Every fact, as the event library reads it."""

    def __init__(self, log: DispatchLog) -> None:
        self._recorder = log.recorder
        transcoder = JSONTranscoder()
        for transcoding in log.mapper.transcoder.types.values():  # type: ignore[attr-defined]
            transcoder.register(transcoding)
        self._mapper: Mapper = Mapper(transcoder)

    def select(self, start: int, limit: int, stop: int | None = None) -> Sequence[tuple[int, Fact]]:
        found = self._recorder.select_notifications(start=start, limit=limit, stop=stop)
        return [(each.id, cast(Fact, self._mapper.to_domain_event(each))) for each in found]


def start(stores: Stores) -> Found:
    """Until the views stand at the end of the log, ready for the first order."""
    before = resident_bytes()
    views = stores.folded()
    bring_up(stores.log, views, stores.views, Taking(stores.snapshots))
    rows = sum(len(found) for found in views.picture()[1].values())
    return {"memory": resident_bytes() - before, "rows": rows, "position": views.position}


def start_plainly(stores: Stores) -> Found:
    """All rows are loaded, and the whole log is read for the moments at which facts were heard."""
    before = resident_bytes()
    views = stores.views.load()
    log, heard, position = PlainLog(stores.log), [], 0
    while batch := log.select(position + 1, 2_000):
        heard += [fact.act.heard_at for _, fact in batch]
        position = batch[-1][0]
    rows = sum(len(found) for found in views.picture()[1].values())
    return {"memory": resident_bytes() - before, "rows": rows, "position": position}


def fold(stores: Stores) -> Found:
    """`vigil rebuild`."""
    end = stores.log.position()
    rebuild_views(stores, end, lambda _: None)
    return {"position": end, "peak": peak_bytes()}


def fold_plainly(stores: Stores) -> Found:
    end = stores.log.position()
    views = MemoryViews()
    catch_up(PlainLog(stores.log), views, limit=500, stop=end)
    stores.views.replace(views)
    views.digests()
    return {"position": end, "peak": peak_bytes()}


def past(stores: Stores) -> Found:
    """`?at=` of instants anywhere in the log's time, of the views that a desk asks for."""
    look = _look(stores)
    look(_instant(stores, 1.0))  # the first one opens connections, and has a figure of its own
    chance = Random(SEED)
    return _timed(look, [_instant(stores, chance.random()) for _ in range(INSTANTS)])


def past_plainly(stores: Stores) -> Found:
    chance = Random(SEED)
    instants = [_instant(stores, chance.random()) for _ in range(PLAIN_INSTANTS)]
    return _timed(lambda at: views_at(PlainLog(stores.log), at), instants)


def first_past(turn: int, stores: Stores) -> Found:
    """The very first `?at=` after a start."""
    return _timed(_look(stores), [_instant(stores, Random(SEED + turn).random())])


def _look(stores: Stores) -> Look:
    source = SomeFacts(stores.log, KNOWN)
    return lambda at: views_at(source, at, stores.snapshots, stores.views, names=VIEWS)


def _timed(look: Look, instants: Sequence[datetime]) -> Found:
    took, cpu = [], []
    for instant in instants:
        began, busy = perf_counter(), thread_time()
        look(instant)
        took.append(perf_counter() - began)
        cpu.append(thread_time() - busy)
    return {"took": took, "cpu_took": cpu}


def _instant(stores: Stores, share: float) -> datetime:
    first, last = (_heard_at(stores.log, place) for place in (1, stores.log.position()))
    return first + (last - first) * share + timedelta(microseconds=1)


def sizes(stores: Stores) -> Found:
    """How many snapshots there are, and their bytes."""
    with stores.snapshots.engine.connect() as connection:
        body = VIEW_SNAPSHOTS.c.body
        many, size = connection.execute(select(func.count(), func.sum(func.length(body)))).one()
    return {"snapshots": many, "snapshot_bytes": size or 0}


def _heard_at(log: DispatchLog, place: int) -> datetime:
    return log.select(place, 1)[0][1].act.heard_at


def peak_bytes() -> int:
    """The most memory this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


WHOLE: tuple[Callable[[Stores], Found], ...] = (
    start, start_plainly, fold, fold_plainly, past, past_plainly, sizes
)  # fmt: skip
MEASUREMENTS: dict[str, Callable[[Stores], Found]] = {each.__name__: each for each in WHOLE} | {
    f"first_past_{turn}": partial(first_past, turn) for turn in range(STARTS)
}


def _main(what: str, folder: Path) -> None:
    began, busy = perf_counter(), process_time()
    stores = open_stores(folder, None)
    try:
        found = MEASUREMENTS[what](stores)
        taken = {"seconds": perf_counter() - began, "cpu_seconds": process_time() - busy}
        json.dump({**found, **taken}, sys.stdout)
    finally:
        stores.close()


if __name__ == "__main__":
    _main(sys.argv[1], Path(sys.argv[2]))
