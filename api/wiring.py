"""Join the rooms into a running centre. Only here are settings read and adapters chosen."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from uuid import UUID
from zoneinfo import ZoneInfo

from api.accounts.demo import drop_demo_accounts, ensure_demo_accounts
from api.accounts.sign_in_rules import SignInRules
from api.accounts.store import FILE_NAME as ACCOUNTS
from api.accounts.store import AccountStore
from api.alarms import Alarms
from api.bringing_up import bring_up
from api.centre import Centre, ShownAdvice, jittered_pause
from api.dress import Dress
from api.feed import Feed
from api.figure_keeper import FigureKeeper
from api.first_run.drill import DrillCrews
from api.follower import Follower
from api.hand import machine_act, now
from api.inbound import InboundTimes
from api.ingest.devices import book_of_devices
from api.ingest.ways_in import Ways, open_ways
from api.live_coverage import LiveCoverage
from api.live_traffic import LiveTraffic
from api.maps import Opened
from api.measure import FALLBACKS
from api.names import LateGazetteer
from api.picture import Picture
from api.planning.keeper import Simulations
from api.planning.own_log import log_days, surroundings
from api.planning.shelf import Shelf
from api.postgres.address import Address
from api.ready_to_look import ReadyToLook
from api.snapshot_keeper import SnapshotKeeper
from api.stores import hold, open_stores
from api.streams.home import HomeStreams
from api.streams.orders import Arrivals
from api.telemetry import Telemetry
from api.unit_streets import UnitStreets
from api.view_keeper import ViewKeeper
from dispatch.application import DispatchLog
from dispatch.commands import carry_out
from dispatch.desk import Desk
from dispatch.handlers.set_up_city import SetUpCity, set_up_city
from dispatch.protocol_file import shipped_protocols
from dispatch.some_facts import SomeFacts
from domain.city import City
from domain.traffic import Closure, Slowing, SpeedReport, Stretch, Traffic
from domain.values import Position
from projections.figures.book import FigureBook
from projections.figures.fold import FACTS as FIGURE_FACTS
from projections.positions import LatestPositions
from projections.projector import Batch
from projections.rows import Changes
from projections.taking import Taking
from routing.areas.grid import RoadGrid
from routing.fallback import WithFallback
from routing.live import LiveRoads
from routing.straight_line import StraightLineTimes
from routing.warm import ask_everything
from routing.week import WeekSpeeds

log = logging.getLogger("vigil.wiring")

PLANNED = "simulations"
"""The folder of the data in which planners' models, scenarios and simulations are."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where Vigil keeps its data, how it is reached, and how fast streets are by the hour of the week.

    database : keeps the log, the views, the pings and the accounts; None: files in `data` do
    ways     : how position reports come in, beside HTTP
    sign_in  : how people sign in
    drill_for : this is an exercise; where the accounts are that may take part
    arrivals : what the streams find is noted, or arrivals are reported; None: nothing is written of it
    names    : under which alone it answers, besides those of this machine; None: under any
    behind_proxy : what a proxy on this machine says of who comes is believed
    """

    data: Path
    host: str = "127.0.0.1"
    port: int = 8115
    demo: bool = False
    week: WeekSpeeds | None = None
    database: Address | None = None
    ways: Ways = field(default_factory=Ways)
    arrivals: Arrivals | None = "note"
    sign_in: SignInRules = field(default_factory=SignInRules)
    drill_for: Path | Address | None = None
    names: frozenset[str] | None = None
    behind_proxy: bool = False


def open_centre(settings: Settings, opened: Opened) -> Centre:
    """Open log, views, telemetry and accounts, bring the views up to the log, and set the city up.

    Raises AlreadyRunning where another process works in the same folder or database: one writer a centre;
    DatabaseUnfit, DatabaseAway.
    """
    lock = hold(settings.data)
    stores = open_stores(settings.data, settings.database)
    dispatch_log, city = stores.log, opened.city
    live_roads = _live_roads(opened, settings.week)
    desk, failing = _desk(dispatch_log, live_roads, opened)
    views, taking = stores.folded(), Taking(stores.snapshots)
    bring_up(dispatch_log, views, stores.views, taking)
    feed = Feed(views.position)
    alarms = Alarms(feed.tell)
    traffic = LiveTraffic(live_roads, lambda: _traffic(dispatch_log, city), feed.tell, now, alarms)

    def publish(batch: Batch, changes: Changes) -> None:
        feed.publish(batch, dress.changes(changes))
        traffic.hear(batch)
        past.hear()
        streams.keeper.hear()
        counted.hear()

    dress = Dress(
        city.targets, desk.rules.safety, desk.rules.undo, views, lambda: now().astimezone(desk.timezone)
    )
    keeper = ViewKeeper(stores.views)
    past = SnapshotKeeper(views, taking, lambda: keeper.stored)
    streams = HomeStreams(
        dispatch_log, settings.ways.name or city.id, city, alarms, now, desk.rules.prompts.stay_s
    )
    figure_facts = SomeFacts(dispatch_log, FIGURE_FACTS)
    counted = FigureKeeper(FigureBook(figure_facts, stores.figures, dispatch_log.position()))
    follower = Follower(dispatch_log, views, keeper.keep, publish)
    follower.start()
    traffic.start((views.row("roads", city.id) or {}).get("seq", 0))
    keeper.start()
    past.start()
    counted.start()
    streets = UnitStreets(opened.roads, lambda callsign: (views.row("units", callsign) or {}).get("kind"))
    positions = LatestPositions(stale_after_s=city.targets.unit_position.red_s)
    telemetry = Telemetry(positions, stores.pings, streets.hear, alarms, settings.ways.keep_days)
    telemetry.start()
    if settings.drill_for is not None:
        stores.accounts.close()
        stores.accounts = AccountStore(settings.drill_for)
    stores.accounts.rules = settings.sign_in
    _demo_accounts(stores.accounts, settings, city)
    planned = (settings.data / PLANNED).resolve()
    centre = Centre(
        city=city,
        map=opened.shown,
        desk=desk,
        views=views,
        past=past,
        follower=follower,
        keeper=keeper,
        telemetry=telemetry,
        picture=Picture(views, telemetry.positions, streets.place, homes_of(city)),
        streets=streets,
        feed=feed,
        traffic=traffic,
        alarms=alarms,
        streams=streams,
        dress=dress,
        figures=counted,
        inbound=InboundTimes(telemetry.positions.latest, desk.rules.inbound),
        gazetteer=LateGazetteer(opened.shown.folder, opened.names),
        failing_roads=failing,
        accounts=stores.accounts,
        epoch=stores.epoch,
        demo=settings.demo,
        shown=ShownAdvice(),
        stores=stores,
        lock=lock,
        city_files=opened.files,
        shelf=Shelf(
            city.id,
            (opened.files or Path()).resolve(),
            opened.shown.folder.resolve(),
            planned,
            settings.data.resolve(),
            lambda: log_days(dispatch_log, city.timezone),
        ),
        simulations=Simulations(planned / "asked", surroundings=surroundings(stores.database)),
    )
    answer = carry_out(SetUpCity(machine_act("city"), city), set_up_city, desk, jittered_pause)
    follower.wait_for(answer.seq, 30.0)
    _open_maps(centre, settings.database)
    _begin_coverage(centre)
    centre.simulations.start()
    open_ways(centre, settings.ways, book_of_devices(settings.database or settings.data / ACCOUNTS))
    _begin_streams(centre, settings)
    if settings.drill_for is not None:
        centre.drill = DrillCrews(centre)
        centre.drill.start()
    return centre


def _begin_coverage(centre: Centre) -> None:
    """Cells are drawn beside the desk: until then coverage is not told, and nobody waits for it."""
    grid = centre.desk.coverage
    if isinstance(grid, RoadGrid):
        centre.covering = LiveCoverage(grid, centre.desk.log, centre.desk.rules.coverage.shrink_calls)
        centre.covering.start()
        centre.ready_to_look = ReadyToLook(centre)
        centre.ready_to_look.start()


def _begin_streams(centre: Centre, settings: Settings) -> None:
    """A centre of a region leaves the orders to the workers there, which hear all it hears."""
    streams = centre.streams
    if settings.ways.kafka is None and settings.arrivals is not None:
        streams.give_orders(centre.order, centre.row, settings.arrivals)
    centre.telemetry.follow(streams.keeper.offer)
    streams.start(centre.telemetry.positions.all())


def _open_maps(centre: Centre, database: Address | None) -> None:
    """The tables that maps and figures are made of are for those alone who have a PostgreSQL."""
    if database is not None:
        from api.map_tables import MapTables

        centre.maps = MapTables(centre.desk, centre.picture, database)
        centre.maps.start()


def _live_roads(opened: Opened, week: WeekSpeeds | None) -> LiveRoads:
    roads = LiveRoads(opened.roads, week=week, zone=ZoneInfo(opened.city.timezone), now=now())
    ask_everything(roads.still())  # kernels compile and load now, not while a first dispatcher waits
    _rehearse(roads, opened.city.centre)
    Thread(target=roads.still().areas.prepare, name="ground", daemon=True).start()  # no call waits
    return roads


def _rehearse(roads: LiveRoads, here: Position) -> None:
    """Close a street of each shape and measure one, on roads that are thrown away: the first flood is no time
    to compile."""
    lat, lon = here.lat, here.lon
    shapes = (
        Stretch("point", ((lat, lon),)),
        Stretch("line", ((lat, lon), (lat + 1e-3, lon))),
        Stretch("area", ((lat, lon), (lat + 1e-3, lon), (lat, lon + 1e-3))),
    )
    roads.roads_under(
        Traffic(
            version=1,
            closures=tuple(Closure(UUID(int=i), shape, "") for i, shape in enumerate(shapes)),
            slowings=tuple(Slowing(UUID(int=9 - i), shape, 0.5, "") for i, shape in enumerate(shapes)),
            reports=tuple(SpeedReport(shape, 20.0, now(), 90.0) for shape in shapes),
        ),
        now(),
    )


def _traffic(dispatch_log: DispatchLog, city: City) -> Traffic:
    """What hinders the roads, as the log has it."""
    roads = dispatch_log.roads(city.id)
    return roads.traffic if roads is not None else Traffic()


def _desk(
    dispatch_log: DispatchLog, live_roads: LiveRoads, opened: Opened
) -> tuple[Desk, Callable[[], Sequence[str]]]:
    """The desk, and how to learn which questions its road engine fails at."""

    def failed(question: str) -> None:
        FALLBACKS.labels(question).inc()

    roads = WithFallback(live_roads, StraightLineTimes(live_roads.map_version), log.error, failed)
    desk = Desk(
        log=dispatch_log,
        roads=roads,
        protocols=shipped_protocols(),
        timezone=ZoneInfo(opened.city.timezone),
        coverage=RoadGrid(live_roads.still),
        country_code=opened.city.country_code,
        rules=opened.rules,
        stations={station.id: station for station in opened.city.stations},
    )
    return desk, lambda: roads.failing


def homes_of(city: City) -> dict[str, Position]:
    """Where each station stands: a crew that nobody sees is looked for there first."""
    return {station.id: station.position for station in city.stations}


def _demo_accounts(accounts: AccountStore, settings: Settings, city: City) -> None:
    if not settings.demo:
        drop_demo_accounts(accounts)
        return
    hospital, unit = city.hospitals[0].id, city.units[0].callsign
    ensure_demo_accounts(accounts, hospital, unit, host=settings.host)
