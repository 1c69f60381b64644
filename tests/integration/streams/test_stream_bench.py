"""`vigil bench stream` measures in a folder of its own."""

import asyncio
import tempfile
import time

from api.bench import stream_bench
from api.streams.broker_settings import BrokerSettings
from tests.servers.minikafka import MiniKafkaProcess


def test_what_faust_writes_lies_in_a_temporary_folder_that_is_removed(tmp_path, monkeypatch):
    here, temporary = tmp_path / "here", tmp_path / "temporary"
    here.mkdir()
    temporary.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setattr(stream_bench, "LASTS_S", 1.0)
    with (
        MiniKafkaProcess() as kafka,
        stream_bench._topics(BrokerSettings(kafka.address)) as ours,
        stream_bench._running(ours, "faust", 1) as (worker,),
    ):
        asyncio.run(stream_bench._publish_steadily(ours, 100))
        until = time.monotonic() + 40
        while worker.heard < 100:
            assert time.monotonic() < until, "no ping was heard"
            assert worker.process.poll() is None
            time.sleep(0.2)
        assert any(path.is_dir() for path in temporary.glob("vigil-bench-*/0/*")), "Faust wrote elsewhere"
    assert (list(here.iterdir()), list(temporary.iterdir())) == ([], [])
