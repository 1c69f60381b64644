"""Experiments on the nights of a city model: lost calls, beds and shifts, the same calls for all rivals."""

from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace
from pyarrow import parquet

from dispatch.city_file import load_city
from dispatch.rules_file import load_rules
from simulations.city_model.as_rival import ground_of_model
from simulations.city_model.of_city import model_of_city, read_demand
from simulations.experiment.experiment import Rival
from simulations.experiment.file import BadExperiment
from simulations.experiment.inputs import digests, read_inputs
from simulations.experiment.keep import kept
from simulations.experiment.prepare import prepare_model
from simulations.experiment.replicate import REPLICATIONS, Replication, file_of
from simulations.experiment.run import run
from simulations.lean.takers import ANSWERED
from simulations.results.figures import figures_of
from simulations.results.report.page import write_report
from simulations.results.write_rows import write_rows
from tests.simulated_letters import ASKED, city_folder, prepared, roads

HCMC = Path(__file__).resolve().parents[3] / "cities" / "hcmc"
RIVALS = (Rival("enough"), Rival("one taker", takers=1, lines=2), Rival("beds", beds=True))
ON_A_MODEL = replace(ASKED, rivals=RIVALS, replications=3, hours=12.0, days="model")


def ready(folder):
    city = load_city(city_folder())
    rules = load_rules(city_folder(), city.targets)
    model = model_of_city(city, rules, roads(), read_demand(HCMC))
    prepare_model(
        ON_A_MODEL,
        model,
        rules,
        ground_of_model(model, roads()),
        None,
        lambda places: ([], [-1] * len(places)),
        folder,
    )
    return folder


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    folder = ready(tmp_path_factory.mktemp("model"))
    run(folder, jobs=1)
    return folder


def test_the_same_model_and_seed_give_the_same_bits(played, tmp_path):
    again = ready(tmp_path)
    run(again, jobs=1)
    assert list(digests(again / REPLICATIONS)) == list(digests(played / REPLICATIONS))


def test_calls_that_nobody_answers_are_lost_and_counted(played):
    values = figures_of(played, read_inputs(played))
    enough, one = values["enough"], values["one taker"]
    assert all(few < many for few, many in zip(enough["lost"], one["lost"], strict=True))
    for replication in range(3):
        done = [kept(file_of(played, rival, replication), Replication) for rival in (0, 1)]
        assert (done[0].ringing.rang_s == done[1].ringing.rang_s).all(), "the same calls"
        rang = done[1].ringing
        inside = (rang.rang_s >= 3 * 3600.0) & (rang.rang_s < 15 * 3600.0)
        lost = inside & (rang.fate != ANSWERED)
        assert one["lost"][replication] == pytest.approx(lost.sum() / inside.sum())
        needing = inside & (rang.priority >= 0)
        assert one["lost_needing"][replication] == pytest.approx((lost & needing).sum() / needing.sum())
        taken = (rang.priority >= 0) & (rang.fate == ANSWERED)
        assert len(done[1].incidents.rang_s) == taken.sum()
        assert set(done[1].incidents.rang_s) == set(rang.rang_s[taken])


def test_beds_are_taken_from_handover_until_the_stay_ends(played):
    inputs = read_inputs(played)
    rows = parquet.read_table(write_rows(played, inputs)[2]).to_pylist()
    assert all((row["taken_s"] is None) == (row["rival"] != "beds") for row in rows)
    done = kept(file_of(played, 2, 0), Replication)
    expected = 0.0
    for number in np.flatnonzero(done.served.hospital >= 0).tolist():
        handed_s = done.served.clear_s[number] - done.incidents.clear_s[number]
        begins, ends = max(handed_s, 3 * 3600.0), min(handed_s + done.stay_s[number], 15 * 3600.0)
        expected += max(0.0, ends - begins)
    told = sum(row["taken_s"] for row in rows if (row["rival"], row["replication"]) == ("beds", 0))
    assert told == pytest.approx(expected)
    assert told > 0


def test_the_report_tells_of_lost_calls(played):
    text = write_report(played, read_inputs(played)).read_text(encoding="utf-8")
    assert "Cuộc cấp cứu bị nhỡ" in text
    assert "Call takers and lines were not simulated" not in text


def test_what_only_a_model_knows_is_refused_for_a_recorded_day(tmp_path):
    for strange in (Rival("x", beds=True), Rival("x", takers=3), Rival("x", lines=3)):
        with pytest.raises(BadExperiment, match="city models only"):
            prepared(tmp_path, replace(ASKED, rivals=(strange,)))
    with pytest.raises(BadExperiment, match="name one"):
        prepared(tmp_path, replace(ASKED, days="model"))
    assert not list(tmp_path.rglob("*.toml")), "nothing is left behind"
