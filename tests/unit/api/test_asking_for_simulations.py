"""What is asked for at the console becomes the order of the command line, or a sentence."""

import json
from pathlib import Path
from shutil import copy
from uuid import UUID

import pytest
from pydantic import ValidationError

from api.misunderstood import sentence
from api.planning.ask import order_of
from api.planning.choices import choices
from api.planning.errors import STATUS, UnfitModel, UnfitScenario
from api.planning.shelf import Shelf
from api.schema import simulations as schema
from dispatch.city_file import load_city
from domain.errors import Refused
from simulations.city_model.write import write_model
from tests.unit.simulations.small_model import small_model

ROOT = Path(__file__).resolve().parents[3]
DEMO = ROOT / "cities" / "demo"
EXAMPLES = json.loads((ROOT / "tests" / "examples" / "simulations.json").read_text(encoding="utf-8"))
CITY = load_city(DEMO)
ONE = {"name": "as always"}


@pytest.fixture
def shelf(tmp_path):
    return Shelf("demo", DEMO, tmp_path / "map", tmp_path / "own")


def asked(**facts):
    usual = {"id": UUID(int=1), "question": "Who waits longer?", "source": "city", "rivals": [ONE]}
    return schema.NewSimulation.model_validate({**usual, **facts})


def test_what_is_not_said_is_as_usual(shelf):
    order = order_of(asked(rivals=[ONE, {"name": "two more", "more": {"nam-giao": 2}}]), CITY, shelf)
    found = order.experiment
    assert (found.hours, found.warm_up_hours, found.replications, found.seed) == (24.0, 6.0, 20, 115)
    assert (found.begins, found.days, found.city) == ("2026-03-02T00:00", "model", "demo")
    assert found.rivals[1].more == {"nam-giao": 2}
    assert order.city_folder == str(DEMO)


def test_a_scenario_brings_its_question_its_courses_and_its_days(shelf):
    order = order_of(asked(source="scenario", scenario="flood", rivals=[], question=""), CITY, shelf)
    assert [rival.name for rival in order.experiment.rivals] == ["dry", "flood", "placed"]
    assert (order.experiment.hours, order.experiment.seed) == (72.0, 1710)
    assert order.question["en"].startswith("King tide floods")


@pytest.mark.parametrize(
    ("facts", "kind", "words"),
    [
        ({"question": "  "}, "QuestionWanted", "question"),
        ({"rivals": []}, "RivalsWanted", "at least one"),
        ({"rivals": [ONE, ONE]}, "RivalNamedTwice", "'as always'"),
        ({"rivals": [{"name": str(n)} for n in range(7)]}, "TooManyRivals", "6"),
        ({"rivals": [{**ONE, "policy": "nearest"}]}, "UnknownSimulatedPolicy", "dmexclp"),
        ({"rivals": [{**ONE, "move_up": "away"}]}, "UnknownMoveUpRule", "mended"),
        ({"rivals": [{**ONE, "without": ["Z9"]}]}, "UnitNotInCity", "Z9"),
        ({"rivals": [{**ONE, "more": {"nowhere": 1}}]}, "StationNotInCity", "nowhere"),
        ({"rivals": [{**ONE, "turnout_s": {"boat": 1}}]}, "KindNotInCity", "van"),
        ({"rivals": [{**ONE, "without": [u.callsign for u in CITY.units]}]}, "NobodyLeft", "no unit"),
        ({"replications": 201}, "TooManyReplications", "200"),
        ({"hours": 337}, "TooManyHours", "336"),
        ({"hours": 330, "replications": 200}, "TooMuchSimulated", "67200"),
        ({"begins": "tomorrow"}, "BadBegins", "tomorrow"),
        ({"begins": "2026-02-30T00:00"}, "BadBegins", "02-30"),
        ({"begins": "0999-01-01T00:00"}, "BadBegins", "0999"),
        ({"begins": "9999-12-31T23:00"}, "BadBegins", "2199"),
        ({"source": "model", "model": "nowhere"}, "UnknownModel", "nowhere"),
        ({"source": "scenario", "scenario": "nothing", "rivals": []}, "UnknownScenario", "flood"),
        ({"source": "scenario", "scenario": "flood"}, "ScenarioSaysIt", "rivals"),
        ({"source": "scenario", "scenario": "flood", "rivals": [], "hours": 3}, "ScenarioSaysIt", "hours"),
        ({"model": "edmonton"}, "SourceSaysIt", "model"),
        ({"source": "now", "scenario": "flood"}, "SourceSaysIt", "scenario"),
        ({"source": "now", "hours": 5}, "TooManyHours", "4"),
        ({"source": "now", "rivals": [{**ONE, "more": {"nam-giao": 1}}]}, "NowSaysIt", "more"),
        ({"source": "now", "begins": "2026-03-02T00:00"}, "NowSaysIt", "begins"),
        ({"source": "now", "rivals": [{**ONE, "closed": ["bv-a"]}]}, "NowSaysIt", "closed"),
        ({"rivals": [{**ONE, "closed": ["nowhere"]}]}, "HospitalNotInCity", "nowhere"),
        ({"rivals": [{**ONE, "staffed": {"nowhere": {}}}]}, "HospitalNotInCity", "nowhere"),
        ({"rivals": [{**ONE, "closed": [h.id for h in CITY.hospitals]}]}, "NoHospitalLeft", "no hospital"),
        (
            {"rivals": [{**ONE, "staffed": {CITY.hospitals[0].id: {"Sofas": 1}}}]},
            "UnknownPlannedBed",
            "AdultICU",
        ),
        ({"day": "2026-11-20"}, "SourceSaysIt", "day"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_in_both_languages(facts, kind, words, shelf):
    with pytest.raises(Refused, match=words) as refused:
        order_of(asked(**facts), CITY, shelf)
    assert type(refused.value).__name__ == kind
    assert STATUS[type(refused.value)] == 422
    assert len(refused.value.sentence("vi")) > 10


@pytest.mark.parametrize(
    ("second", "field"),
    [
        (ONE, "name"),
        ({"name": "b", "policy": "nearest"}, "policy"),
        ({"name": "b", "move_up": "away"}, "move_up"),
        ({"name": "b", "without": ["Z9"]}, "without"),
        ({"name": "b", "more": {"nowhere": 1}}, "more"),
        ({"name": "b", "turnout_s": {"boat": 1}}, "turnout_s"),
        ({"name": "b", "without": [u.callsign for u in CITY.units]}, "without"),
    ],
)
def test_a_refusal_about_a_rival_names_its_field_as_it_was_sent(second, field, shelf):
    with pytest.raises(Refused) as refused:
        order_of(asked(rivals=[ONE, second]), CITY, shelf)
    assert refused.value.facts["field"] == f"rivals.1.{field}"


@pytest.mark.parametrize(
    "fact", [{"more": {"nam-giao": 1}}, {"takers": 0}, {"lines": 3}, {"turnout_s": {"van": 0}}]
)
def test_what_a_rival_from_now_on_may_not_say_is_named_as_it_was_sent(fact, shelf):
    rivals = [{"name": "as it is"}, {**ONE, **fact}]
    with pytest.raises(Refused) as refused:
        order_of(asked(source="now", rivals=rivals), CITY, shelf)
    assert refused.value.facts == {"field": f"rivals.1.{next(iter(fact))}"}


def test_numbers_out_of_bounds_are_refused_in_the_language_of_who_asked():
    with pytest.raises(ValidationError) as refused:
        asked(hours=0, seed=2**53)
    faults = refused.value.errors()
    assert sentence(faults, "vi").endswith("hours: ít nhất 0,1; seed: phải nhỏ hơn 9007199254740992.")
    assert sentence(faults, "en") == "Not understood: hours: at least 0.1; seed: below 9007199254740992."


def test_what_goes_on_from_now_has_no_warm_up_and_no_bundle(shelf):
    order = order_of(asked(source="now", rivals=[{**ONE, "policy": "rules"}]), CITY, shelf)
    assert (order.experiment.hours, order.experiment.warm_up_hours, order.key) == (2.0, 0.0, None)


def test_a_city_of_which_nobody_wrote_how_often_people_call_is_told_so(tmp_path):
    shelf = Shelf("demo", tmp_path, tmp_path, tmp_path)
    with pytest.raises(Refused, match=r"no demand\.toml"):
        order_of(asked(), CITY, shelf)
    assert choices(CITY, shelf, now=False, may_start=True).demand is False


def test_a_scenario_of_ones_own_is_found_and_a_broken_one_says_on_which_line(shelf):
    own = shelf.own / "scenarios"
    own.mkdir(parents=True)
    copy(ROOT / "simulations" / "presets" / "demo" / "flood.toml", own / "spring-tide.toml")
    text = (own / "spring-tide.toml").read_text(encoding="utf-8")
    (own / "broken.toml").write_text(text.replace("share = 0.25", "share = 25"), encoding="utf-8")
    names = [each.name for each in choices(CITY, shelf, now=False, may_start=True).scenarios]
    assert "spring-tide" in names
    assert "broken" not in names
    with pytest.raises(UnfitScenario, match=r"broken\.toml, line \d+"):
        order_of(asked(source="scenario", scenario="broken", rivals=[]), CITY, shelf)


def test_a_model_is_known_by_its_folder(shelf):
    folder = shelf.own / "models" / "edmonton"
    write_model(small_model(name="Edmonton"), folder)
    there = choices(CITY, shelf, now=False, may_start=True).models
    assert [(each.name, each.title) for each in there] == [("edmonton", "Edmonton")]
    order = order_of(asked(source="model", model="edmonton"), CITY, shelf)
    assert order.model_folder == str(folder)


@pytest.mark.parametrize(
    ("fact", "kind"),
    [
        ({"without": ["NO-SUCH"]}, "UnitNotInCity"),
        ({"more": {"nam-giao": 1}}, "StationNotInCity"),
        ({"turnout_s": {"helicopter": 5}}, "KindNotInCity"),
        ({"without": ["C1", "T2"]}, "NobodyLeft"),
    ],
)
def test_rivals_of_a_model_are_judged_by_its_own_units_before_anybody_waits(fact, kind, shelf):
    write_model(small_model(), shelf.own / "models" / "small")
    order_of(asked(source="model", model="small", rivals=[{**ONE, "without": ["C1"]}]), CITY, shelf)
    with pytest.raises(Refused) as refused:
        order_of(asked(source="model", model="small", rivals=[{**ONE, **fact}]), CITY, shelf)
    assert type(refused.value).__name__ == kind


def test_a_model_with_a_fault_says_on_which_line(shelf):
    folder = shelf.own / "models" / "small"
    write_model(small_model(), folder)
    (folder / "fleet.csv").write_text((folder / "fleet.csv").read_text().replace("nights", "lates"))
    with pytest.raises(UnfitModel, match=r"fleet\.csv, line 3") as refused:
        order_of(asked(source="model", model="small"), CITY, shelf)
    assert refused.value.facts["field"] == "model"


@pytest.mark.parametrize(
    ("route", "kind"),
    [
        ("GET /simulations/choices", schema.SimulationChoices),
        ("GET /simulations", schema.SimulationList),
        ("GET /simulations/{id}", schema.SimulationAnswer),
        ("GET /simulations/{id}/replay", schema.SimulationReplay),
    ],
)
def test_the_examples_that_the_console_is_tested_with_are_answers_of_this_api(route, kind):
    told = EXAMPLES[route]
    assert kind.model_validate(told).model_dump(mode="json") == told


def test_the_example_of_an_order_is_one(shelf):
    order_of(schema.NewSimulation.model_validate(EXAMPLES["POST /simulations"]["body"]), CITY, shelf)
