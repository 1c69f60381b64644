from simulations.living_demo.picture import Picture
from tests.unit.living_demo.demo_parts import a_run, a_unit, an_incident


def test_rows_are_replaced_whole_and_never_by_older_ones():
    picture = Picture()
    picture.change({"units": [a_unit(status="EN", seq=5)]})
    picture.change({"units": [a_unit(status="AV", seq=3)]})
    assert picture.units["C1"]["status"] == "EN"
    picture.change({"units": [a_unit(status="SC", seq=6)]})
    assert picture.units["C1"]["status"] == "SC"


def test_what_is_over_is_dropped():
    picture = Picture()
    picture.change({"incidents": [an_incident()], "runs": [a_run()]})
    picture.change(
        {"incidents": [an_incident(status="closed", seq=2)], "runs": [a_run(status="clear", seq=2)]}
    )
    assert not picture.incidents
    assert not picture.runs


def test_a_snapshot_begins_anew():
    picture = Picture()
    picture.change({"incidents": [an_incident("old")]})
    picture.load({"seq": 9, "epoch": "e", "incidents": [an_incident("new")]})
    assert set(picture.incidents) == {"new"}
    assert (picture.seq, picture.epoch) == (9, "e")


def test_tables_of_a_later_version_are_passed_over():
    Picture().change({"weather": [{"id": "rain", "seq": 1}]})
