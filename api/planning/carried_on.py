"""The live state of this moment, read once and handed over as values: a simulation carries it on."""

from api.centre import Centre


def ready(centre: Centre) -> bool:
    """Whether the road times between the cells of the city are known yet."""
    return centre.desk.coverage is not None and centre.desk.coverage.times is not None


def take(centre: Centre) -> bytes:
    """Raises CoverageNotReady."""
    from simulations.asked.now import Taken, keep_now

    now, ground, weights = centre.look_aheads.take(centre)
    return keep_now(Taken(now, centre.city, centre.desk.rules, ground, tuple(weights)))
