"""The demand fitted to 48,877 real emergency calls of Montgomery County, Pennsylvania."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from simulations.demand.fit import fit
from simulations.demand.held_out import judge
from simulations.demand.history import Columns, read_history
from simulations.demand.kinds import read_kinds
from tests.shared_data import shared_file

KINDS = Path(__file__).resolve().parents[3] / "simulations" / "demand" / "montgomery.csv"


def test_the_fitted_week_holds_in_weeks_it_has_not_seen(tmp_path):
    with ZipFile(shared_file("calls/montgomery-county-911.zip")) as packed:
        packed.extract("911.csv", tmp_path)
    history = read_history(tmp_path / "911.csv", Columns("timeStamp", "lat", "lng", "title", "EMS: "))
    assert len(history) + history.wild == 48_877
    assert history.wild == 2
    fitted = fit(history, read_kinds(KINDS))
    assert 7.5 < fitted.week().mean() < 8.3
    judged = judge(history, fitted.place)
    assert judged.against_flat.interval.high < -0.5
    assert judged.against_means.interval.high < 0, "better than plain means, and surely so"
    assert 1.0 < judged.dispersion < 1.3, "days differ a little more than chance alone makes them"
    for each in judged.coverage:
        assert each.wide[1] == pytest.approx(each.wide[0], abs=0.03)
    assert judged.bits.low > 0
