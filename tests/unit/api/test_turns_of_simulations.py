"""Whose turn it is, where the disk does not take what is written."""

import sys
import time
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from msgspec import structs

from api.hand import now
from api.planning import keeper
from api.planning.errors import NOT_KEPT, QueueFull
from api.planning.keeper import Simulations
from api.planning.kept import Kept
from simulations.asked.order import Order, read_order
from simulations.experiment.experiment import Experiment, Rival

PATIENCE_S = 20.0
DONE = "import sys, pathlib; (pathlib.Path(sys.argv[1]) / 'results.json').write_text('{}')"
WORDS = {"vi": "?", "en": "?"}


def one(name, source="city"):
    asked = Experiment("Who waits?", "letters", (Rival("as always"),), days="model")
    order = Order(source, WORDS, asked, "nowhere", "nowhere")
    return Kept(
        id=name,
        order=order,
        labels=(WORDS,),
        asked={},
        model=None,
        scenario=None,
        by="planner",
        asked_at=now(),
    )


def until(simulations, name, state):
    deadline = time.monotonic() + PATIENCE_S
    while (told := simulations.one(name)[1]).state != state:
        assert time.monotonic() < deadline, told
        time.sleep(0.02)
    return told


@pytest.fixture
def simulations(tmp_path):
    found = Simulations(tmp_path, (sys.executable, "-c", DONE))
    yield found
    found.stop()


@pytest.mark.parametrize("fails_at", ["running", "done"])
def test_one_that_cannot_be_written_leaves_the_others_their_turn(simulations, monkeypatch, fails_at):
    written = keeper.write

    def full(folder, kept):
        if folder.name == "first" and kept.state == fails_at:
            raise OSError(28, "No space left on device")
        written(folder, kept)

    monkeypatch.setattr(keeper, "write", full)
    simulations.ask(one("first"))
    simulations.ask(one("second"))
    simulations.start()
    until(simulations, "second", "done")
    first = simulations.one("first")[1]
    assert (first.state, first.fault) == (("failed", NOT_KEPT) if fails_at == "running" else ("done", None))


def test_what_cannot_be_kept_is_not_asked_for(simulations, monkeypatch, tmp_path):
    monkeypatch.setattr(keeper, "write", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(OSError, match="No space"):
        simulations.ask(one("first", "now"), b"the places of everybody")
    assert simulations.all() == []
    assert list(tmp_path.iterdir()) == []


def test_the_live_state_is_gone_once_its_simulation_has_ended(simulations, tmp_path):
    simulations.ask(one("first", "now"), b"the places of everybody")
    assert (tmp_path / "first" / "live.pickle").is_file()
    simulations.start()
    until(simulations, "first", "done")
    simulations.stop()
    assert not (tmp_path / "first" / "live.pickle").exists()
    (tmp_path / "first" / "live.pickle").write_bytes(b"left by an older service")
    again = Simulations(tmp_path, (sys.executable, "-c", DONE))
    again.start()
    again.stop()
    assert not (tmp_path / "first" / "live.pickle").exists()


def test_the_live_state_is_gone_when_somebody_stops_what_waits(simulations, tmp_path):
    simulations.ask(one("first", "now"), b"the places of everybody")
    simulations.end("first", forget=False)
    assert not (tmp_path / "first" / "live.pickle").exists()


@pytest.mark.parametrize("source", ["scenario", "model"])
def test_a_file_that_is_changed_while_it_waits_changes_nothing(source, tmp_path):
    own = tmp_path / "own" / "town"
    own.mkdir(parents=True)
    file = own / "model.toml"
    file.write_text("as it was")
    kept = one("first", source)
    said = {"scenario": str(file)} if source == "scenario" else {"model_folder": str(own)}
    kept.order = structs.replace(kept.order, **said)
    simulations = Simulations(tmp_path / "asked", (sys.executable, "-c", DONE))
    simulations.ask(kept)
    file.write_text("as it is")
    order = read_order(tmp_path / "asked" / "first")
    found = Path(order.scenario) if order.scenario else Path(order.model_folder) / "model.toml"
    assert found.name == "model.toml"  # a scenario goes by the name of its file
    assert found.read_text() == "as it was"


def test_a_full_queue_is_known_before_the_live_state_is_read(simulations):
    for number in range(5):
        simulations.insist_on_a_turn()
        simulations.ask(one(f"number {number}"))
    with pytest.raises(QueueFull):
        simulations.insist_on_a_turn()


def test_a_start_sweeps_what_was_half_asked_and_leaves_what_it_cannot_read(simulations, tmp_path, caplog):
    half, strange, other = tmp_path / str(UUID(int=1)), tmp_path / str(UUID(int=2)), tmp_path / "notes"
    for folder in (half, strange, other):
        folder.mkdir()
        (folder / "results.json").write_text("{}")
    (strange / "kept.json").write_text('{"id": 3}')
    simulations.start()
    assert not half.exists()
    assert other.is_dir()
    assert strange.is_dir()
    assert str(strange) in caplog.text


def test_a_fault_that_nobody_can_read_ends_that_simulation_alone(tmp_path):
    torn = "import sys, pathlib; (pathlib.Path(sys.argv[1]) / 'fault.json').write_text('{'); sys.exit(1)"
    simulations = Simulations(tmp_path, (sys.executable, "-c", torn))
    simulations.start()
    try:
        for name in ("first", "second"):
            simulations.ask(one(name))
            until(simulations, name, "failed")
    finally:
        simulations.stop()
    assert msgspec.json.decode((tmp_path / "second" / "kept.json").read_bytes())["state"] == "failed"
