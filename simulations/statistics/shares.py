"""Between what a share lies that was counted."""

from math import sqrt

from scipy.stats import norm


def wilson(count: int, of: int, level: float = 0.95) -> tuple[float, float]:
    """E. B. Wilson, Journal of the American Statistical Association 22 (1927) 209-212: good for few and for
    none, where a mean with its deviation is not. Raises ValueError where nothing was counted."""
    if not 0 <= count <= of or of == 0:
        raise ValueError("A share is of something.")
    z = float(norm.ppf((1 + level) / 2))
    middle = (count + z * z / 2) / (of + z * z)
    half = z / (of + z * z) * sqrt(count * (of - count) / of + z * z / 4)
    return max(0.0, middle - half), min(1.0, middle + half)
