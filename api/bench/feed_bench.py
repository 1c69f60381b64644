"""`vigil bench feed`: how soon every screen of a large centre has what was just saved.

300 desks listen; calls are stored at an even pace. The clock begins with the moment the event carries as
the one it was recorded at, and ends, for each desk by itself, when the frame with the rows it changed has
come: what is painted. Reference: the websockets library alone, sending frames of the same texts at the same
pace to as many sockets in the same run.
"""

import json
import subprocess
import sys
import tempfile
import time
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from api.bench.api_bench import the_line
from api.bench.line import Line
from api.bench.rows import Figure, figure, value
from api.bench.server import running_server

CLIENTS = 300
EVENTS = 400
PACES = (10, 50)
"""Events a second: a busy evening, and a flood."""

Arrivals = list[list[tuple[int, float]]]
Say = Callable[[str], None]


def bench_feed(
    cities: Path, city: str, say: Say, clients: int = CLIENTS, events: int = EVENTS
) -> list[Figure]:
    rows: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="vigil-bench-") as scratch:
        say("Opening a server ...")
        with running_server(Path(scratch) / "data", cities, city, None) as client, the_line(client) as line:
            for pace in PACES:
                say(f"{clients} desks listen, {pace} calls a second are stored ...")
                took, texts, lost = _at_pace(line, clients, events, pace)
                say("The bare library sends the same ...")
                bare = _bare(clients, texts, pace)
                rows.append(
                    figure(f"feed.fan_out_{clients}_at_{pace}_a_second", took, ("websockets.broadcast", bare))
                )
                rows.append(value(f"feed.desks_lost_at_{pace}_a_second", clients, "desks", lost))
    return rows


def _at_pace(line: Line, clients: int, events: int, pace: int) -> tuple[list[float], list[str], int]:
    """Seconds of every event to every desk; the texts one desk got; how many desks lost their line."""
    where = line.whereabouts()
    url = f"ws://{where['host']}:{where['port']}/api/v1/live?token={where['token']}"
    # A line of its own: a server closes one that says nothing for as long as 300 desks take to come in.
    with (
        listeners(url, clients, ('{"type":"event"', '{"type":"rows"')) as ended,
        Line(where["host"], where["port"], where["token"]) as fresh,
    ):
        began = time.monotonic()
        for turn in range(events):
            time.sleep(max(0.0, began + turn / pace - time.monotonic()))
            fresh.ask("POST", "/api/v1/calls", _call())
        time.sleep(2)
        told = ended()
    return since_recorded(told["first"], told["arrivals"]), told["first"], told["lost"]


def since_recorded(first: Sequence[str], arrivals: Arrivals) -> list[float]:
    """Seconds from the moment each event was recorded until each desk had rows that reach it.

    first : the frames of one desk; arrivals : of each desk, [seq, seconds] of every frame. Raises
            RuntimeError where a desk never got the rows of an event.
    """
    frames = [json.loads(text) for text in first]
    recorded = {
        frame["seq"]: datetime.fromisoformat(frame["recorded_at"]).timestamp()
        for frame in frames
        if frame["type"] == "event"
    }
    kinds = [frame["type"] for frame in frames]
    took = []
    for desk in arrivals:
        if len(desk) != len(kinds):
            raise RuntimeError(f"One desk got {len(desk)} frames, another {len(kinds)}.")
        rows = [mark for mark, kind in zip(desk, kinds, strict=True) if kind == "rows"]
        places = [seq for seq, _ in rows]
        for seq, moment in recorded.items():
            at = bisect_left(places, seq)
            if at == len(places):
                raise RuntimeError(f"The rows of event {seq} never came.")
            took.append(rows[at][1] - moment)
    return took


def _bare(clients: int, texts: Sequence[str], pace: int) -> list[float]:
    numbered = [f'{{"seq":{turn},"of":{json.dumps(text)}}}' for turn, text in enumerate(texts)]
    with _program("api.bench.bare_broadcast") as server:
        # An event and its rows are two frames.
        _tell(server, {"clients": clients, "pace": 2 * pace, "texts": numbered})
        port = _hear(server)["port"]
        with listeners(f"ws://127.0.0.1:{port}", clients, ('{"seq"',)) as ended:
            sent = _hear(server)["sent"]
            arrivals: Arrivals = ended()["arrivals"]
        _tell(server, {})
    return [came - sent[turn] for desk in arrivals for turn, came in desk]


@contextmanager
def listeners(url: str, clients: int, marks: Sequence[str]) -> Iterator[Callable[[], dict[str, Any]]]:
    """As many open sockets in a process of their own; what it gives ends them and answers what they heard."""
    with _program("api.bench.feed_listeners") as program:
        _tell(program, {"url": url, "clients": clients, "marks": list(marks)})
        if _hear(program) != {"open": clients}:
            raise RuntimeError("Not every desk could listen.")

        def ended() -> dict[str, Any]:
            _tell(program, {})
            return _hear(program)

        yield ended


@contextmanager
def _program(module: str) -> Iterator["subprocess.Popen[str]"]:
    program = subprocess.Popen(
        [sys.executable, "-m", module], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield program
    finally:
        program.kill()
        program.wait()


def _tell(program: "subprocess.Popen[str]", order: dict[str, Any]) -> None:
    assert program.stdin is not None
    program.stdin.write(json.dumps(order) + "\n")
    program.stdin.flush()


def _hear(program: "subprocess.Popen[str]") -> dict[str, Any]:
    assert program.stdout is not None
    said = program.stdout.readline()
    if not said:
        raise RuntimeError(f"{program.args!r} broke down.")
    answer: dict[str, Any] = json.loads(said)
    return answer


def _call() -> dict[str, Any]:
    return {"id": str(uuid4()), "phone": "0900 000 001", "complaint": "Đau ngực"}
