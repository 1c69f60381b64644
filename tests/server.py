"""The real service in a process of its own, for tests: started, asked, stopped or killed by its own id."""

import atexit
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

import httpx
import pytest

from api.postgres.address import Address, as_url
from tests.bridge_city import write_bridge_city
from tests.guards import Guard
from tests.real_maps import maps_folder
from tests.river_city import write_river_city
from tests.small_city import write_small_city
from tests.warm import Warm, fits, stock

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("VIGIL_SHARED_DATA", ROOT / ".." / "shared" / "data"))
VIGIL = COLD = [sys.executable, "-m", "api.cli.main"]
API = "/api/v1"
OF_ITSELF = frozenset({"clock", "offers", "auto"})
"""By these names the service writes of itself."""
LOOPBACK: dict[str, Any] = {"trust_env": False, "verify": False}
"""A proxy has no business between us and loopback. No certificates are read: that costs 20 ms a client."""
START_S = 110.0
STOP_S = 15.0
BUILT_S = 800.0
"""A map of Ho Chi Minh City takes a minute, and many where others want the cores."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A map built before, and the city on it: what servers of one test session share."""

    maps: Path
    city: str
    cities: Path


@cache
def letter_town_ground() -> Ground:
    """The drawn town of `tests.small_city`, built once a session; needs nothing but the checkout."""
    folder = _swept("vigil-letters-")
    source, cities = write_small_city(folder)
    return _prepared(Ground(folder / "data" / "maps", "letters", cities), source)


@cache
def bridge_ground() -> Ground:
    """The town with a bridge of `tests.bridge_city`."""
    folder = _swept("vigil-bridge-")
    source, cities = write_bridge_city(folder)
    return _prepared(Ground(folder / "data" / "maps", "bridge", cities), source)


@cache
def river_ground() -> Ground:
    """The town on two banks of `tests.river_city`."""
    folder = _swept("vigil-river-")
    source, cities = write_river_city(folder)
    return _prepared(Ground(folder / "data" / "maps", "river", cities), source)


@cache
def hcmc_ground() -> Ground:
    """Ho Chi Minh City's streets of 2018. Skips the test where the extract is not at hand."""
    source = SHARED / "osm" / "hcmc-2018.osm.pbf"
    if not source.is_file():
        pytest.skip(f"{source.name} is not in VIGIL_SHARED_DATA ({SHARED})")
    return _prepared(Ground(maps_folder(), "hcmc", ROOT / "cities"), source)


def _swept(prefix: str) -> Path:
    """A folder for as long as the tests run."""
    folder = Path(mkdtemp(prefix=prefix))
    atexit.register(rmtree, folder, ignore_errors=True)
    return folder


def _prepared(ground: Ground, source: Path) -> Ground:
    """Build the roads and the base map, as `vigil up` does before it serves."""
    done = vigil(
        *("up", "--prepare-only", "--map", source, "--city", ground.city),
        *("--cities", ground.cities, "--data", ground.maps.parent),
        timeout_s=BUILT_S,
    )
    assert done.returncode == 0, done.stderr
    return ground


def vigil(
    *arguments: object, timeout_s: float = 240.0, typed: str | None = None
) -> subprocess.CompletedProcess[str]:
    """The command line `vigil`, run to its end."""
    words = list(map(str, arguments))
    if typed is not None or VIGIL is not COLD or not fits():
        order = [*VIGIL, *words]
        return subprocess.run(
            order, cwd=ROOT, input=typed, capture_output=True, text=True, timeout=timeout_s, check=False
        )
    with TemporaryDirectory(prefix="vigil-said-") as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        process = stock().start(words, out, err)
        try:
            code = process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        said = [file.read_text(encoding="utf-8") for file in (out, err)]
    return subprocess.CompletedProcess(words, code, *said)


@dataclass
class Server:
    """`vigil up --demo` without a simulated city, on a free port of this machine."""

    ground: Ground
    data: Path
    port: int = 0
    process: subprocess.Popen[bytes] | Warm | None = None
    guard: Guard | None = None
    tokens: dict[str, str] = field(default_factory=dict)
    started_s: float = 0.0
    database: Address | None = None  # None: SQLite files in the data folder
    also: tuple[str, ...] = ()  # further words for `vigil up`
    cold: bool = False  # started as at a terminal, not from what is loaded: seconds longer

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def db(self) -> tuple[str, ...]:
        """What the command line needs to find its log."""
        return ("--db", as_url(self.database)) if self.database else ()

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def start(self) -> "Server":
        """Start it, or start it again on the same port and data folder; returns once it is ready."""
        self.data.mkdir(parents=True, exist_ok=True)
        if not (self.data / "maps").exists():
            (self.data / "maps").symlink_to(self.ground.maps, target_is_directory=True)
        self.port = self.port or free_port()
        began = time.monotonic()
        words = [
            *("up", "--demo", "--no-demo-driver", "--port", str(self.port)),
            *("--data", str(self.data), "--city", self.ground.city, "--cities", str(self.ground.cities)),
            *self.db,
            *self.also,
        ]
        if self.cold or VIGIL is not COLD or not fits():
            with self.log_file.open("ab") as log:
                self.process = subprocess.Popen([*VIGIL, *words], cwd=ROOT, stdout=log, stderr=log)
        else:
            self.process = stock().start(words, self.log_file, self.log_file)
        self._release()
        self.guard = Guard(self.pid, "INT")
        with httpx.Client(timeout=2, **LOOPBACK) as client:
            while not self._ready(client):
                if self.process.poll() is not None or time.monotonic() - began > START_S:
                    self.kill()
                    raise AssertionError(f"the server did not start:\n{self.said()[-4000:]}")
                time.sleep(0.05)
        self.started_s = time.monotonic() - began
        return self

    def _ready(self, client: httpx.Client) -> bool:
        try:
            return client.get(f"{self.url}/readyz").status_code == 200
        except httpx.HTTPError:
            return False

    @property
    def log_file(self) -> Path:
        return self.data / "server.log"

    def said(self) -> str:
        """All it wrote on its terminal."""
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """Ask it to end, as Ctrl+C does, and wait."""
        self._signal(signal.SIGINT)

    def kill(self) -> None:
        """`kill -9`: no goodbye, no flush."""
        self._signal(signal.SIGKILL)

    def _release(self) -> None:
        if self.guard is not None:
            self.guard.release()
            self.guard = None

    def _signal(self, number: signal.Signals) -> None:
        if self.process is None or self.process.poll() is not None:
            self._release()
            return
        self.process.send_signal(number)
        try:
            self.process.wait(STOP_S)
            self._release()
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(STOP_S)
            raise AssertionError(f"the server did not end within {STOP_S:.0f} s") from None

    def token(self, account: str) -> str:
        """The session of a demo account. Sessions outlive the server, so it signs in once."""
        if account not in self.tokens:
            body = {"username": account, "password": "demo"}
            answer = httpx.post(f"{self.url}{API}/login", json=body, timeout=30, **LOOPBACK)
            assert answer.status_code == 200, answer.text
            self.tokens[account] = answer.json()["token"]
        return self.tokens[account]

    def client(self, account: str | None = "dispatcher", language: str = "en") -> httpx.Client:
        """A telephone to the API, signed in as a demo account, or as nobody."""
        headers = {"Accept-Language": language}
        if account is not None:
            headers["Authorization"] = f"Bearer {self.token(account)}"
        return httpx.Client(
            base_url=self.url + API,
            headers=headers,
            timeout=30,
            **LOOPBACK,
            event_hooks={"response": [every_refusal_is_a_problem]},
        )

    def socket_url(self, account: str = "dispatcher", after: int | None = None) -> str:
        start = "" if after is None else f"after={after}&"
        return f"ws://127.0.0.1:{self.port}{API}/live?{start}token={self.token(account)}"

    def position(self) -> int:
        """The place of the newest fact in the log."""
        return int(httpx.get(f"{self.url}/readyz", timeout=5, **LOOPBACK).json()["position"])

    def told_since(self, place: int) -> list[str]:
        """What anybody told after a place of the log, by its topics. The service's own clock is left out: it
        raises alarms about what other tests left waiting, whenever it is time."""
        with self.client("supervisor") as client:
            behind = ok(client.get("/events", params={"after": place, "limit": 1000}))["events"]
        return [fact["topic"] for fact in behind if fact["actor"] not in OF_ITSELF]


@contextmanager
def running_server(
    ground: Ground,
    data: Path,
    database: Address | None = None,
    also: tuple[str, ...] = (),
    cold: bool = False,
) -> Iterator[Server]:
    """A server for as long as the context lasts."""
    server = Server(ground, data, database=database, also=also, cold=cold)
    try:
        yield server.start()
    finally:
        if server.process is not None and server.process.poll() is None:
            server.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def all_events(client: httpx.Client, after: int = 0) -> list[dict[str, Any]]:
    """The log from a position on, page by page."""
    events: list[dict[str, Any]] = []
    while True:
        page = client.get("/events", params={"after": after, "limit": 1000}).json()
        if not page["events"]:
            return events
        events += page["events"]
        after = page["next"]


def every_refusal_is_a_problem(answer: httpx.Response) -> None:
    """A status of 400 or more comes as RFC 9457 with a sentence, and never as 500."""
    if answer.status_code < 400:
        return
    answer.read()
    asked = f"{answer.request.method} {answer.request.url}: {answer.status_code} {answer.text[:300]}"
    assert answer.status_code != 500, asked
    assert answer.headers["content-type"].startswith("application/problem+json"), asked
    body = answer.json()
    assert body["status"] == answer.status_code, asked
    assert body["type"], asked
    assert body["title"], asked
    assert len(body["detail"]) > 5, asked


def ok(answer: httpx.Response, status: int = 200) -> Any:
    """The body of an answer that must have this status."""
    assert answer.status_code == status, f"{answer.status_code}: {answer.text[:600]}"
    return answer.json() if answer.content else None


def refused(answer: httpx.Response, status: int) -> Mapping[str, Any]:
    """The problem of a refusal that must have this status."""
    assert answer.status_code == status, f"{answer.status_code}: {answer.text[:600]}"
    body: dict[str, Any] = answer.json()
    return body
