"""Several comparisons at once: the more one looks, the more must be asked of each (Holm, Scandinavian Journal
of Statistics 6, 1979)."""

from collections.abc import Sequence


def holm(p_values: Sequence[float]) -> list[float]:
    """Each p as it counts beside the others, in the same order: whoever believes those below 0.05 is wrong
    about any of them at most once in twenty such tables, however the figures hang together."""
    order = sorted(range(len(p_values)), key=lambda number: p_values[number])
    adjusted = [0.0] * len(p_values)
    so_far = 0.0
    for rank, number in enumerate(order):
        so_far = max(so_far, min(1.0, (len(p_values) - rank) * p_values[number]))
        adjusted[number] = so_far
    return adjusted
