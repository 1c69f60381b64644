"""Where most calls are late; of a scenario, where that surely changes from one course to another.

Of a hundred places some always differ by chance. So each is tested on the same calls, replication by
replication, and all places and pairs count as one table (Holm).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from simulations.results.compare import SURELY, Pair
from simulations.results.report.city_map import FEW
from simulations.results.report.gather import Seen
from simulations.results.report.material import Material
from simulations.results.report.parts import note, table
from simulations.results.report.say import Say
from simulations.statistics.holm import holm
from simulations.statistics.intervals import Interval, difference
from simulations.statistics.shares import wilson

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Changed:
    """more : late calls more in a replication than with the first of the pair"""

    area: int
    pair: Pair
    more: Interval


def changed(seen: Mapping[str, Seen], pairs: Sequence[Pair]) -> list[Changed]:
    """Where lateness surely differs, most first. Nothing of pairs under which other people are heard: that
    would be no fair comparison."""
    found: list[Changed] = []
    p_values: list[float] = []
    for pair in pairs:
        first, rival = seen[pair.first], seen[pair.rival]
        if "late" in pair.unlike or len(first.late_each) < 2:
            continue
        for area in np.flatnonzero((first.area_calls >= FEW) & (rival.area_calls >= FEW)).tolist():
            late, others = ([float(each[area]) for each in its.late_each] for its in (first, rival))
            apart = difference(late, others)
            found.append(Changed(area, pair, apart.interval))
            p_values.append(apart.p)
    sure = [each for each, p in zip(found, holm(p_values), strict=True) if p < SURELY]
    return sorted(sure, key=lambda each: -abs(each.more.mean))


def places(material: Material, say: Say) -> Iterator[str]:
    if material.inputs.scenario is None:
        yield from _worst(material, say)
    else:
        yield from _changed(material, say)


def _worst(material: Material, say: Say) -> Iterator[str]:
    """Under the first rival, and how it is there under the others."""
    areas, seen = material.gathered.areas, list(material.gathered.seen.values())
    calls, late = seen[0].area_calls, seen[0].area_late
    share = np.where(calls >= FEW, late / np.maximum(calls, 1), -1.0)
    worst = [area for area in np.argsort(-share, kind="stable").tolist()[:SHOWN] if share[area] > 0]
    if not worst:
        return
    rows = [
        [
            areas.shapes[area].name,
            say.number(calls[area] * _a_day(material)),
            *(_late(its, area, say) for its in seen),
        ]
        for area in worst
    ]
    names = [rival.name for rival in material.inputs.experiment.rivals]
    yield f"<h3>{escape(say('worst'))}</h3>{note('worst_note', say)}"
    yield table([say("place"), say("calls"), *names], rows)


def _changed(material: Material, say: Say) -> Iterator[str]:
    pairs = [pair for pair in material.pairs if "late" not in pair.unlike]
    if not material.pairs:
        return
    yield f"<h3>{escape(say('places_changed'))}</h3>"
    if len(pairs) < len(material.pairs):
        left_out = [f"“{pair.rival}” – “{pair.first}”" for pair in material.pairs if pair not in pairs]
        yield note("places_unlike", say, pairs=", ".join(left_out))
    if not pairs:
        return
    found = changed(material.gathered.seen, pairs)
    if not found:
        yield note("no_place", say)
        return
    seen, shapes = material.gathered.seen, material.gathered.areas.shapes
    a_day = 24.0 / material.inputs.experiment.hours
    rows = [
        [
            shapes[each.area].name,
            f"{each.pair.rival}: {_late(seen[each.pair.rival], each.area, say)}",
            f"{each.pair.first}: {_late(seen[each.pair.first], each.area, say)}",
            f"{say.signed(a_day * each.more.mean, 2)} "
            f"({say.signed(a_day * each.more.low, 2)} {say('to')} {say.signed(a_day * each.more.high, 2)})",
        ]
        for each in found[:SHOWN]
    ]
    yield note("places_note", say, shown=len(rows), of=len(found))
    head = ("place", "late", "compared_with", "late_more")
    yield table([say(each) for each in head], rows)


def _a_day(material: Material) -> float:
    asked = material.inputs.experiment
    return 24.0 / asked.hours / asked.replications


def _late(its: Seen, area: int, say: Say) -> str:
    calls = int(its.area_calls[area])
    if calls < FEW:
        return "–"
    late = int(its.area_late[area])
    low, high = (say.number(100 * end, 0) for end in wilson(late, calls))
    return f"{say.number(100 * late / calls, 0)}% ({low} – {high})"
