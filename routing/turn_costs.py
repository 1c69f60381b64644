"""What a turn costs beyond driving along the streets: assumptions, all in this place.

Published figures differ: OSRM's car profile takes up to 7.5 s for a turn, 20 s for a U-turn and 2 s for a
signal, and Valhalla can take the same. We think 2 s too little for a signal that is met red about every
second time; with 8 s our rankings of stations agreed less with theirs than with 5 s (ADR 0010). Blue light
and motorbikes keep their proportion to that of the van, in whole seconds.

Nothing is counted twice: the speeds of `routing.speeds` are those of through traffic between signals, with
the small delays of junctions without one. So going straight on costs nothing but the signal, and a signal
is paid for where the map has one. A city whose signals are not mapped is thought a little faster than it is.
"""

from typing import Final, NamedTuple

from routing.profiles import BLUE_LIGHT, VANS

STRAIGHT, NEAR_SIDE, ACROSS, U_TURN, ARRIVAL = range(5)
KINDS: Final = ("straight on", "to the near side", "across the traffic", "u-turn", "arrival")


class TurnSeconds(NamedTuple):
    """Seconds for a turn to the near side (right, where one drives on the right), across the oncoming
    traffic, back where one came from; and for a signal, whichever way one goes."""

    near_side: float
    across: float
    u_turn: float
    signal: float

    def of(self, kind: int) -> float:
        """Seconds of one kind of turn, its signal apart."""
        return (0.0, self.near_side, self.across, self.u_turn, 0.0)[kind]


VAN_NORMAL: Final = TurnSeconds(2.0, 6.0, 20.0, 5.0)
VAN_BLUE: Final = TurnSeconds(1.0, 3.0, 12.0, 2.0)  # slows down to look
MOTORBIKE_NORMAL: Final = TurnSeconds(1.0, 4.0, 8.0, 4.0)  # turns on the spot, waits at the head of the queue
MOTORBIKE_BLUE: Final = TurnSeconds(1.0, 2.0, 5.0, 1.0)


def turn_seconds(profile: int, blue_light: bool) -> TurnSeconds:
    """The costs of a profile. Without blue light its vehicle turns as in normal driving."""
    blue = blue_light and profile in BLUE_LIGHT
    if profile in VANS:
        return VAN_BLUE if blue else VAN_NORMAL
    return MOTORBIKE_BLUE if blue else MOTORBIKE_NORMAL
