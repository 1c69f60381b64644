"""A city model with fewer places, each standing for those around it.

Whoever works out road times for many states of the roads, or on a small machine, can do without cells of few
streets: wards are told apart with far fewer.
"""

from dataclasses import replace

import numpy as np

from simulations.city_model.model import CityModel, Place
from simulations.demand.cells import halve


def coarser(model: CityModel, most: int) -> CityModel:
    """As many calls as before in every period, from at most so many places of about equal demand. Each stands
    where the one of its old places does that lies nearest to the middle of their demand."""
    if len(model.places) <= most:
        return model
    lat = np.array([place.position.lat for place in model.places])
    lon = np.array([place.position.lon for place in model.places])
    weights = np.array([place.weights for place in model.places])
    demand = np.maximum(weights.sum(axis=1), 1e-9)  # somewhere nobody calls from weighs next to nothing
    part = halve(lat, lon, demand, most)
    places = []
    for number in range(int(part.max()) + 1):
        its = np.flatnonzero(part == number)
        share = demand[its] / demand[its].sum()
        east = np.cos(np.radians(lat[its].mean()))
        off = (lat[its] - share @ lat[its]) ** 2 + ((lon[its] - share @ lon[its]) * east) ** 2
        middle = model.places[int(its[np.argmin(off)])]
        sums = np.round(weights[its].sum(axis=0), 6).tolist()
        places.append(Place(middle.id, middle.position, tuple(sums)))
    return replace(model, places=tuple(places))
