"""A real MQTT broker of our own: mosquitto on a free loopback port, with a password, ended by its own id."""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from api.ingest.mqtt_address import Broker

USER, PASSWORD = "vigil", "only on this machine"
START_S = 10.0


class NoMosquitto(RuntimeError):
    """There is no such broker on this machine; the sentence says what is missing."""


class Mosquitto:
    """Start, use by `broker`, stop or kill, start again on the same port."""

    def __init__(self, folder: Path) -> None:
        """Raises NoMosquitto."""
        self._program = shutil.which("mosquitto", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
        maker = shutil.which("mosquitto_passwd")
        if self._program is None or maker is None:
            raise NoMosquitto("mosquitto is not installed (Debian and Ubuntu: apt-get install mosquitto).")
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self.port = folder, _free_port()
        subprocess.run(
            [maker, "-b", "-c", str(folder / "passwords"), USER, PASSWORD], check=True, capture_output=True
        )
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def broker(self) -> Broker:
        return Broker("127.0.0.1", self.port, username=USER, password=PASSWORD)

    def start(self) -> "Mosquitto":
        settings = self._folder / "mosquitto.conf"
        settings.write_text(
            f"listener {self.port} 127.0.0.1\n"
            "allow_anonymous false\n"
            f"password_file {self._folder / 'passwords'}\n"
            "user root\n"  # counts only where root starts it: it goes on reading its own folder
            "max_queued_messages 100000\n"
            "max_inflight_messages 100\n"
            "set_tcp_nodelay true\n",
            encoding="utf-8",
        )
        with (self._folder / "mosquitto.log").open("ab") as said:
            self._process = subprocess.Popen(
                [self._program or "", "-c", str(settings)], stdout=said, stderr=said
            )
        until = time.monotonic() + START_S
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                raise NoMosquitto(f"mosquitto did not start: {self._said()}")
            time.sleep(0.02)
        return self

    def stop(self) -> None:
        """In order."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """`kill -9`: what it had in memory is gone."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(how)
            self._process.wait(10)

    def _answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def _said(self) -> str:
        return (self._folder / "mosquitto.log").read_text(encoding="utf-8", errors="replace")[-300:]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
