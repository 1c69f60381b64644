"""`vigil up`: open the map and the centre, serve the console and the API."""

import atexit
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import httpx
import typer
import uvicorn
from starlette.types import ASGIApp

from api.accounts.demo import is_loopback
from api.accounts.quiet_log import hide_tokens_in_logs
from api.accounts.sign_in_rules import BadSignInFile, SignInRules, load_sign_in
from api.accounts.store import FILE_NAME as ACCOUNTS
from api.accounts.store import AccountStore
from api.city_of_log import OtherCity, claim
from api.cli.asked_to_end import ended_with_0
from api.cli.first_run import begin_again, serve_first_run, wants_first_run
from api.cli.free_port import insist_on_free_port
from api.cli.kafka_options import Prefix
from api.cli.progress import shown_progress
from api.first_run.city_files import cities_for
from api.first_run.drill import folder_of, throw_away
from api.first_run.state import move_to, stage_of
from api.ingest.ways_in import BadWay, Ways, read_ways
from api.main import create_app
from api.map_notes import MapNotes
from api.maps import Opened, open_map
from api.observe.logs import set_up_logs
from api.observe.switches import BadCollector, asked_for, traces_of
from api.own_names import host_name
from api.postgres.address import Address, BadAddress
from api.postgres.choice import NoDatabase, chosen, database, elsewhere, options_for, remember
from api.postgres.migrate import DatabaseUnfit
from api.stores import AlreadyRunning, held, hold, insist_alone
from api.streams.broker_settings import DEFAULT_PREFIX
from api.streams.orders import Arrivals
from api.wiring import Settings, open_centre
from dispatch.city_file import BadCityFile
from routing.errors import MapError
from routing.week import WeekSpeeds, load_week

HERE = Path("var")
ROOT = Path(__file__).resolve().parents[2]


class Arriving(StrEnum):
    NOTE = "note"
    REPORT = "report"
    NONE = "none"

    @property
    def wanted(self) -> Arrivals | None:
        match self:
            case Arriving.NOTE:
                return "note"
            case Arriving.REPORT:
                return "report"
        return None


def up(
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="Where everything is kept.")] = HERE,
    city: Annotated[str | None, typer.Option("--city", metavar="NAME", help="A folder of cities/.")] = None,
    map_file: Annotated[
        Path | None, typer.Option("--map", metavar="FILE", help="An OSM file: .osm.pbf, .osm, .osm.gz.")
    ] = None,
    speeds: Annotated[
        Path | None,
        typer.Option("--speeds", metavar="FILE", help="Speeds by the hour, of `vigil speeds learn`."),
    ] = None,
    db: Annotated[
        str,
        typer.Option(
            "--db",
            metavar="sqlite|auto|URL",
            help="Where the log is kept: files in --data, a PostgreSQL of its own there (auto), or a server "
            "(postgresql://user@host/name).",
        ),
    ] = "sqlite",
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535)] = 8115,
    behind_proxy: Annotated[
        list[str] | None,
        typer.Option(
            "--behind-proxy",
            metavar="NAME",
            help="A name under which a reverse proxy on this machine shows it; its X-Forwarded-For and "
            "X-Forwarded-Proto are then believed. May be given again.",
        ),
    ] = None,
    demo: Annotated[bool, typer.Option("--demo", help="Run a simulated city on it (loopback only).")] = False,
    demo_speed: Annotated[
        float, typer.Option("--demo-speed", min=0.1, max=60.0, help="Pace of the simulated city.")
    ] = 1.0,
    demo_driver: Annotated[
        bool, typer.Option("--demo-driver/--no-demo-driver", help="Let the simulated city act, or stand.")
    ] = True,
    cities: Annotated[
        Path, typer.Option("--cities", metavar="DIR", help="City files.", show_default="cities/")
    ] = ROOT / "cities",
    prepare_only: Annotated[bool, typer.Option("--prepare-only", help="Build the map and stop.")] = False,
    mqtt: Annotated[
        str | None,
        typer.Option("--mqtt", metavar="HOST:PORT", help="A broker that phones with OwnTracks publish to."),
    ] = None,
    kafka: Annotated[
        str | None,
        typer.Option("--kafka", metavar="HOST:PORT", help="Send positions on to the region's Kafka."),
    ] = None,
    centre: Annotated[
        str,
        typer.Option("--centre", metavar="NAME", help="What the region calls it.", show_default="the city"),
    ] = "",
    prefix: Prefix = DEFAULT_PREFIX,
    arrivals: Annotated[
        Arriving,
        typer.Option(
            "--arrivals",
            help="By its position a unit seems to be there, or something is late: a note on the incident, "
            "or report the arrival, or write nothing. With --kafka the region's workers do it.",
        ),
    ] = Arriving.NOTE,
    keep_pings: Annotated[
        int | None,
        typer.Option(
            "--keep-pings", metavar="DAYS", min=1, help="Forget where units were before.", show_default="all"
        ),
    ] = None,
    log_json: Annotated[
        bool, typer.Option("--log-json", help="Write JSON lines, as VIGIL_LOG=json does.")
    ] = False,
    otlp: Annotated[
        str | None,
        typer.Option("--otlp", metavar="URL", help="Tell traces to a collector, such as http://host:4318."),
    ] = None,
) -> None:
    """Open Vigil on an address of this machine. /readyz answers 200 once calls can be taken."""
    try:
        os.environ.update(asked_for(log_json, otlp))
    except BadCollector as fault:
        _stop(str(fault))
    set_up_logs(os.environ)
    hide_tokens_in_logs()
    os.umask(0o077)  # calls name people: what is kept is for this account of the machine alone
    if demo and not is_loopback(host):
        _stop(f"--demo uses public passwords, so it runs on this machine alone; {host} is open to others.")
    if demo and behind_proxy:
        _stop("--demo uses public passwords, so no proxy may show it to others.")
    if not prepare_only:
        insist_on_free_port(host, port)  # said before a map is built, not after
    try:
        sign_in = load_sign_in(data)
        ways = read_ways(mqtt, kafka, centre, keep_pings, prefix)
        chosen(db, data)
        if not prepare_only:
            insist_alone(data, elsewhere(db))
        names = own_names(host, behind_proxy or [], sign_in)
        if not (demo or prepare_only) and wants_first_run(data, city, map_file):
            if serve_first_run(data, cities, db, host, port, names, _console_folder(), _say):
                begin_again()
            return
        opened = _open_map(cities, data, city, map_file)
        if prepare_only:
            return
        week = _speeds(speeds, opened) if speeds else None
        settings = Settings(data, host, port, demo, week, None, ways, arrivals.wanted, sign_in)
        settings = replace(settings, names=names, behind_proxy=bool(behind_proxy))
        with ended_with_0(), database(db, data, _say) as address:
            if stage_of(data) == "drill" and not demo:
                over = _serve_drill(settings, opened, address)
            else:
                _claim(data, address, db, opened, demo)
                over = _serve(
                    replace(settings, database=address), opened, demo_speed if demo_driver else None
                )
        if over:
            begin_again()
    except (BadSignInFile, BadWay, MapError, BadCityFile, BadAddress, NoDatabase, DatabaseUnfit) as fault:
        _stop(str(fault))
    except (AlreadyRunning, OtherCity, OSError) as fault:
        _stop(str(fault))


def _serve_drill(settings: Settings, opened: Opened, address: Address | None) -> bool:
    """An exercise on a log of its own, with the accounts of the centre; whether it was declared over."""
    data = settings.data
    with hold(data):
        apart = replace(settings, data=folder_of(data), ways=Ways(), drill_for=address or data / ACCOUNTS)
        over = _serve(apart, opened, None)
        if over:
            throw_away(data)
            move_to(data, "live")
    return over


def _serve(settings: Settings, opened: Opened, demo_speed: float | None) -> bool:
    """Until somebody asks it to end; whether that was the end of a drill."""
    traces = traces_of(os.environ)
    app = create_app(lambda: open_centre(settings, opened), _console_folder(), traces, settings.names)
    server = uvicorn.Server(listening(app, settings))
    url = address(settings.host, settings.port)
    announced = threading.Thread(target=_announce, args=(url, opened, settings, demo_speed), daemon=True)
    announced.start()
    over = threading.Event()

    def end_drill() -> None:
        over.set()
        server.should_exit = True

    app.state.end_drill = end_drill
    server.run()
    return over.is_set()


def listening(app: ASGIApp, settings: Settings) -> uvicorn.Config:
    """How the server listens, and what it believes."""
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        log_level="warning",
        access_log=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=5,
        limit_concurrency=1000,
        # Unless a proxy is known to stand before us, anybody on this machine could say who they are.
        proxy_headers=settings.behind_proxy,
        ws_max_size=65536,
        # One frame would be packed for every screen anew, 300 times; desks are on a fast line.
        ws_per_message_deflate=False,
    )


def address(host: str, port: int) -> str:
    """Where to point a browser; the numbers of IPv6 stand in brackets."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def own_names(host: str, shown: list[str], sign_in: SignInRules) -> frozenset[str] | None:
    """Under which names it answers besides those of this machine; None where others may reach it directly,
    by names we cannot know."""
    if not is_loopback(host):
        return None
    back = [sign_in.oidc.public_url] if sign_in.oidc else []
    return frozenset(name for name in map(host_name, [*shown, *back]) if name)


def _speeds(path: Path, opened: Opened) -> WeekSpeeds:
    """Learned speeds for the map that is open. Raises MapError."""
    week = load_week(path)
    if week.map_version not in ("", opened.roads.version):
        raise MapError(
            f"{path.name} was learned on the map {week.map_version}, not on {opened.roads.version}."
        )
    return week


def _open_map(cities: Path, data: Path, city: str | None, map_file: Path | None) -> Opened:
    if map_file is not None and not map_file.is_file():
        raise MapError(f"There is no file {map_file}.")
    folder = cities_for(data, cities, city or MapNotes(data / "maps").last_city())
    with shown_progress() as progress:
        return open_map(folder, data, city, map_file, _say, progress)


def _claim(data: Path, address: Address | None, db: str, opened: Opened, demo: bool) -> None:
    """A second Vigil on the same log, or another city, is told before the server starts."""
    with held(data, address) as place:
        aside = claim(place, opened.city.id, demo)
    if aside is not None:
        _say(f"The demonstration that ran here before was laid aside in {aside}.")
    before = remember(db, data)
    if before not in ("", db) and before != repr(address) and (address is not None or before != "sqlite"):
        _say(f"This folder was opened with --db {before} before; what is kept there stays there.")


def _say(words: str) -> None:
    typer.echo(words, err=True)


def _announce(url: str, opened: Opened, settings: Settings, demo_speed: float | None) -> None:
    """Say where it runs once it is ready, and start the simulated city beside it."""
    # No certificates are read for it, time and again while the start wants the core; nor a proxy asked.
    with httpx.Client(timeout=2, verify=False, trust_env=False) as client:
        for _ in range(600):
            try:
                if client.get(f"{url}/readyz").status_code == 200:
                    break
            except httpx.HTTPError:
                pass
            time.sleep(0.2)
        else:
            return
    name = opened.city.name["en"]
    typer.echo(f"\n  Vigil is open:  {url}\n  Map:            {opened.shown.name} ({name})")
    if settings.demo:
        typer.echo(
            "  Demo logins:    dispatcher clinician hospital crew planner supervisor admin, password: demo"
        )
        typer.echo(f"  Bed board:      {url}/hospital (login: hospital)")
        if demo_speed is not None:
            _run_the_demo(url, demo_speed)
    elif settings.drill_for is not None:
        typer.echo("  A drill: nothing that happens is counted. It ends at the desk, and Vigil goes live.")
    elif not has_accounts(settings):
        typer.echo(f"  No accounts yet: vigil user add NAME --role dispatcher {options_for(settings.data)}")
    typer.echo("  Stop with Ctrl+C.\n")


def has_accounts(settings: Settings) -> bool:
    store = AccountStore(settings.database or settings.data / ACCOUNTS)
    try:
        return bool(store.all())
    finally:
        store.close()


def _run_the_demo(url: str, speed: float) -> None:
    order = [sys.executable, "-m", "simulations.living_demo", "--url", url, "--speed", str(speed)]
    child = subprocess.Popen([*order, "--parent-pid", str(os.getpid())], cwd=ROOT)
    typer.echo(f"  Simulated city: running at speed {speed:g} (process {child.pid})")

    def stop() -> None:
        child.send_signal(signal.SIGTERM)

    atexit.register(stop)


def _console_folder() -> Path | None:
    folder = ROOT / "console" / "dist"
    if not (folder / "index.html").is_file():
        typer.echo("The console is not built (make setup builds it); only the API is served.", err=True)
        return None
    return folder


def _stop(sentence: str) -> None:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)
