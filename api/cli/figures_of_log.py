"""What the commands about figures share: the log of a centre, its city, and the book folded from both."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from api.cli.progress import shown_progress
from api.cli.replay_command import open_log
from api.figure_city import FigureCity, Period
from api.maps import Opened, open_map
from api.postgres.address import BadAddress
from api.postgres.choice import NoDatabase
from dispatch.application import DispatchLog
from dispatch.city_file import BadCityFile
from dispatch.some_facts import SomeFacts
from domain.errors import Refused
from projections.figures.book import FigureBook
from projections.figures.fold import FACTS, OF_UNITS
from projections.figures.past import book_of_period
from routing.errors import MapError
from routing.gazetteer.find import OfflineGazetteer
from routing.gazetteer.tables import load as load_names

ROOT = Path(__file__).resolve().parents[2]
CITIES = ROOT / "cities"
Cities = Annotated[Path, typer.Option("--cities", metavar="DIR", help="City files.", show_default="cities/")]
CityOption = Annotated[
    str | None,
    typer.Option("--city", metavar="NAME", help="A folder of cities/.", show_default="as last opened"),
]
MapOption = Annotated[
    Path | None, typer.Option("--map", metavar="FILE", help="An OSM file.", show_default="as last opened")
]


@dataclass(frozen=True, slots=True)
class FiguresOfLog:
    log: DispatchLog
    opened: Opened
    here: FigureCity
    moment: datetime

    def period(self, start: str | None, end: str | None) -> Period:
        """As `FigureCity.period`."""
        return self.here.period(start, end, self.moment)

    def book(self, period: Period) -> FigureBook:
        """Folded from where the period may begin to the end of the log: nothing is written anywhere."""
        return book_of_period(
            SomeFacts(self.log, FACTS), SomeFacts(self.log, OF_UNITS), self.log.position(), period.start
        )


@contextmanager
def open_figures(
    data: Path, db: str | None, city: str | None, cities: Path, map_file: Path | None = None
) -> Iterator[FiguresOfLog]:
    """Beside whoever writes the log. What cannot be is said in a sentence: exit 1 for what was asked, 2 for
    where it was asked."""
    try:
        with open_log(data, db) as log:
            with shown_progress() as progress:
                opened = open_map(cities, data, city, map_file, _quiet, progress, beside=True)
            names = load_names(opened.shown.folder)
            gazetteer = None if names is None else OfflineGazetteer(names, opened.names)
            here = FigureCity(opened.city, opened.rules, gazetteer)
            yield FiguresOfLog(log, opened, here, datetime.now(UTC))
    except Refused as refusal:
        typer.echo(refusal.sentence(), err=True)
        raise typer.Exit(1) from None
    except (MapError, BadCityFile, BadAddress, NoDatabase) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(2) from None


def _quiet(_: str) -> None:
    """What a map was made from is no news here."""
