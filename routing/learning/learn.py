"""From visits to a table of speeds: by class and hour of the week, by street, by street and hour.

Each step is drawn towards the one before (`routing.learning.shrink`): an hour of the week towards that hour
of working days or of the weekend, that towards the class; a street towards its class at that hour. Guesses
are of logarithms, whose means would promise too much: times are what adds up along a way. So every class is
corrected by what its visits took in sum over what the guesses say in sum, the smearing estimate (N. Duan,
"Smearing Estimate", JASA 78, 1983).
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from routing.arrays import Float64s, Int32s, Int64s
from routing.learning.evidence import HOURS, Visits
from routing.learning.shrink import shrink
from routing.road_map import RoadMap, Streets
from routing.speeds import CLASSES
from routing.week import LEAST, MOST, WeekSpeeds

LEAST_VISITS: Final = 3  # a street is known by itself after so many runs
HALF_M: Final = 100.0  # a visit of so many metres tells half as much as one without end
KINDS: Final = 48  # hours of a working day, hours of the weekend
BARRIER: Final = 255


@dataclass(frozen=True, slots=True)
class Learned:
    """The table, and figures for the report."""

    week: WeekSpeeds
    figures: dict[str, Any]


def learn(road_map: RoadMap, visits: Visits, least_visits: int = LEAST_VISITS) -> Learned:
    """Speeds by the hour of the week. Classes nobody drove on keep their free speed."""
    streets = road_map.streets
    kind_of = kind_of_hour(np.arange(HOURS))
    street_class = arc_class(streets, visits.arc)
    some = street_class != BARRIER
    visits = Visits(*(getattr(visits, name)[some] for name in Visits.__slots__))
    street_class = street_class[some]
    slot = visits.slot.astype(np.int64)
    slow, metres = visits.slow.astype(np.float64), visits.metres.astype(np.float64)
    classes = len(CLASSES)

    # one row for a run, class and hour: what a run does twice in an hour it does for the same reasons
    run_key, place = np.unique(
        (visits.run.astype(np.int64) * HOURS + slot) * classes + street_class, return_inverse=True
    )
    row_m = np.bincount(place, metres)
    row_slow = np.bincount(place, metres * slow) / np.maximum(row_m, 1e-9)
    row_weight = row_m / (row_m + HALF_M)
    row_class, row_slot = run_key % classes, run_key // classes % HOURS
    by_class = _means(row_class, row_slow, row_weight, classes)
    by_kind = shrink(
        row_class * KINDS + kind_of[row_slot],
        row_slow,
        row_weight,
        np.repeat(by_class, KINDS),
        classes * KINDS,
    )
    parent = by_kind.value.reshape(classes, KINDS)[:, kind_of].ravel()
    by_slot = shrink(row_class * HOURS + row_slot, row_slow, row_weight, parent, classes * HOURS)
    usual = by_slot.value.reshape(classes, HOURS)

    arcs, arc_at = np.unique(visits.arc, return_inverse=True)
    weight = metres / (metres + HALF_M)
    off = slow - usual[street_class, slot]
    by_arc = shrink(arc_at, off, weight, np.zeros(len(arcs)), len(arcs))
    by_arc_kind = shrink(
        arc_at * KINDS + kind_of[slot], off, weight, np.repeat(by_arc.value, KINDS), len(arcs) * KINDS
    )
    often = np.bincount(arc_at, minlength=len(arcs)) >= least_visits
    own = by_arc_kind.value.reshape(-1, KINDS)

    said = np.where(often[arc_at], own[arc_at, kind_of[slot]], 0.0) + usual[street_class, slot]
    smear = _smearing(street_class, visits, said, classes)
    share = np.ones((HOURS, classes), np.float32)
    driven = np.bincount(street_class, minlength=classes) > 0
    share[:, driven] = _share(usual.T + np.log(smear))[:, driven]
    known = np.flatnonzero(often)
    arc_share = np.empty((HOURS, len(known)), np.float32)
    known_class = arc_class(streets, arcs[known])
    for hour in range(HOURS):
        arc_share[hour] = _share(
            usual[known_class, hour] + own[known, kind_of[hour]] + np.log(smear[known_class])
        )
    figures = {
        "runs": len(np.unique(visits.run)), "visits": len(visits),
        "arcs_seen": len(arcs), "arcs_known": len(known),
        "variance": {
            "class_hours": by_kind.between, "hours_of_the_week": by_slot.between, "arcs": by_arc.between,
            "arc_hours": by_arc_kind.between, "visits": by_arc.within,
        },
        "smearing": {CLASSES[c]: round(float(smear[c]), 4) for c in np.flatnonzero(driven)},
        "visits_by_class": {
            CLASSES[c]: int(n) for c, n in enumerate(np.bincount(street_class, minlength=classes)) if n
        },
    }  # fmt: skip
    return Learned(WeekSpeeds(share, arcs[known].astype(np.int32), arc_share, road_map.version), figures)


def kind_of_hour(slot: Int64s) -> Int64s:
    """Working days share their hours, Saturday and Sunday theirs."""
    return slot % 24 + np.where(slot >= 5 * 24, 24, 0)


def arc_class(streets: Streets, arc: Int32s) -> Int64s:
    """The class of street of every arc."""
    found: Int64s = streets.way_class[streets.edge_way[arc >> 1]].astype(np.int64)
    return found


def _means(group: Int64s, y: Float64s, weight: Float64s, groups: int) -> Float64s:
    total = np.bincount(group, weight, groups)
    means: Float64s = np.bincount(group, weight * y, groups) / np.where(total > 0, total, 1.0)
    return means


def _smearing(street_class: Int64s, visits: Visits, said: Float64s, classes: int) -> Float64s:
    free = visits.free_s.astype(np.float64)
    took = np.bincount(street_class, free * np.exp(visits.slow), classes)
    promised = np.bincount(street_class, free * np.exp(said), classes)
    smear: Float64s = np.where(promised > 0, took / np.where(promised > 0, promised, 1.0), 1.0)
    return np.clip(smear, 0.8, 1.5)


def _share(slow: Float64s) -> Float64s:
    share: Float64s = np.clip(np.exp(-slow), LEAST, MOST)
    return share
