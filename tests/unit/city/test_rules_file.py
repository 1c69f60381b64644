"""The settings of a city: read with their owners, or refused with a sentence."""

from pathlib import Path

import pytest

from dispatch.city_file import BadCityFile, load_city
from dispatch.rules import Rules
from dispatch.rules_file import load_rules
from tests.server import ROOT

CITIES = ROOT / "cities"


def rules_of(folder: Path, text: str) -> Rules:
    (folder / "rules.toml").write_text(text, encoding="utf-8")
    return load_rules(folder)


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(BadCityFile) as refused:
        rules_of(folder, text)
    return str(refused.value)


@pytest.mark.parametrize("city", ["hcmc", "demo"])
def test_the_rules_of_our_own_cities_are_read_and_have_owners(city):
    rules = load_rules(CITIES / city, load_city(CITIES / city).targets)
    assert rules.owners
    assert all(owner for owner in rules.owners.values())


def test_a_city_without_rules_goes_by_the_defaults(tmp_path):
    assert load_rules(tmp_path) == Rules()


def test_a_figure_of_the_file_counts_and_the_others_of_its_section_stay(tmp_path):
    rules = rules_of(tmp_path, '[destination]\nowner = "Dr Hoa"\nscarce_s = 90\n')
    assert rules.destination.scarce_s == 90
    assert rules.destination.doubt_s == Rules().destination.doubt_s
    assert rules.owners == {"destination": "Dr Hoa"}


def test_another_figure_makes_another_version_and_another_owner_does_not(tmp_path):
    one = rules_of(tmp_path, '[beds]\nowner = "Hoa"\nhold_s = 60\n')
    assert one.version == rules_of(tmp_path, '[beds]\nowner = "Lan"\nhold_s = 60\n').version
    assert one.version != rules_of(tmp_path, '[beds]\nowner = "Hoa"\nhold_s = 61\n').version


def test_what_the_city_file_says_of_ages_holds_where_the_rules_are_silent():
    city = load_city(CITIES / "demo")
    assert load_rules(CITIES / "demo", city.targets).send.stale_after_s == city.targets.unit_position.red_s


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[beds]\nhold_s = 60\n", "section [beds], field 'owner'"),
        ('[bedz]\nowner = "Hoa"\n', "there is no section [bedz]"),
        ('[beds]\nowner = "Hoa"\nhold = 60\n', "'hold' is not a field of it"),
        ('[beds]\nowner = "Hoa"\nhold_s = "long"\n', "section [beds]"),
        ('[beds]\nowner = "Hoa"\nhold_s = -1\n', "section [beds]"),
        ('[beds]\nowner = "Hoa"\nhold_s = inf\n', "neither inf nor nan"),
        ("beds = 3\n", "must be a section"),
        ("[beds\n", "not TOML"),
    ],
)
def test_a_bad_file_gets_a_sentence(tmp_path, text, words):
    assert words in refusal(tmp_path, text)


def test_every_fault_is_told_at_once(tmp_path):
    told = refusal(tmp_path, "[beds]\nhold_s = 60\n[nothing]\n")
    assert "owner" in told
    assert "[nothing]" in told


def test_norms_are_data_of_the_city(tmp_path):
    text = '[figures]\nowner = "Hoa"\nday_begins = "07:00"\n[[figures.norms]]\nname = "ours"\n'
    rules = rules_of(tmp_path, text + 'interval = "scene_time"\nwithin_s = 600\npriorities = ["P1"]\n')
    (norm,) = rules.figures.norms
    assert (norm.name, norm.interval, norm.within_s, norm.share) == ("ours", "scene_time", 600, 0.9)
    assert rules.figures.begins.hour == 7
    for wrong in ('interval = "tea_break"\nwithin_s = 600\n', 'interval = "scene_time"\nwithin_s = 0\n'):
        assert "section [figures]" in refusal(tmp_path, text + wrong)
    assert "section [figures]" in refusal(tmp_path, '[figures]\nowner = "Hoa"\nday_begins = "noon"\n')
