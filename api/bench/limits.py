"""How near a question is to what the machine can do at all.

Two things bound every kernel here: bytes that must be read at least once, and steps that wait for the one
before, such as from a rank to its parent. `machine` measures how fast bytes and steps can be on this machine;
`work_of` counts what each question needs on a map. Their quotient is a time that no program of this kind can
beat.
"""

from collections.abc import Callable, Sequence
from time import perf_counter

import numpy as np

from api.bench.road_questions import RoadQuestions
from api.bench.rows import Figure, value
from routing.arrays import Int32s
from routing.compiled import compiled
from routing.hierarchy.layout import FIRST, PARENT, SLOT

SIZES = {
    "near": 1 << 20,
    "middle": 16 << 20,
    "far": 256 << 20,
}  # second cache, third cache, memory of most machines
RANK_BYTES, SLOT_BYTES, MS_BYTES, COST_BYTES, SPOT_BYTES = 16, 2, 4, 8, 13
U = np.uint64


def machine() -> list[Figure]:
    """Bytes a second that one thread reads, and seconds for a step to an address that the last one told."""
    rows = []
    for where, size in SIZES.items():
        numbers = np.ones(size // MS_BYTES, np.int32)
        best = _least(lambda numbers=numbers: least_of_sums(numbers, numbers))  # type: ignore[misc]
        rows.append(value(f"limit.read_{where}", size, "B/s", size / best))
        chain = _one_circle(size // MS_BYTES)
        steps = min(len(chain), 1 << 20)
        best = _least(lambda chain=chain, steps=steps: follow(chain, steps))  # type: ignore[misc]
        rows.append(value(f"limit.step_{where}", size, "s", best / steps))
    return rows


def floor_s(bytes_read: float, held: float, rows: Sequence[Figure]) -> float | None:
    """The time to read so many bytes, again and again from no more than `held`, from where these fit, by the
    rows of `machine`; None without them."""
    speed = {
        row.name.removeprefix("limit.read_"): row.p50 for row in rows if row.name.startswith("limit.read_")
    }
    if speed.keys() != SIZES.keys():
        return None
    where = next((name for name, size in SIZES.items() if min(bytes_read, held) <= 2 * size), "far")
    return bytes_read / speed[where]


def work_of(questions: RoadQuestions) -> dict[str, int]:
    """Bytes that each question reads, on average over the scenes asked about; and "held", what one metric
    holds: no question reads more than that without reading something again."""
    h = questions.engine.hierarchy
    climb, scenes = h.climb, questions.scenes
    starts = np.minimum(h.leads_to[2 * scenes.edge], h.leads_to[2 * scenes.edge + 1])
    arcs, ranks = np.mean([_climbed(climb, int(rank)) for rank in starts], axis=0).tolist()
    depth = int(np.mean(h.slots - climb[starts, SLOT]))
    by_time = ranks * RANK_BYTES + arcs * (SLOT_BYTES + MS_BYTES)
    by_cost = ranks * RANK_BYTES + arcs * (SLOT_BYTES + COST_BYTES)
    units, up_arcs, nodes = questions.count, h.up_arcs, h.nodes
    near = min(units, 30)  # about how many are within reach of the fifth
    sweep = nodes * (RANK_BYTES + 2 * MS_BYTES) + up_arcs * (SLOT_BYTES + MS_BYTES)
    return {
        f"knearest_5_of_{units}": int(by_time + units * SPOT_BYTES + near * depth * MS_BYTES),
        f"all_{units}": int(by_time + units * depth * MS_BYTES),
        "label_update": int(by_time + depth * MS_BYTES),
        "p2p": int(2 * by_cost),
        "one_to_all": int(sweep),
        "coverage": int(sweep + up_arcs * 2 * MS_BYTES + nodes * (COST_BYTES + 2 * MS_BYTES)),
        "customize_full": int(h.triangles * (2 * COST_BYTES + SLOT_BYTES) + up_arcs * 6 * COST_BYTES),
        f"relabel_{units}": int(units * (by_time + depth * MS_BYTES)),
        "held": int(up_arcs * (2 * COST_BYTES + SLOT_BYTES) + nodes * RANK_BYTES),
    }


def _climbed(climb: Int32s, rank: int) -> tuple[int, int]:
    """Up-arcs and ranks on the way from a rank to its root."""
    arcs = ranks = 0
    while rank >= 0:
        arcs += int(climb[rank + 1, FIRST] - climb[rank, FIRST])
        ranks += 1
        rank = int(climb[rank, PARENT])
    return arcs, ranks


def _one_circle(size: int) -> Int32s:
    """For each number another one, so that following them leads through all in no order."""
    order = np.random.default_rng(1).permutation(size).astype(np.int32)
    chain = np.empty(size, np.int32)
    chain[order] = np.roll(order, -1)
    return chain


def _least(work: Callable[[], object]) -> float:
    work()
    times = []
    for _ in range(20):
        began = perf_counter()
        work()
        times.append(perf_counter() - began)
    return min(times)


@compiled
def least_of_sums(one: Int32s, other: Int32s) -> np.int32:
    """The inner loop of every label: a minimum over sums."""
    best = np.int32(1 << 30)
    for i in range(one.shape[0]):
        best = min(best, np.int32(one[i] + other[i]))
    return best


@compiled
def follow(chain: Int32s, steps: int) -> np.int64:
    """From number to number: each step waits for the one before."""
    at = U(0)
    for _ in range(steps):
        at = U(chain[at])
    return np.int64(at)
