"""All that a server tells of one emergency, for the tests of this folder."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.feed_reader import listening
from tests.integration.observe.collector import Collector, collecting
from tests.integration.observe.emergency import CALLER, an_emergency
from tests.server import letter_town_ground, running_server

SHOWN = ("/metrics", "/status?lang=vi", "/status?lang=en", "/status.json", "/readyz", "/healthz")


@dataclass(frozen=True)
class Told:
    """What it wrote on its terminal, what it showed by path, and what it told the collector of traces."""

    written: str
    shown: dict[str, str]
    collector: Collector

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The log, an object a line."""
        return [json.loads(line) for line in self.written.splitlines() if line.startswith("{")]


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    with pytest.MonkeyPatch.context() as patch, collecting() as collector:
        patch.setenv("VIGIL_LOG", "json")
        patch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url)
        patch.setenv("OTEL_BSP_SCHEDULE_DELAY", "200")
        patch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", "true")  # its own spans would tell paths and queries
        with running_server(letter_town_ground(), tmp_path_factory.mktemp("told")) as server:
            with server.client() as client, listening(server.socket_url(after=0)) as feed:
                an_emergency(server, client)
                feed.until_rows(server.position())
                assert CALLER in json.dumps(feed.frames, ensure_ascii=False), "the desk itself is told"
            shown = {path: httpx.get(server.url + path, trust_env=False, timeout=10).text for path in SHOWN}
            server.stop()
            written = server.said()
        yield Told(written, shown, collector)
