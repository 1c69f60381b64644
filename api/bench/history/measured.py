"""One measurement of a centre's history, in a process of its own, so that its memory is that of nothing else.

Run as a program, `python -m api.bench.history.measured WHAT FOLDER`; it prints what it found as JSON. Each
thing is also done *plainly*, to be compared with: the library's own decoder, every fact, every row in memory,
and no snapshots.
"""

import json
import resource
import sys
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter, process_time, thread_time
from typing import cast

from eventsourcing.persistence import JSONTranscoder, Mapper
from sqlalchemy import func, select

from api.bench.start import resident_bytes
from api.bringing_up import bring_up
from api.cli.rebuild_command import rebuild_views
from api.stores import Stores, open_stores
from dispatch.application import DispatchLog
from dispatch.some_facts import SomeFacts
from domain.base import Fact
from projections.memory import KNOWN, MemoryViews
from projections.past import views_at
from projections.projector import catch_up
from projections.snapshots_sql import VIEW_SNAPSHOTS
from projections.taking import Taking

INSTANTS, PLAIN_INSTANTS = 60, 1
SEED = 115


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


def start(stores: Stores) -> dict[str, float]:
    """Until the views stand at the end of the log, ready for the first order."""
    before = resident_bytes()
    views = stores.folded()
    bring_up(stores.log, views, stores.views, Taking(stores.snapshots))
    rows = sum(len(found) for found in views.picture()[1].values())
    return {"memory": resident_bytes() - before, "rows": rows, "position": views.position}


def start_plainly(stores: Stores) -> dict[str, float]:
    """All rows are loaded, and the whole log is read for the moments at which facts were heard."""
    before = resident_bytes()
    views = stores.views.load()
    log, heard, position = PlainLog(stores.log), [], 0
    while batch := log.select(position + 1, 2_000):
        heard += [fact.act.heard_at for _, fact in batch]
        position = batch[-1][0]
    rows = sum(len(found) for found in views.picture()[1].values())
    return {"memory": resident_bytes() - before, "rows": rows, "position": position}


def fold(stores: Stores) -> dict[str, float]:
    """`vigil rebuild`."""
    end = stores.log.position()
    rebuild_views(stores, end, lambda _: None)
    return {"position": end, "peak": peak_bytes()}


def fold_plainly(stores: Stores) -> dict[str, float]:
    end = stores.log.position()
    views = MemoryViews()
    catch_up(PlainLog(stores.log), views, limit=500, stop=end)
    stores.views.replace(views)
    views.digests()
    return {"position": end, "peak": peak_bytes()}


def past(stores: Stores) -> dict[str, float | list[float]]:
    """`?at=` of instants anywhere in the log's time."""
    source = SomeFacts(stores.log, KNOWN)
    return _past(stores, INSTANTS, lambda at: views_at(source, at, stores.snapshots, stores.views))


def past_plainly(stores: Stores) -> dict[str, float | list[float]]:
    return _past(stores, PLAIN_INSTANTS, lambda at: views_at(PlainLog(stores.log), at))


def _past(
    stores: Stores, instants: int, look: Callable[[datetime], MemoryViews]
) -> dict[str, float | list[float]]:
    first, last = (_heard_at(stores.log, place) for place in (1, stores.log.position()))
    chance, took, cpu = Random(SEED), [], []
    if instants > PLAIN_INSTANTS:
        look(last)  # the first one opens connections
    for _ in range(instants):
        instant = first + (last - first) * chance.random() + timedelta(microseconds=1)
        began, busy = perf_counter(), thread_time()
        look(instant)
        took.append(perf_counter() - began)
        cpu.append(thread_time() - busy)
    return {"took": took, "cpu_took": cpu}


def sizes(stores: Stores) -> dict[str, float]:
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


MEASUREMENTS: dict[str, Callable[[Stores], dict[str, float] | dict[str, float | list[float]]]] = {
    each.__name__: each for each in (start, start_plainly, fold, fold_plainly, past, past_plainly, sizes)
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
