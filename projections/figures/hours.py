"""Unit hours: how long units were there to be sent, and how much of it they were on runs.

Two measures go by the name of unit-hour utilisation, so both are told. *Utilisation* is the time on runs as
a share of the staffed time. *Transports an hour* is the older one, of system status management: patients
carried by staffed unit hours (Fitch & Associates, "How to explain UHU from UFOs to your city manager", EMS1,
2012).
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from projections.figures.material import Material
from projections.figures.records import SECOND_US, DutyRecord, RunRecord

Span = tuple[int, int]


class UnitHours(NamedTuple):
    """Of one unit, in a period.

    staffed_s : on duty, or on a run that went on after the end of duty
    busy_s    : from being sent to the end of the run; two runs at one time count once
    """

    callsign: str
    staffed_s: int
    busy_s: int
    runs: int
    transports: int


def unit_hours(
    material: Material, start: int, end: int, *, as_reported: bool = False
) -> dict[str, UnitHours]:
    """{callsign: hours}, of every unit that was on duty or on a run within [start, end)."""
    duty = on_duty(material.duties, start, end)
    busy: dict[str, list[Span]] = {}
    sent: dict[str, list[RunRecord]] = {}
    for run in material.runs.values():
        if run.ended == "undone":
            continue
        times = run.reported if as_reported else run.times
        began, over = times["assigned"], end if run.ended is None else times[run.ended]
        if began < end and over > start:
            busy.setdefault(run.callsign, []).append((max(began, start), min(over, end)))
        if start <= began < end:
            sent.setdefault(run.callsign, []).append(run)
    return {
        callsign: UnitHours(
            callsign,
            length([*duty.get(callsign, ()), *busy.get(callsign, ())]) // SECOND_US,
            length(busy.get(callsign, ())) // SECOND_US,
            len(sent.get(callsign, ())),
            sum("transporting" in run.times for run in sent.get(callsign, ())),
        )
        for callsign in sorted(duty.keys() | busy.keys() | sent.keys())
    }


def length(spans: Iterable[Span]) -> int:
    """Of all together; what overlaps counts once."""
    total, reached = 0, None
    for began, over in sorted(spans):
        begin = began if reached is None else max(began, reached)
        if over > begin:
            total, reached = total + over - begin, over
    return total


def on_duty(duties: Iterable[DutyRecord], start: int, end: int) -> Mapping[str, list[Span]]:
    changes: dict[str, list[tuple[int, int, bool]]] = {}
    for record in duties:
        changes.setdefault(record.callsign, []).extend(record.changes)
    spans: dict[str, list[Span]] = {}
    for callsign, told in changes.items():
        ordered = sorted(told)
        for (began, _, on), over in zip(ordered, [*(at for at, _, _ in ordered[1:]), end], strict=True):
            if on and began < end and over > start and over > began:
                spans.setdefault(callsign, []).append((max(began, start), min(over, end)))
    return spans
