"""How long crews stood at the door of a hospital: from arriving to handing over, and who stands there now."""

from collections.abc import Iterable
from datetime import datetime

from domain.values import Milestone
from projections.figures.counting import nearest_rank
from projections.rows import Row


def handovers_at(hospital_id: str, runs: Iterable[Row], first: str, last: str, late_s: int) -> Row:
    """The handovers of one hospital between two moments, by when they were done.

    first, last : moments as rows have them; first <= handed over < last
    late_s      : what took longer is delay
    Seconds are whole. Percentiles are by nearest rank: a value that did occur.
    """
    taken: list[int] = []
    waiting: list[Row] = []
    for run in runs:
        times = run["milestones"]
        arrived_at = times.get(Milestone.AT_HOSPITAL)
        if run["hospital_id"] != hospital_id or arrived_at is None:
            continue
        done_at = times.get(Milestone.HANDED_OVER)
        if done_at is None and run["status"] == Milestone.AT_HOSPITAL:
            waiting.append({"run_id": run["id"], "callsign": run["callsign"], "arrived_at": arrived_at})
        elif done_at is not None and first <= done_at < last:
            taken.append(seconds_between(arrived_at, done_at))
    taken.sort()
    late = [seconds - late_s for seconds in taken if seconds > late_s]
    return {
        "hospital_id": hospital_id,
        "from": first,
        "to": last,
        "count": len(taken),
        "p50_s": nearest_rank(taken, 50),
        "p90_s": nearest_rank(taken, 90),
        "longest_s": taken[-1] if taken else None,
        "late_s": late_s,
        "late": len(late),
        "delay_s": sum(late),
        "queue": sorted(waiting, key=lambda entry: (entry["arrived_at"], entry["callsign"])),
    }


def seconds_between(earlier: str, later: str) -> int:
    return int((datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds())
