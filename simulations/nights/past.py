"""A past instant of a log, carried on: what might have come of it, under the policies in force or others."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

import pyarrow as pa

from dispatch.application import DispatchLog
from dispatch.some_facts import SomeFacts
from domain.values import Priority
from projections.memory import KNOWN
from projections.past import views_at
from simulations.asked.now import Taken, figures_of_future, start_of
from simulations.city_model.as_city import city_of
from simulations.city_model.model import CityModel
from simulations.experiment.experiment import Experiment, Rival
from simulations.experiment.file import checked
from simulations.fork.cell_ground import cell_ground
from simulations.fork.cores import cores, in_order
from simulations.fork.futures import Futures as Drawn
from simulations.fork.futures import draw
from simulations.fork.look_ahead import play
from simulations.fork.of_views import now_of
from simulations.fork.past import seen_in
from simulations.fork.stages import learned
from simulations.fork.usual import Usual
from simulations.nights.play import rival_named
from simulations.nights.service import Service
from simulations.policy_day.from_log import open_log
from simulations.posts import posts_of
from simulations.results.compare import COMPARED, Apart, Pair, compare, intervals
from simulations.results.figures import Values
from simulations.results.table import as_text
from simulations.statistics.intervals import Interval

SHOWN = ("incidents", "late", "late_P1", "mean_s", "median_s", "p90_s", "waited", "unserved")


@dataclass(frozen=True, eq=False)
class Past:
    """What was known at an instant, as values: nothing that is done with it touches the log."""

    taken: Taken

    @property
    def at(self) -> datetime:
        return self.taken.now.at

    def __repr__(self) -> str:
        now = self.taken.now
        free = sum(unit.duty == "on_duty" and unit.incident_number is None for unit in now.units)
        serving = sum(unit.incident_number is not None for unit in now.units)
        policies = ", ".join(f"{priority} {name}" for priority, name in sorted(now.policies.items()))
        return (
            f"{now.at.isoformat()}, as known at place {now.seq} of the log: {free} units free, {serving} on "
            f"runs, {len(now.waiting)} incidents wait; {now.lately.count} were opened in "
            f"{now.lately.hours:.1f} h.\n"
            f"In force: {policies}."
        )

    def futures(
        self,
        rivals: Sequence[Rival | str] = ("rules",),
        hours: float = 1.0,
        count: int = 200,
        seed: int = 115,
    ) -> "Futures":
        """Every rival in the same futures: who waits, who serves and who rings is the same for each.

        rivals : "rules" for the policies that were in force, the name of another one, or one with a move-up
                 ("closest:dmexclp"); crews, beds and roads are those of the instant
        Raises BadExperiment, ValueError with a sentence.
        """
        named = [rival_named(each) if isinstance(each, str) else each for each in rivals]
        if not named or len({each.name for each in named}) < len(named):
            raise ValueError("Name at least one rival, and each otherwise.")
        for each in named:
            if each != Rival(each.name, policy=each.policy, move_up=each.move_up):
                raise ValueError(
                    f"Rival `{each.name}`: of an instant only policy and move-up can be another."
                )
        if not 0 < hours <= 24 or not 2 <= count <= 10_000:
            raise ValueError("Futures are up to 24 hours long, and from 2 to 10,000.")
        asked = checked(
            Experiment(
                f"{self.at.isoformat()}, the next {hours:g} h",
                self.taken.city.id,
                tuple(named),
                hours=hours,
                warm_up_hours=0.0,
                replications=count,
                seed=seed,
            )
        )
        values: dict[str, Values] = {}
        for rival in named:
            drawn = draw(start_of(self.taken, rival), count, hours, seed)
            found = list(in_order(partial(_figures, drawn), count, cores()))
            values[rival.name] = {name: [each[name] for each in found] for name in SHOWN}
        return Futures(asked, values)


def _figures(drawn: Drawn, number: int) -> dict[str, float]:
    incidents = drawn.incidents[number]
    return figures_of_future(incidents, play(drawn, number, incidents), drawn.begin)


@dataclass(frozen=True, eq=False)
class Futures:
    """values : by rival and figure, one a future"""

    asked: Experiment
    values: dict[str, Values]
    apart: list[Apart] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "apart", compare(self.values, self._pairs))

    @property
    def _pairs(self) -> list[Pair]:
        figures = tuple(each for each in COMPARED if each in SHOWN)
        first, *others = self.values
        return [Pair(first, other, figures) for other in others]

    @property
    def intervals(self) -> dict[str, dict[str, Interval | None]]:
        return intervals(self.values)

    def __repr__(self) -> str:
        return as_text(self.asked, self.intervals, self.apart, SHOWN)

    def by_future(self) -> pa.Table:
        """A row for each rival and future, a column for each figure."""
        rows = [
            {"rival": name, "future": number, **{figure: its[number] for figure, its in values.items()}}
            for name, values in self.values.items()
            for number in range(self.asked.replications)
        ]
        return pa.Table.from_pylist(rows)


def open_past(data: Path | str, at: datetime | str, service: Service) -> Past:
    """What a centre knew at an instant, to be carried on.

    data    : the data folder of the centre, which may be running
    at      : with its offset, such as 2026-11-20T18:30+07:00
    service : of the same city; its demand says how often people call in the hours to come
    Raises FileNotFoundError, ValueError with a sentence.
    """
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} does not say by which clock: add the offset.")
    log = open_log(Path(data))
    try:
        return _past(log, moment, service)
    finally:
        log.close()


def _past(log: DispatchLog, at: datetime, service: Service) -> Past:
    views = views_at(SomeFacts(log, KNOWN), at)
    if not views.rows("units"):
        raise ValueError(f"At {at.isoformat()} the log knows no unit: it begins later.")
    standing = service.standing
    city = city_of(service.model) if standing is None or standing.city is None else standing.city
    grid, stations = service.grid, {each.id: each.position for each in city.stations}
    times = grid.times
    if times is None:
        raise ValueError("The cells of the demand are not known.")
    posts = [place for _, place in posts_of(city).values()]
    ground = cell_ground(times, [each.position for each in city.hospitals], posts)
    seen = seen_in(views, at, stations)
    places = list({each.position for each in seen.units if each.position is not None} | {*posts})
    off_map = frozenset(place for place, cell in zip(places, grid.cells_of(places), strict=True) if cell < 0)
    now = now_of(
        views,
        seen,
        at,
        learned(views.rows("runs")),
        city,
        service.rules,
        usual_in(service.model),
        off_map,
    )
    return Past(Taken(now, city, service.rules, ground, times["van"].cells.weights))


def usual_in(model: CityModel) -> Usual:
    """The week of a model, as forks have it."""
    rates = {
        str(priority): tuple(
            sum(hour)
            for hour in zip(*(kind.rates for kind in model.kinds if kind.priority == priority), strict=True)
        )
        or (0.0,) * 168
        for priority in Priority
    }
    return Usual(rates, model.pace)
