"""What a city says of its demand, in the file beside its stations and hospitals."""

from pathlib import Path
from shutil import copy

import pytest

from dispatch.city_file import load_city
from simulations.city_model.faults import BadModel
from simulations.city_model.of_city import read_demand, with_incidents
from tests.unit.simulations.small_model import small_model

HCMC = Path(__file__).resolve().parents[3] / "cities" / "hcmc"


def test_the_city_that_comes_with_vigil_has_as_many_calls_as_its_file_says():
    demand = read_demand(HCMC)
    by_kind = {name: sum(rates) / 7 for name, rates in demand.rates.items()}
    assert sum(by_kind.values()) == pytest.approx(1000.0)
    assert by_kind["none"] == pytest.approx(700.0)
    assert max(demand.pace) == 1.55
    assert load_city(HCMC).id == "hcmc"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("none = 0.70", "none = 0.60", "'shares' make 0.9 together; they must make 1"),
        ("calls_a_day = 1000", "calls_a_day = -1", "'calls_a_day' must be 0.001 or more"),
        ("  0.65, 0.60,", "  0.65,", "'hours.calls' must be 24 numbers above 0"),
        ("lines = 14", "line = 14", "'call_taking.line' is not known here; is it misspelt?"),
        ("stay = ", "stays = ", "'stay' is missing from [durations]"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, old, new, told):
    text = (HCMC / "demand.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "demand.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(BadModel) as found:
        read_demand(tmp_path)
    assert any(told in each and each.startswith("demand.toml, line ") for each in found.value.sentences)


def test_a_city_without_the_file_is_told_so(tmp_path):
    copy(HCMC / "city.toml", tmp_path)
    with pytest.raises(BadModel, match=r"no demand\.toml"):
        read_demand(tmp_path)


def test_with_so_many_incidents_a_day_everything_else_keeps_its_shares():
    model = with_incidents(small_model(), 100.0)
    needing = [kind for kind in model.kinds if kind.priority != "none"]
    assert sum(sum(kind.rates) for kind in needing) / 7 == pytest.approx(100.0)
    before, after = (
        [sum(kind.rates) / sum(each.kinds[0].rates) for kind in each.kinds] for each in (small_model(), model)
    )
    assert after == pytest.approx(before)
