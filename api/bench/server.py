"""A real server for a benchmark: a process of its own on a free loopback port, stopped by its own pid."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx


@contextmanager
def running_server(
    data: Path,
    cities: Path,
    city: str,
    map_file: Path | None,
    also: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
) -> Iterator[httpx.Client]:
    """A client signed in as dispatcher. Raises RuntimeError with the server's last words.

    also : further words for `vigil up`
    """
    port = _free_port()
    order = [
        *(sys.executable, "-m", "api.cli.main", "up", "--demo", "--no-demo-driver"),
        *("--data", str(data), "--cities", str(cities), "--city", city, "--port", str(port)),
        *(["--map", str(map_file)] if map_file else []),
        *also,
    ]
    log_file = data.parent / "server.log"
    with log_file.open("w") as log:
        server = subprocess.Popen(order, stdout=log, stderr=log, env=environment)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, server, log_file)
        with httpx.Client(base_url=f"{url}/api/v1", timeout=30) as client:
            answer = client.post("/login", json={"username": "dispatcher", "password": "demo"})
            client.headers["authorization"] = f"Bearer {answer.json()['token']}"
            yield client
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()


def _wait(url: str, server: subprocess.Popen[bytes], log_file: Path) -> None:
    until = time.monotonic() + 300
    while time.monotonic() < until and server.poll() is None:
        try:
            if httpx.get(f"{url}/readyz", timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    raise RuntimeError(f"The server did not open: {log_file.read_text()[-500:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
