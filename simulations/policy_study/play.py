"""Rivals on the same calls, and what may be said about them."""

from collections.abc import Mapping, Sequence

from simulations.experiment.inputs import RivalColumns
from simulations.experiment.replicate import drawn, replicate
from simulations.policy_study.world import World
from simulations.results.figures import figures
from simulations.statistics.holm import holm
from simulations.statistics.intervals import difference, mean_of

COMPARED = ("late", "late_P1", "mean_s", "p90_s", "km")
Values = dict[str, dict[str, list[float]]]
Said = dict[str, dict[str, dict[str, float]]]
"""Of each rival and figure mean, low, high; of all but the first apart, apart_low, apart_high, p (Holm)."""


def play(world: World, rivals: Mapping[str, RivalColumns], replications: int | None = None) -> Values:
    """By rival and figure, one value a replication."""
    inputs = world.inputs()
    found: Values = {name: {} for name in rivals}
    for number in range(replications or world.asked.replications):
        calls = drawn(inputs, number)
        for name, columns in rivals.items():
            its = figures(replicate(inputs, columns, calls), columns, world.asked, inputs.words)
            for figure in (*COMPARED, "busy", "waited", "calls"):
                found[name].setdefault(figure, []).append(its[figure])
    return found


def busy_share(world: World) -> float:
    """Of two replications, everybody at home: what a planner would put in for the chance to be busy."""
    found = play(world, {"closest": world.columns("closest")}, 2)["closest"]["busy"]
    return round(sum(found) / len(found), 2)


def said_of(values: Values) -> Said:
    """Each rival less the first, replication by replication."""
    (first, *others) = values
    told: Said = {
        name: {
            figure: {"mean": its.mean, "low": its.low, "high": its.high}
            for figure, its in ((each, mean_of(some)) for each, some in figures.items())
        }
        for name, figures in values.items()
    }
    pairs = [(name, figure) for name in others for figure in COMPARED]
    apart = [difference(values[first][figure], values[name][figure]) for name, figure in pairs]
    for (name, figure), its, p in zip(pairs, apart, holm([each.p for each in apart]), strict=True):
        told[name][figure] |= {
            "apart": its.interval.mean,
            "apart_low": its.interval.low,
            "apart_high": its.interval.high,
            "p": p,
        }
    return told


def compared(world: World, rivals: Sequence[tuple[str, RivalColumns]]) -> Said:
    return said_of(play(world, dict(rivals)))
