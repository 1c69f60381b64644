"""The primary dies under load and the standby takes over: what was acknowledged is there, once."""

import json
import signal
import threading
import time
from collections import Counter
from itertools import pairwise
from uuid import uuid4

import httpx
import pytest

from api.postgres.address import as_url
from api.postgres.cluster import Cluster
from tests.desk_work import DeskWork, a_call
from tests.postgres import cluster as session_cluster
from tests.server import all_events, letter_town_ground, ok, running_server, vigil
from tests.standby import either, promote, synchronous_standby

DESKS = 4


class Caller(threading.Thread):
    """Reports calls one after the other, each again and again under its own id until it is acknowledged."""

    def __init__(self, server, over):
        super().__init__(daemon=True)
        self.server, self.over = server, over
        self.acknowledged: list[tuple[float, str]] = []
        self.refusals: Counter[str] = Counter()
        self.odd: list[str] = []

    def run(self):
        with self.server.client() as client:
            while not self.over.is_set():
                self.report(client, str(uuid4()))

    def report(self, client, call_id):
        while not self.over.is_set():
            try:
                answer = client.post("/calls", json=a_call(id=call_id))
            except httpx.TransportError as fault:
                self.odd.append(repr(fault))
                return
            if answer.is_success:
                self.acknowledged.append((time.monotonic(), call_id))
                return
            self.refusals[answer.json()["type"]] += 1
            if answer.status_code != 503:
                self.odd.append(answer.text)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_standby_promoted_under_load_has_all_that_was_acknowledged(tmp_path):
    session_cluster()  # skips where there can be none
    primary = Cluster(tmp_path / "primary")
    primary.start()
    standby = synchronous_standby(primary, tmp_path / "standby")
    address = either(primary, standby)
    try:
        with running_server(letter_town_ground(), tmp_path / "data", address) as server:
            with server.client() as client:
                DeskWork(client).everybody_on_duty()
            over = threading.Event()
            callers = [Caller(server, over) for _ in range(DESKS)]
            for caller in callers:
                caller.start()
            time.sleep(5)
            killed_at = time.monotonic()
            primary.stop(signal.SIGKILL)
            promote(standby)
            promoted_at = time.monotonic()
            time.sleep(8)
            over.set()
            for caller in callers:
                caller.join(30)
            assert [odd for caller in callers for odd in caller.odd] == []
            times = sorted(at for caller in callers for at, _ in caller.acknowledged)
            before, after = (
                [at for at in times if at < killed_at],
                [at for at in times if at > killed_at + 0.2],
            )
            assert len(before) > 50
            assert len(after) > 50
            with server.client() as client:
                events = all_events(client)
                assert ok(client.get("/snapshot"))["seq"] == events[-1]["seq"]
            stored = Counter(row["data"]["call_id"] for row in events if row["topic"] == "Call.Received")
            assert set(stored.values()) == {1}
            lost = [name for caller in callers for _, name in caller.acknowledged if name not in stored]
            assert lost == []
            gap = max(later - at for at, later in pairwise(times) if later > killed_at)
            refusals = sum((caller.refusals for caller in callers), Counter())
            assert gap < 20
            server.stop()
        checked = vigil("rebuild", "--check", "--json", "--data", tmp_path / "data", "--db", as_url(address))
        assert checked.returncode == 0, checked.stdout + checked.stderr
        assert json.loads(checked.stdout)["position"] == events[-1]["seq"]
    finally:
        primary.stop()
        standby.stop()
    print(
        f"{len(before)} calls acknowledged before the kill, {len(after)} after it; none lost; "
        f"{gap:.2f} s without an acknowledgement, of which {promoted_at - killed_at:.2f} s until the standby "
        f"was promoted; refused meanwhile: {dict(refusals)}"
    )
