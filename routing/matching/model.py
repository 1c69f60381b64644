"""What makes a street the likely one: how far off it lies, how the vehicle points, how it got there.

Costs are negative logarithms of likelihoods, after P. Newson and J. Krumm, "Hidden Markov Map Matching
Through Noise and Sparseness" (ACM SIGSPATIAL GIS 2009):

gap       : gap_m^2 / (2 noise_m^2), a Gaussian receiver. Newson and Krumm measured 4 m on open roads; 8 m
            leave room for streets between houses.
way       : |metres driven - metres as the crow flies| / DETOUR_M, their exponential: who drives to the right
            street hardly drives a detour. Never more than LOST: where the map lacks a link, or a vehicle was
            carried, the former fix must not hold a unit on a street for ever.
heading   : HEADING (1 - cos angle), the von Mises law for directions, which is Gaussian for small angles
            (here 20 degrees) and charges 8 across the street and 16 against it. Not theirs: their receivers
            told no heading. It counts above WALKING_MPS only; a receiver at rest points anywhere.

Without heading and without a former fix only the gap is left, and the nearest street is the likeliest.
"""

from typing import Final

NOISE_M: Final = 8.0
MOST_NOISE_M: Final = 30.0  # a receiver that owns up to worse is believed as far as this
DETOUR_M: Final = 10.0
LOST: Final = 7.0
HEADING: Final = 8.0
WALKING_MPS: Final = 1.5
U_TURN_M: Final = 40.0  # turning round in mid-street is as unlikely as so many metres of detour
