"""Nights of a city model as planners ask for them: on its own roads, or on the map it lies on."""

import msgspec
import pytest

from simulations.asked.carry_out import carry_out
from simulations.asked.order import FAULT, RESULTS, Order, write_json
from simulations.city_model.__main__ import main
from simulations.city_model.on_map import OffTheMap, insist_on_map
from simulations.city_model.write import write_model
from simulations.experiment.experiment import Experiment, Rival
from tests.unit.simulations.jemss_town import write_jemss_town
from tests.unit.simulations.small_model import small_model


class OnlyCentre:
    """A map with streets at the market alone."""

    map_version = "drawn-1"

    def covers(self, position):
        return position.lat == 10.77


def order(folder, model_folder, map_folder="nowhere", **facts):
    asked = Experiment(
        "Who waits?", "letters", (Rival("as always"),), days="model", hours=12.0, replications=2
    )
    folder.mkdir()
    write_json(
        folder / "order.json",
        Order("model", {"vi": "?", "en": "?"}, asked, "nowhere", str(map_folder), str(model_folder), **facts),
    )
    return folder


def told(folder, name):
    return msgspec.json.decode((folder / name).read_bytes())


def test_a_model_with_its_own_roads_is_played_on_them_and_on_no_map_of_ours(tmp_path):
    model = tmp_path / "town"
    assert main(["import", "--jemss", str(write_jemss_town(tmp_path)), "--out", str(model)]) == 0
    folder = order(tmp_path / "asked", model)
    assert carry_out(folder) == 0, (folder / FAULT).read_text()
    figures = told(folder, RESULTS)["rivals"][0]["figures"]
    assert figures["unserved"]["mean"] < 0.1
    assert figures["km"]["mean"] > 0


def test_a_model_that_lies_elsewhere_is_refused_in_both_languages():
    with pytest.raises(
        OffTheMap, match=r"of its 4 places, stations and hospitals 3 .*\(centre, great, homes\)"
    ) as no:
        insist_on_map(small_model(), OnlyCentre())
    assert "bản đồ drawn-1" in no.value.vi
    assert "3 nơi" in no.value.vi


def test_a_file_that_cannot_be_read_is_told_without_our_folders(tmp_path, capsys):
    write_model(small_model(), tmp_path / "small")
    folder = order(tmp_path / "asked", tmp_path / "small")
    (folder / "order.json").unlink()
    (folder / ".inputs-of-one-that-was-killed").mkdir()
    assert carry_out(folder) == 1
    assert list(folder.glob(".inputs*")) == []
    assert str(tmp_path) not in told(folder, FAULT)["en"] + told(folder, FAULT)["vi"]
    assert str(tmp_path) in capsys.readouterr().err
