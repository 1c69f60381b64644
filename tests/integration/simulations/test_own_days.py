"""Days of the service's own log in the process that plays them: its calls, and places no closer than planners
may know them."""

import gzip
import json
from shutil import copytree

import pytest
from msgspec import structs

from simulations.asked import carry_out as service
from simulations.asked.carry_out import carry_out
from simulations.asked.order import FAULT, LOG_ADDRESS, ORDER, RESULTS, Order, replay_file, write_json
from simulations.asked.progress import Teller
from simulations.asked.recorded import play_recorded
from simulations.experiment.experiment import Experiment, Rival
from simulations.experiment.inputs import read_inputs
from tests.integration.simulations.test_a_real_day_again import data
from tests.simulated_letters import BEGINS, a_day, city_folder
from tests.small_city import where

__all__ = ["data"]
DAY = BEGINS.date().isoformat()
RIVALS = (
    Rival("as it was"),
    Rival("bac closed", closed=("bac",)),
    Rival("four fewer", without=("C1", "C2", "T1")),
)


def an_order(data, day=DAY, **facts) -> Order:
    (map_folder,) = city_folder().parents[1].glob("maps/*")
    usual = {"days": "recorded", "replications": 1, "warm_up_hours": 0.0, "rivals": RIVALS}
    asked = Experiment(question="And with the north closed?", city="letters", **{**usual, **facts})
    question = {"vi": "?", "en": "?"}
    return Order(
        "recorded", question, asked, str(city_folder()), str(map_folder), data_folder=str(data), day=day
    )


def played(folder, order: Order) -> int:
    folder.mkdir(exist_ok=True)
    write_json(folder / ORDER, order)
    return carry_out(folder)


def test_the_calls_of_the_day_are_played_for_every_rival_at_places_to_a_hundred_metres(data, tmp_path):
    assert played(tmp_path / "a", an_order(data)) == 0
    inputs = read_inputs(tmp_path / "a")
    assert inputs.day is not None
    rang = [call.at_s for call in inputs.day.calls]
    assert rang == [call.at_s for call in a_day().calls]
    for told, exact in zip(inputs.day.calls, a_day().calls, strict=True):
        assert (told.lat, told.lon) == (round(told.lat, 3), round(told.lon, 3))
        assert max(abs(told.lat - exact.lat), abs(told.lon - exact.lon)) < 0.001
    results = json.loads((tmp_path / "a" / RESULTS).read_bytes())
    assert [rival["figures"]["calls"]["mean"] for rival in results["rivals"]] == [len(rang)] * 3
    exactly = f"{a_day().calls[0].lat:.6f}"
    for path in (tmp_path / "a").rglob("*"):
        if path.suffix in (".json", ".html", ".toml"):
            assert exactly not in path.read_text(encoding="utf-8"), path


def test_days_like_it_are_drawn_where_it_is_asked_for_more_than_once(data, tmp_path):
    order = an_order(data, days="alike", replications=3, warm_up_hours=6.0)
    assert played(tmp_path / "b", order) == 0
    results = json.loads((tmp_path / "b" / RESULTS).read_bytes())
    assert results["rivals"][0]["figures"]["late"]["n"] == 3


def test_today_ends_with_the_hour_in_which_it_was_asked_for(data, tmp_path):
    assert played(tmp_path / "c", an_order(data, hours=8.0)) == 0
    inputs = read_inputs(tmp_path / "c")
    assert inputs.day is not None
    assert 0 < max(call.at_s for call in inputs.day.calls) < 8 * 3600


def test_a_day_without_calls_is_said_in_both_languages_and_leaves_nothing_half_made(data, tmp_path):
    assert played(tmp_path / "d", an_order(data, day="2026-03-09")) == 1
    fault = json.loads((tmp_path / "d" / FAULT).read_bytes())
    assert fault["en"] == "The log has no incident on 2026-03-09."
    assert fault["vi"] == "Nhật ký không có ca nào ngày 09/03/2026."
    assert not list((tmp_path / "d").glob(".inputs-*"))
    assert not (tmp_path / "d" / "inputs").exists()


def test_a_log_that_is_gone_and_a_database_that_is_away_are_said(data, tmp_path):
    assert played(tmp_path / "e", an_order(tmp_path / "nowhere")) == 1
    assert "disk" in json.loads((tmp_path / "e" / FAULT).read_bytes())["en"]
    away = {LOG_ADDRESS: "host=127.0.0.1 port=1 dbname=vigil user=vigil connect_timeout=2"}
    with pytest.raises(OSError, match="database"):
        play_recorded(tmp_path / "e", an_order(data), Teller(tmp_path / "e"), away)


def test_hours_in_which_nobody_rang_are_said(data, tmp_path):
    assert played(tmp_path / "f", an_order(data, hours=0.001)) == 1
    assert "no incident in the hours" in json.loads((tmp_path / "f" / FAULT).read_bytes())["en"]


def test_a_city_with_posts_is_played_and_its_replay_knows_where_they_are(data, tmp_path):
    cities = tmp_path / "cities"
    copytree(city_folder(), cities / "letters")
    at = where("T")
    post = f'[[post]]\nid = "giua"\nname = "Ngã tư Giữa"\nlat = {at.lat}\nlon = {at.lon}\nassumed = true\n'
    (cities / "letters" / "posts.toml").write_text(post, encoding="utf-8")
    order = structs.replace(an_order(data, rivals=RIVALS[:1]), city_folder=str(cities / "letters"))
    assert played(tmp_path / "g", order) == 0
    replay = json.loads(gzip.decompress(replay_file(tmp_path / "g", 0, 0).read_bytes()))
    assert [place["name"] for place in replay["stations"]][-1] == "Ngã tư Giữa"
    assert (replay["stations"][-1]["lat"], replay["stations"][-1]["lon"]) == pytest.approx(
        (at.lat, at.lon), abs=1e-5
    )


def test_what_the_program_got_wrong_is_no_sentence_for_a_planner(data, tmp_path, monkeypatch):
    def stumble(*_):
        return zip((1,), (), strict=True)

    monkeypatch.setattr(service, "figures_of", lambda *_: list(stumble()))
    with pytest.raises(ValueError, match="zip"):  # the service says that it was the program's fault
        played(tmp_path / "h", an_order(data, rivals=RIVALS[:1]))
    assert not (tmp_path / "h" / FAULT).exists()
