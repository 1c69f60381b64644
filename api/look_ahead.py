"""A look ahead out of the live state: what sending one unit or another means for the calls of the next hour.

Live is read here and handed over as values; nothing is written, to the log or to the views.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from time import perf_counter
from typing import TYPE_CHECKING
from uuid import UUID

from api.advice import advice_for
from api.centre import Centre
from api.hand import now
from api.live_now import live_now
from api.move_ups import posts_of
from dispatch.advise import Advice
from dispatch.policies.send import RankedUnit
from dispatch.still_picture import StillPicture
from domain.choosing_errors import LookAheadsBusy, LookAheadUnderWay, NobodyToLookAheadFor, NotWaiting
from domain.city import City
from domain.coverage_errors import CoverageNotReady
from domain.errors import UnknownIncident
from projections.memory import MemoryViews

if TYPE_CHECKING:  # loaded where somebody first asks
    from simulations.fork.cell_ground import CellGround
    from simulations.fork.look_ahead import LookAhead
    from simulations.fork.now import Now
    from simulations.fork.stages import Stages
    from simulations.fork.usual import Usual

log = logging.getLogger("vigil.look_ahead")

FIRST = 3
"""So many units are compared, from the first of the recommendation on."""
SEED = 115
"""One for all: whoever asks again at the same moment hears the same, as far as as many futures fit in."""
OLD_AFTER = 500
"""Facts, after which the centre's own runs are looked through again."""
PLAYS_S = 0.6
"""Longer than so long, from the first future on, nobody waits for more than the least."""
AT_ONCE = 4
"""So many questions stand in line, the one that is reckoned among them: it takes the cores for a moment."""


@dataclass(frozen=True, slots=True)
class Looked:
    """advice : whose first units were compared"""

    now: Now
    advice: Advice
    units: Sequence[RankedUnit]
    found: LookAhead


@dataclass(slots=True)
class Turns:
    """One question a desk at a time, and few in all: a look ahead is no reason for an order to wait."""

    _asking: set[str] = field(default_factory=set)
    _gate: Lock = field(default_factory=Lock)
    _core: Lock = field(default_factory=Lock)

    @contextmanager
    def taken_by(self, desk: str) -> Iterator[None]:
        """Raises LookAheadUnderWay, LookAheadsBusy."""
        with self._gate:
            if desk in self._asking:
                raise LookAheadUnderWay
            if len(self._asking) >= AT_ONCE:
                raise LookAheadsBusy
            self._asking.add(desk)
        try:
            with self._core:
                yield
        finally:
            with self._gate:
                self._asking.remove(desk)


@dataclass(slots=True)
class LookAheads:
    """What is kept between questions: the ground of the present road times, what own runs tell, and what the
    city's files say of the hours of the week."""

    turns: Turns = field(default_factory=Turns)
    _loaded: bool = False
    _wanted: bool = False
    _making: Lock = field(default_factory=Lock)
    _ground: tuple[object, CellGround] | None = None
    _stages: tuple[int, Stages] | None = None
    _usual: tuple[Path | None, Usual | None] | None = None

    def ask(self, centre: Centre, incident_id: UUID, futures: int, hours: float, desk: str) -> Looked:
        """Raises UnknownIncident, NotWaiting, NobodyToLookAheadFor, CoverageNotReady, PictureBehind,
        LookAheadUnderWay, LookAheadsBusy."""
        row = centre.row("incidents", str(incident_id))
        if row is None:
            raise UnknownIncident(incident_id=incident_id)
        if row["status"] != "waiting":
            raise NotWaiting(number=row["number"])
        self._wanted = True
        with self.turns.taken_by(desk):
            return self._look(centre, incident_id, row["number"], futures, hours)

    def _look(self, centre: Centre, incident_id: UUID, number: int, futures: int, hours: float) -> Looked:
        from simulations.fork.futures import draw
        from simulations.fork.look_ahead import Going, look_ahead
        from simulations.fork.start import start

        ground, weights = self._cells(centre)
        advice = advice_for(centre, incident_id)
        stages = self._learned(centre.views)
        picture = StillPicture(advice.fleet, advice.hospitals_seen)
        seen = live_now(centre, picture, advice.at, stages, self._hours_of_week(centre.city_files))
        if all(each.incident_id != str(incident_id) for each in seen.waiting):
            raise NotWaiting(number=number)  # somebody was sent meanwhile
        begin = start(seen, centre.city, centre.desk.rules, ground, weights)
        first = [
            each for each in advice.units.units if each.free_in_s is None and begin.may_go(each.callsign)
        ][:FIRST]
        if not first:
            raise NobodyToLookAheadFor(number=number)
        going = [Going(each.callsign, each.eta_s) for each in first]
        found = look_ahead(draw(begin, futures, hours, SEED), str(incident_id), going, after(PLAYS_S))
        return Looked(seen, advice, first, found)

    def get_ready(self, centre: Centre) -> None:
        """What takes a moment is done before somebody asks: kernels are loaded, and the ground is made of the
        present road times; again of newer ones once somebody has asked."""
        grid = centre.desk.coverage
        if grid is None or grid.times is None:
            return
        if not self._loaded:
            self._loaded = True
            _load(centre.city)
            self._cells(centre)
            self._learned(centre.views)
        elif self._wanted and self._ground is not None and self._ground[0] is not grid.times:
            self._wanted = False
            self._cells(centre)

    def take(self, centre: Centre) -> tuple[Now, CellGround, Sequence[float]]:
        """The live state of this moment as values, with the ground it stands on. Raises CoverageNotReady."""
        ground, weights = self._cells(centre)
        stages, usual = self._learned(centre.views), self._hours_of_week(centre.city_files)
        seen = live_now(centre, StillPicture.of(centre.picture), now(), stages, usual)
        return seen, ground, weights

    def _cells(self, centre: Centre) -> tuple[CellGround, Sequence[float]]:
        from simulations.fork.cell_ground import cell_ground

        grid = centre.desk.coverage
        times = None if grid is None else grid.times
        if times is None:
            raise CoverageNotReady
        with self._making:
            if self._ground is None or self._ground[0] is not times:
                hospitals = [each.position for each in centre.city.hospitals]
                posts = [place for _, place in posts_of(centre).values()]
                self._ground = times, cell_ground(times, hospitals, posts)
            return self._ground[1], times["van"].cells.weights

    def _learned(self, views: MemoryViews) -> Stages:
        from simulations.fork.stages import learned

        seq = views.position
        if self._stages is None or seq - self._stages[0] > OLD_AFTER:
            self._stages = seq, learned(views.rows("runs"))
        return self._stages[1]

    def _hours_of_week(self, files: Path | None) -> Usual | None:
        """As the city's `demand.toml` has them; none where it has none, or a faulty one."""
        from simulations.city_model.faults import BadModel
        from simulations.fork.usual import usual_of

        if self._usual is None or self._usual[0] != files:
            usual = None
            try:
                usual = usual_of(files)
            except BadModel as fault:
                log.warning("A look ahead goes without the hours of the week: %s", fault)
            self._usual = files, usual
        return self._usual[1]


def _load(city: City) -> None:
    """Nothing is compiled here: that would hold the desks of a centre up for a minute."""
    from simulations.compiled import compiled_before
    from simulations.warm import warm_up

    if not compiled_before():
        log.info(
            "Looks ahead are not compiled yet (scripts/setup does it): whoever asks first waits a minute"
        )
    elif city.units and city.stations and city.hospitals:
        warm_up(city)


def after(seconds: float) -> Callable[[], bool]:
    """Whether so many seconds have passed since it was first asked: kernels may have to load before that."""
    begun: list[float] = []

    def passed() -> bool:
        begun.append(perf_counter())
        return begun[-1] - begun[0] > seconds

    return passed
