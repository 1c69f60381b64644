"""An experiment from its files to its rows: both cores, killed and gone on with, on the same calls."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from shutil import copyfile, copytree

import numpy as np
import pytest
from msgspec.structs import replace
from pyarrow import csv, parquet

from dispatch.city_file import load_city
from dispatch.rules_file import load_rules
from simulations.experiment.alike import alike
from simulations.experiment.experiment import Rival
from simulations.experiment.file import BadExperiment
from simulations.experiment.inputs import digests, read_inputs
from simulations.experiment.keep import keep, kept
from simulations.experiment.made import SOURCES
from simulations.experiment.replicate import REPLICATIONS, Replication, file_of
from simulations.experiment.run import left_to_do, run
from simulations.experiment.small_ground import kept_ground
from simulations.full.play import play
from simulations.results.bundle.manifest import BadBundle, manifest_of
from simulations.results.compare import compare
from simulations.results.figures import figures_of
from simulations.results.write_rows import write_rows
from tests.server import ROOT
from tests.simulated_letters import ASKED, AT_HOME, a_day, city_folder, prepared, ready, roads


def abort(number):
    os.kill(os.getpid(), 9)


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    folder = ready(tmp_path_factory.mktemp("played"))
    run(folder, jobs=1)
    return folder


def test_two_processes_write_the_same_bits_as_one(played, tmp_path):
    folder, heard = ready(tmp_path), []
    run(folder, jobs=2, done=lambda count, of: heard.append((count, of)))
    assert list(digests(folder / REPLICATIONS)) == list(digests(played / REPLICATIONS))
    assert heard == [(count, 6) for count in range(7)]


def test_a_run_that_is_killed_goes_on_with_the_same_bits(tmp_path):
    asked = replace(ASKED, replications=60)
    whole, broken = prepared(tmp_path / "whole", asked), prepared(tmp_path / "broken", asked)
    run(whole, jobs=1)
    order = (
        "import sys, pathlib; from simulations.experiment.run import run; run(pathlib.Path(sys.argv[1]), 1)"
    )
    running = subprocess.Popen([sys.executable, "-c", order, str(broken)], cwd=ROOT)
    while len(list(broken.rglob("0*.npz"))) < 6 and running.poll() is None:
        time.sleep(0.002)
    running.kill()
    assert running.wait() == -9
    assert left_to_do(broken, 3, 60), "killed too late to show anything"
    before = {path: path.stat().st_mtime_ns for path in broken.rglob("0*.npz")}
    run(broken, jobs=1)
    for path, written in before.items():
        assert path.stat().st_mtime_ns == written, "what was done was not done again"
    ours = [pair for pair in digests(broken / REPLICATIONS) if not pair[0].endswith(".new")]
    assert ours == list(digests(whole / REPLICATIONS))


def as_played(folder, played):
    return list(digests(folder / REPLICATIONS)) == list(digests(played / REPLICATIONS))


def other_rival(folder):
    for kind in (".npz", ".json"):
        copyfile(file_of(folder, 2, 3).with_suffix(kind), file_of(folder, 0, 3).with_suffix(kind))


def other_rival_under_our_note(folder):
    copyfile(file_of(folder, 2, 3), file_of(folder, 0, 3))


def other_version(folder):
    note = file_of(folder, 0, 3).with_suffix(".json")
    made = json.loads(note.read_text())
    note.write_text(json.dumps({**made, "by": {**made["by"], "sources": "0" * 64}}))


def other_inputs(folder):
    note = file_of(folder, 0, 3).with_suffix(".json")
    note.write_text(json.dumps({**json.loads(note.read_text()), "inputs": "0" * 64}))


def one_bit(folder):
    path = file_of(folder, 0, 3)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut_off(folder):
    path = file_of(folder, 0, 3)
    path.write_bytes(path.read_bytes()[:1000])


def no_note(folder):
    file_of(folder, 0, 3).with_suffix(".json").unlink()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (other_rival, "is replication 3 of rival 02"),
        (other_rival_under_our_note, "is damaged, or not the file that its note tells of"),
        (other_version, "was made by another version of the program"),
        (other_inputs, "was made of other inputs"),
        (one_bit, "is damaged"),
        (cut_off, "is damaged"),
        (no_note, "has no note of what made it"),
    ],
)
def test_what_something_else_made_is_played_anew_and_that_is_said(played, tmp_path, caplog, change, why):
    copytree(played, tmp_path, dirs_exist_ok=True)
    change(tmp_path)
    inputs = read_inputs(tmp_path)
    with pytest.raises(BadBundle, match=f"{why}.*: run the experiment once more"):
        manifest_of(tmp_path, inputs)
    heard, others = [], file_of(tmp_path, 0, 2).stat().st_mtime_ns
    run(tmp_path, jobs=1, done=lambda count, of: heard.append(count))
    assert heard == [5, 6]
    assert f"00003.npz {why}" in caplog.text
    assert "it is played anew." in caplog.text
    assert as_played(tmp_path, played)
    assert file_of(tmp_path, 0, 2).stat().st_mtime_ns == others, "what was done was not done again"


def test_a_run_that_is_killed_between_a_note_and_its_file_leaves_no_file_without_note(
    played, tmp_path, monkeypatch
):
    """What stands there counts, at whatever moment the run was killed."""
    folder, there = ready(tmp_path), []
    replace_by = Path.replace

    def renamed(half, path):
        there.append([file.name for file in folder.rglob("0*.npz") if not file.with_suffix(".json").exists()])
        return replace_by(half, path)

    monkeypatch.setattr(Path, "replace", renamed)
    run(folder, jobs=1)
    assert len(there) == 2 * 18
    assert there == [[]] * len(there)
    assert as_played(folder, played)


def test_a_damaged_file_is_named_with_what_to_do(played, tmp_path):
    copytree(played, tmp_path, dirs_exist_ok=True)
    cut_off(tmp_path)
    with pytest.raises(
        ValueError, match=r"Replication 3 of the rival `everybody` .*once more.*00/00003\.npz"
    ):
        write_rows(tmp_path, read_inputs(tmp_path))


def test_all_that_is_loaded_to_play_is_among_the_sources_that_a_note_tells_of():
    order = "import sys, simulations.experiment.run; print(*sorted(sys.modules))"
    told = subprocess.run([sys.executable, "-c", order], cwd=ROOT, capture_output=True, text=True, check=True)
    ours = [
        name
        for name in told.stdout.split()
        if name.split(".")[0] in ("domain", "dispatch", "routing", "simulations")
    ]
    rooms = tuple(f"{room.replace('/', '.')}." for room in SOURCES)
    assert "simulations.lean.run" in ours
    strange = [name for name in ours if not f"{name}.".startswith(rooms) and name.count(".") > 1]
    assert set(strange) <= {"simulations.results.versions"}


def lives(pid):
    """One that has ended and that nobody has asked about does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_processes_end_with_the_one_that_started_them(tmp_path):
    """Killed, it can tell them nothing any more."""
    folder = prepared(tmp_path, replace(ASKED, replications=2_000))
    order = (
        "import sys, pathlib; from simulations.experiment.run import run; run(pathlib.Path(sys.argv[1]), 2)"
    )
    running = subprocess.Popen([sys.executable, "-c", order, str(folder)], cwd=ROOT)
    while len(list(folder.rglob("0*.npz"))) < 6 and running.poll() is None:
        time.sleep(0.01)
    theirs = [
        int(pid)
        for path in Path(f"/proc/{running.pid}/task").glob("*/children")
        for pid in path.read_text().split()
    ]
    running.kill()
    assert running.wait() == -9
    patience = time.monotonic() + 30
    while (alive := [pid for pid in theirs if lives(pid)]) and time.monotonic() < patience:
        time.sleep(0.05)
    for pid in alive:
        os.kill(pid, 9)
    assert len(theirs) >= 2
    assert not alive


def test_another_experiment_does_not_mix_with_what_is_there(tmp_path):
    prepared(tmp_path)
    prepared(tmp_path)  # the same once more is no fault
    with pytest.raises(BadExperiment, match="holds another experiment"):
        prepared(tmp_path, replace(ASKED, seed=8))
    assert read_inputs(tmp_path).experiment == ASKED


def test_inputs_that_cannot_be_read_get_a_sentence_whoever_would_have_read_them(tmp_path):
    folder = ready(tmp_path)
    file = folder / "inputs" / "rival-01.npz"
    keep(file, kept_ground(folder / "inputs" / "ground.npz"))
    with pytest.raises(ValueError, match=r"rival-01\.npz lacks"):
        run(folder, jobs=2)


def test_a_process_that_is_ended_from_outside_is_told_of_and_the_rest_goes_on(tmp_path, monkeypatch):
    folder = ready(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setattr("simulations.experiment.run._play", abort)
    with pytest.raises(OSError, match="ended from outside"):
        run(folder, jobs=2)
    monkeypatch.undo()
    run(folder, jobs=1)
    assert not left_to_do(folder, 3, 6)


def test_rivals_meet_the_same_calls_and_replications_others(played):
    done = [kept(file_of(played, rival, 0), Replication) for rival in range(3)]
    for other in done[1:]:
        for one, same in zip(done[0].incidents, other.incidents, strict=True):
            assert np.array_equal(one, same)
    next_one = kept(file_of(played, 0, 1), Replication)
    assert not np.array_equal(done[0].incidents.rang_s[:20], next_one.incidents.rang_s[:20])


def test_days_like_a_day_have_its_calls_as_often_on_the_average():
    day = a_day()
    counts = [len(alike(day, 2 * 86_400.0, 1, replication).calls) for replication in range(200)]
    expected = 2 * len(day.calls)
    assert abs(np.mean(counts) - expected) < 4 * np.sqrt(expected / 200)
    assert np.var(counts) == pytest.approx(expected, rel=0.4), "as scattered as Poisson's"
    drawn = alike(day, 2 * 86_400.0, 1, 0).calls
    assert {(call.lat, call.lon, call.scene_s) for call in drawn} <= {
        (call.lat, call.lon, call.scene_s) for call in day.calls
    }
    assert all(0 <= call.at_s < 2 * 86_400.0 for call in drawn)
    assert sorted(call.at_s for call in drawn) == [call.at_s for call in drawn]


def test_the_rows_tell_what_was_played(played):
    inputs = read_inputs(played)
    paths = {path.stem: path for path in write_rows(played, inputs)}
    rows = parquet.read_table(paths["incidents"]).to_pylist()
    done = kept(file_of(played, 0, 0), Replication)
    ours = [row for row in rows if (row["rival"], row["replication"]) == ("everybody", 0)]
    assert len(ours) == int((done.incidents.rang_s >= 3 * 3600.0).sum()) > 100
    for row in ours[:50]:
        number = row["incident"]
        assert row["rang_s"] == done.incidents.rang_s[number] >= 3 * 3600.0
        assert row["on_scene_s"] == done.served.on_scene_s[number]
        assert row["response_s"] == pytest.approx(row["on_scene_s"] - row["rang_s"])
        target_s = {"P1": 480, "P2": 900, "P3": 1800, "P4": 3600}[row["priority"]]
        assert row["late"] == (row["response_s"] > target_s)
        assert (row["hospital"] is None) == (row["at_hospital_s"] is None)
    at_home = {row["unit"] for row in rows if row["rival"] == "twelve crews"} & set(AT_HOME)
    assert not at_home
    hours = parquet.read_table(paths["unit_hours"]).to_pylist()
    busy = {hour["unit"]: 0.0 for hour in hours}
    for hour in hours:
        if (hour["rival"], hour["replication"]) == ("everybody", 0):
            busy[hour["unit"]] += hour["busy_s"]
    unit_of = inputs.words.units["everybody"]
    for unit, name in enumerate(unit_of):
        runs = np.flatnonzero(done.served.unit == unit)
        begins = np.clip(done.served.sent_s[runs], 3 * 3600.0, 27 * 3600.0)
        ends = np.clip(done.served.clear_s[runs], 3 * 3600.0, 27 * 3600.0)
        assert busy[name] == pytest.approx((ends - begins).sum())
    beds = parquet.read_table(paths["bed_hours"]).to_pylist()
    came = sum(bed["arrivals"] for bed in beds if (bed["rival"], bed["replication"]) == ("everybody", 0))
    there_s = done.served.at_hospital_s
    assert came == int(((there_s >= 3 * 3600.0) & (there_s < 27 * 3600.0)).sum()) > 20


def test_csv_has_the_rows_of_parquet(played):
    inputs = read_inputs(played)
    for one, other in zip(write_rows(played, inputs), write_rows(played, inputs, "csv"), strict=True):
        told = parquet.read_table(one)
        plain = csv.read_csv(other)
        assert plain.column_names == told.column_names
        assert plain.num_rows == told.num_rows
        assert plain["rival"].to_pylist() == told["rival"].to_pylist()


def test_the_same_again_is_no_difference_and_fewer_crews_are_one(played):
    found = {(each.rival, each.figure): each for each in compare(figures_of(played, read_inputs(played)))}
    assert not any(each.sure for (rival, _), each in found.items() if rival == "the same again")
    slower = found["twelve crews", "mean_s"]
    assert slower.sure
    assert slower.found.interval.low > 0


def test_figures_are_those_of_the_rows(played):
    inputs = read_inputs(played)
    values = figures_of(played, inputs)["twelve crews"]
    rows = parquet.read_table(write_rows(played, inputs)[0]).to_pylist()
    for replication in range(6):
        ours = [r for r in rows if r["rival"] == "twelve crews" and r["replication"] == replication]
        came = sorted(r["response_s"] for r in ours if r["response_s"] is not None)
        assert values["late"][replication] == pytest.approx(sum(r["late"] for r in ours) / len(ours))
        assert values["mean_s"][replication] == pytest.approx(sum(came) / len(came))
        assert values["p90_s"][replication] in came
        assert values["calls"][replication] == len(ours)


def test_rivals_by_policy_send_whom_the_live_handlers_send(tmp_path):
    """The rows of an experiment and the full path on the same recorded day."""
    policies = ("closest", "dmexclp", "coverage_cost")
    asked = replace(
        ASKED,
        rivals=tuple(Rival(name, name) for name in policies),
        days="recorded",
        replications=1,
        warm_up_hours=0.0,
    )
    prepared(tmp_path, asked)
    run(tmp_path, jobs=1)
    inputs = read_inputs(tmp_path)
    city = load_city(city_folder())
    for number, policy in enumerate(policies):
        done = kept(file_of(tmp_path, number, 0), Replication)
        live = play(
            a_day(),
            city,
            load_rules(city_folder(), city.targets),
            roads(),
            inputs.ground,
            dict.fromkeys(("P1", "P2", "P3", "P4"), policy),
        )
        order = np.argsort([call.at_s + call.decide_s for call in a_day().calls], kind="stable")
        ours = [inputs.words.units[policy][unit] for unit in done.served.unit.tolist()]
        assert ours == [live.served[call].callsign for call in order.tolist()]
        assert done.served.on_scene_s.tolist() == [live.served[call].on_scene_s for call in order.tolist()]
