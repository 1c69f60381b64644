"""Figures to so many digits on arrays, exactly as Python's `round` tells them."""

import numpy as np

from simulations.compiled import compiled

SPLIT = 134_217_729.0  # 2 ** 27 + 1: halves the digits of a double (Dekker 1971)


@compiled
def rounded(figure: float, scale: float) -> float:
    """To a whole number of 1 / scale; scale is a power of ten up to 10 ** 8, figure * scale below 2 ** 52.

    Of two that are equally near by the product, the rest that the product lost decides, and where nothing
    was lost, the even one.
    """
    product = figure * scale
    nearest = np.rint(product)
    if abs(product - nearest) < 0.5:
        return float(nearest / scale)
    below = np.floor(product)
    high = figure * SPLIT
    high = high - (high - figure)
    lost = (high * scale - product) + (figure - high) * scale
    if lost == 0.0:
        return float(nearest / scale)
    return float((below + 1.0 if lost > 0.0 else below) / scale)


@compiled
def tenth(seconds: float) -> float:
    """As `round(seconds, 1)` and `dispatch.policies.tenths` tell it."""
    return rounded(seconds, 10.0)


@compiled
def billionth(figure: float) -> float:
    """As `numpy.round(figure, 9)` tells it, which is not exact and need not be."""
    return float(np.rint(figure * 1e9) / 1e9)
