"""What is compiled at set-up is what runs later: nothing while somebody waits for a look ahead."""

from simulations.fork.futures import draw
from simulations.fork.look_ahead import Going, look_ahead
from simulations.lean.heap import push
from simulations.lean.run import carry_on
from simulations.lean.whereabouts import drive
from simulations.warm import warm_up
from tests.unit.simulations.forked_city import a_city, chequered, fork_of, square, unit, waits

CALLED = carry_on, push, drive
"""From Python; all others are called by these."""


def test_a_look_ahead_runs_what_was_compiled_before(tmp_path):
    city, times = a_city(tmp_path, 7), chequered(7)
    warm_up(city)
    known = [list(kernel.signatures) for kernel in CALLED]
    units = [unit("C1", square(0, 0), square(0, 0)), unit("T1", square(6, 6), square(6, 6))]
    begin = fork_of(city, times, units, [waits("asked", "P2", square(3, 3))])
    look_ahead(draw(begin, 5, 1.0, 8), "asked", [Going("C1", 60.0), Going("T1", 70.0)])
    assert known == [list(kernel.signatures) for kernel in CALLED]
    assert known[0], "it ran"
