"""A scenario is an experiment: its courses are rivals, with inputs in a folder, rows, report and bundle."""

from dataclasses import replace

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from dispatch.rules import Rules
from routing import map_file
from routing.times import RoadTimes
from simulations.experiment.file import BadExperiment
from simulations.experiment.inputs import INPUTS, digests, read_inputs, read_rival
from simulations.experiment.keep import kept
from simulations.experiment.replicate import Replication, file_of
from simulations.experiment.run import run
from simulations.lean.of_day import PRIORITIES
from simulations.results.bundle.keys import new_key
from simulations.results.bundle.pack import pack
from simulations.results.bundle.rerun import rerun
from simulations.results.bundle.verify import verify
from simulations.results.figures import figures_of
from simulations.results.pairs import compare_in, pairs_in, unlike_in
from simulations.results.report.page import write_report
from simulations.results.rows import rows_of
from simulations.results.write_rows import write_rows
from simulations.scenario.as_experiment import prepare_scenario, stage_of
from simulations.scenario.kept_ground import GROUNDS
from simulations.scenario.models import Standing
from simulations.scenario.play import play
from simulations.scenario.read import BadScenario, read_scenario
from simulations.scenario.stage import make_ready
from tests.integration.simulations.test_scenarios import BRIDGE, TOWN, model
from tests.river_city import river_town

ASKED = """
model = "river"
begins = "2026-07-06"
days = 1
warm_up_hours = 2
replications = 3
seed = 9
question = {{ vi = "Ngập cầu thì sao?", en = "What if the bridge is under water?" }}
explains = {{ vi = "Chỉ có một cầu.", en = "There is one bridge." }}

[[course]]
id = "dry"
vi = "Khô"
en = "Dry"

[[course]]
id = "wet"
vi = "Ngập"
en = "Wet"

[[course]]
id = "wet-posts"
vi = "Ngập, xe chờ nơi thiếu"
en = "Wet, posts where missed"
policy = "dmexclp"
move_up = "dmexclp"
beds = true

[[change]]
what = "roads closed"
from = "day 1 06:00"
until = "day 1 18:00"
inside = {bridge}
courses = ["wet", "wet-posts"]

[[change]]
what = "lines"
from = "day 1 06:00"
until = "day 1 18:00"
lines = 1
takers = 1
courses = ["wet", "wet-posts"]

[[change]]
what = "casualties"
at = "day 1 09:00"
place = {square}
count = {{ P1 = 4 }}
found_within_min = 10
callers = 30
courses = ["wet", "wet-posts"]
"""


@pytest.fixture(scope="module")
def standing(tmp_path_factory):
    folder = tmp_path_factory.mktemp("river")
    roads = RoadTimes(map_file.load(map_file.build(river_town().write(folder, "river.osm"), folder / "maps")))
    return Standing(model(), roads, Rules())


def written(folder):
    path = folder / "bridge.toml"
    square = TOWN.at("E")
    bridge = [list(corner) for corner in BRIDGE]
    path.write_text(ASKED.format(bridge=bridge, square=[square.lat, square.lon]), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def played(standing, tmp_path_factory):
    folder = tmp_path_factory.mktemp("played")
    out = folder / "out"
    prepare_scenario(written(folder), standing, out)
    run(out, jobs=1)
    return out


def test_every_course_is_played_as_it_is_without_files(played, standing, tmp_path):
    stage = make_ready(read_scenario(written(tmp_path)), standing)
    for number, ready in enumerate(stage.courses):
        for replication in range(3):
            done = kept(file_of(played, number, replication), Replication)
            its = play(stage, ready, replication)
            assert np.array_equal(done.served.on_scene_s, its.served.on_scene_s)
            assert np.array_equal(done.incidents.rang_s, its.opened.incidents.rang_s)
            assert np.array_equal(done.ringing.fate, its.opened.answers.fate)


def test_a_run_that_was_stopped_goes_on_to_the_same_bits(played, tmp_path, standing):
    out = tmp_path / "again"
    prepare_scenario(written(tmp_path), standing, out)
    run(out, jobs=1)
    lost = file_of(out, 1, 2)
    before = lost.read_bytes()
    lost.unlink()
    run(out, jobs=1)
    assert lost.read_bytes() == before == file_of(played, 1, 2).read_bytes()


def test_another_scenario_does_not_go_on_in_the_same_folder(played, tmp_path, standing):
    path = written(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("day 1 18:00", "day 1 19:00"), encoding="utf-8")
    with pytest.raises(BadExperiment, match="another experiment"):
        prepare_scenario(path, standing, played)


def test_the_same_order_goes_on_in_its_folder_and_no_input_tells_whether_the_ground_was_kept(
    standing, tmp_path
):
    with_ours, never_kept = replace(standing, map_folder=tmp_path), tmp_path / "never-kept"
    prepare_scenario(written(tmp_path), with_ours, tmp_path / "out")
    (ground,) = (tmp_path / GROUNDS).iterdir()
    made_at = ground.stat().st_ino
    prepare_scenario(written(tmp_path), with_ours, tmp_path / "out")
    assert [each.stat().st_ino for each in (tmp_path / GROUNDS).iterdir()] == [made_at], "it was read again"
    prepare_scenario(written(tmp_path), standing, never_kept)
    assert list(digests(never_kept / INPUTS)) == list(digests(tmp_path / "out" / INPUTS))


def test_lost_emergencies_are_late_and_the_hurt_are_told_apart(played):
    inputs = read_inputs(played)
    values = figures_of(played, inputs)
    dry, wet = values["dry"], values["wet"]
    assert min(wet["lost"]) > max(dry["lost"])
    assert all(with_lost >= late for with_lost, late in zip(wet["late_or_lost"], wet["late"], strict=True))
    assert wet["late_or_lost"] != wet["late_elsewhere"]
    assert dry["late_or_lost"] == dry["late_elsewhere"]
    assert all(one >= whole for one, whole in zip(wet["lost_busiest"], wet["lost"], strict=True))
    compared = {each.figure for each in compare_in(inputs, values)}
    assert {"lost", "late_elsewhere", "late_elsewhere_P1"} <= compared
    assert "late_as_shown" not in compared, "nobody worked on paper"
    heard = {"late", "late_P1", "mean_s", "p90_s", "waited", "late_or_lost"}
    assert not heard & compared, "the wet courses lose calls and have people hurt, the dry one has neither"
    assert heard <= set(unlike_in(pairs_in(inputs, values)))


def test_courses_that_hear_the_same_people_are_compared_in_everything(played):
    """Both wet courses lose the same calls and have the same people hurt."""
    inputs = read_inputs(played)
    values = figures_of(played, inputs)
    assert inputs.scenario is not None
    pairs = pairs_in(
        inputs._replace(scenario=replace(inputs.scenario, pairs=(("wet", "wet-posts"),))), values
    )
    assert [(each.first, each.rival, each.unlike) for each in pairs] == [("wet", "wet-posts", ())]
    assert "p90_s" in pairs[0].figures


def test_rows_of_two_courses_join_by_the_call_though_one_loses_calls_and_has_people_hurt(played):
    inputs = read_inputs(played)

    def by_call(number):
        its = read_rival(played, number)
        found = {}
        for replication in range(3):
            done = kept(file_of(played, number, replication), Replication)
            rows = rows_of(number, replication, done, its, inputs)["incidents"].to_pylist()
            found |= {(replication, row["call"]): row for row in rows}
            assert len({row["call"] for row in rows}) == len(rows), "each has its own"
        return found

    dry, wet = by_call(0), by_call(1)
    both = dry.keys() & wet.keys()
    assert both
    assert len(dry.keys() - both) > 0, "some were lost"
    assert len(wet.keys() - both) == 3 * 4, "those who were hurt"
    same = ("rang_s", "lat", "lon", "priority", "transports")
    assert all(dry[call][each] == wet[call][each] for call in both for each in same)
    assert any(dry[call]["incident"] != wet[call]["incident"] for call in both)


def test_late_or_lost_by_priority_counts_every_emergency_that_rang(played):
    inputs = read_inputs(played)
    wet = figures_of(played, inputs)["wet"]
    done = kept(file_of(played, 1, 0), Replication)
    rang, its = done.ringing, done.incidents
    inside = rang.rang_s >= 7200.0
    for number, name in enumerate(PRIORITIES):
        lost = int((inside & (rang.priority == number) & (rang.fate != 0)).sum())
        chosen = (its.rang_s >= 7200.0) & (its.priority == number)
        target_s = inputs.words.targets_s[number]
        late = np.round(done.served.on_scene_s - its.rang_s, 3)[chosen] > target_s
        whole = len(late) + lost
        expected = (late.sum() + lost) / whole if whole else np.nan
        assert wet[f"late_or_lost_{name}"][0] == pytest.approx(expected, nan_ok=True)


def test_beds_are_taken_where_a_course_says_so_and_by_the_hurt_too(played):
    inputs = read_inputs(played)
    rivals = [read_rival(played, number) for number in range(3)]
    assert [rival.plan.beds.held for rival in rivals] == [False, False, True]
    done = kept(file_of(played, 2, 0), Replication)
    assert len(done.stay_s) == len(done.incidents.rang_s)
    assert (done.stay_s > 0).all()
    assert len(kept(file_of(played, 1, 0), Replication).stay_s) == 0
    assert stage_of(inputs, rivals).courses[2].plan.policy.tolist() != rivals[0].plan.policy.tolist()


def test_the_report_answers_in_both_languages_and_rows_name_every_course(played):
    inputs = read_inputs(played)
    paths = {path.stem: path for path in write_rows(played, inputs)}
    incidents = pq.read_table(paths["incidents"])
    assert set(pc.unique(incidents["rival"]).to_pylist()) == {"dry", "wet", "wet-posts"}
    page = write_report(played, inputs).read_text(encoding="utf-8")
    for words in (
        "Ngập cầu thì sao?",
        "What if the bridge is under water?",
        "Chỉ có một cầu.",
        "Ngập, xe chờ nơi thiếu",
        "Wet, posts where missed",
        "4 người bị nạn",
        "Roads of an area closed",
        "ngày đông nhất",
        "thuộc trạm khác",
        "OpenStreetMap contributors",
        "MÔ PHỎNG",
    ):
        assert words in page, words
    assert "<script" not in page
    assert "All rivals meet the same calls" not in page, "those who tell of the hurt ring in two courses only"
    assert page.count("the same chance") == 3
    assert "nan" not in page


@pytest.mark.parametrize("drawn", [True, False])
def test_a_town_that_is_drawn_is_said_to_be_drawn(standing, tmp_path, drawn):
    out = tmp_path / "out"
    prepare_scenario(written(tmp_path), replace(standing, drawn=drawn), out, replications=1)
    assert read_inputs(out).words.drawn is drawn


def test_whoever_gets_the_bundle_comes_to_the_same_hash(played, tmp_path):
    write_rows(played, read_inputs(played))
    write_report(played, read_inputs(played))
    key, bundle = tmp_path / "planner.pem", tmp_path / "bridge.vigil"
    new_key(key)
    pack(played, bundle, key)
    assert "inputs/scenario.toml" in verify(bundle).manifest.inputs
    found = rerun(bundle, jobs=1)
    assert (found.differ, found.outputs) == ((), ())


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('policy = "dmexclp"', 'policy = "nearest"', "line 25: 'course.2.policy' cannot be 'nearest'"),
        ('move_up = "dmexclp"', 'move_up = "away"', "line 26: 'course.2.move_up' cannot be 'away'"),
        ("beds = true", 'beds = "yes"', "line 27: 'course.2.beds' must be true or false, not 'yes'"),
        ("beds = true", "bed = true", "line 27: 'course.2.bed' is not known here; is it misspelt?"),
        ("Ngập cầu", "Ngập " * 80, "a question has 300 at most"),
    ],
)
def test_what_is_wrong_with_a_course_is_told_with_its_line(tmp_path, old, new, told):
    path = written(tmp_path)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadScenario) as found:
        read_scenario(path)
    assert any(told in sentence for sentence in found.value.sentences), found.value.sentences


def test_on_paper_nobody_reckons_coverage(tmp_path):
    path = written(tmp_path)
    text = path.read_text(encoding="utf-8")
    text += '\n[[change]]\nwhat = "paper"\nfrom = "day 1 06:00"\nuntil = "day 1 07:00"\nlonger_s = 60\n'
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadScenario, match="on paper: nobody reckons it by hand"):
        read_scenario(path)


def test_a_course_may_differ_by_its_policy_alone(tmp_path):
    scenario = read_scenario(written(tmp_path))
    wet, posts = scenario.courses[1:]
    assert scenario.of(wet.id) == scenario.of(posts.id)
    same = written(tmp_path).read_text(encoding="utf-8").split('policy = "dmexclp"')
    path = tmp_path / "bridge.toml"
    path.write_text(same[0] + same[1].split("beds = true")[1], encoding="utf-8")
    with pytest.raises(BadScenario, match="line 21: 'course' 'wet-posts' does the same as 'wet'"):
        read_scenario(path)
