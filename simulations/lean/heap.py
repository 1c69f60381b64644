"""A binary heap of moments on two arrays. Equal moments come in the order of their numbers."""

from routing.arrays import Float64s, Int64s
from simulations.compiled import compiled


@compiled
def before(one_s: float, one: int, other_s: float, other: int) -> bool:
    return one_s < other_s or (one_s == other_s and one < other)


@compiled
def push(times: Float64s, numbers: Int64s, size: int, at_s: float, number: int) -> int:
    """The new size. There has to be room."""
    child = size
    while child > 0:
        parent = (child - 1) >> 1
        if not before(at_s, number, times[parent], numbers[parent]):
            break
        times[child], numbers[child] = times[parent], numbers[parent]
        child = parent
    times[child], numbers[child] = at_s, number
    return size + 1


@compiled
def pop(times: Float64s, numbers: Int64s, size: int) -> int:
    """The new size; what was first, at index 0, is gone."""
    size -= 1
    at_s, number = times[size], numbers[size]
    parent = 0
    while True:
        child = 2 * parent + 1
        if child >= size:
            break
        if child + 1 < size and before(times[child + 1], numbers[child + 1], times[child], numbers[child]):
            child += 1
        if not before(times[child], numbers[child], at_s, number):
            break
        times[parent], numbers[parent] = times[child], numbers[child]
        parent = child
    times[parent], numbers[parent] = at_s, number
    return size
