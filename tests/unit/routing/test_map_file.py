import json
import os

import pytest

from routing import map_file
from routing.errors import MapError
from tests.towns import town


def files_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_map_is_named_after_its_content(tmp_path):
    first = map_file.build(town("a-b").write(tmp_path), tmp_path / "maps", "Thủ Đức")
    assert first.name.startswith("thu-duc-")
    assert map_file.load(first).version == first.name
    second = map_file.build(town("a-b-c").write(tmp_path), tmp_path / "maps", "Thủ Đức")
    assert second != first


def test_a_map_without_a_name_takes_that_of_its_file(tmp_path):
    source = town("a-b").write(tmp_path, "small-town.osm")
    assert map_file.build(source, tmp_path / "maps").name.startswith("small-town-")


def test_building_again_finds_the_map_that_is_there(tmp_path):
    source = town("a-b").write(tmp_path)
    first = map_file.build(source, tmp_path / "maps")
    before = (first / "graph.npz").stat().st_mtime_ns
    stages = []
    assert (
        map_file.build(source, tmp_path / "maps", progress=lambda stage, share: stages.append(stage)) == first
    )
    assert (first / "graph.npz").stat().st_mtime_ns == before
    assert stages[-1] == "already built"


def test_the_progress_rises_to_one(tmp_path):
    shares = []
    map_file.build(
        town("a-b").write(tmp_path), tmp_path / "maps", progress=lambda _, share: shares.append(share)
    )
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_a_map_loaded_is_the_map_built(tmp_path):
    drawn = town("a-b>c\n|   |\nd...e", signs={"b": {"barrier": "bollard"}})
    one = map_file.load(map_file.build(drawn.write(tmp_path), tmp_path / "one"))
    other = map_file.load(map_file.build(drawn.write(tmp_path), tmp_path / "other"))
    for part in ("streets", "graph", "indexes", "hierarchy"):
        for name in getattr(one, part).__slots__:
            assert (getattr(getattr(one, part), name) == getattr(getattr(other, part), name)).all()


def test_a_build_that_fails_leaves_nothing(tmp_path, monkeypatch):
    source = town("a-b").write(tmp_path)

    def broken_disk(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(map_file, "_write", broken_disk)
    with pytest.raises(MapError, match="No space left on device"):
        map_file.build(source, tmp_path / "maps")
    assert files_in(tmp_path / "maps") == []


def test_what_a_killed_build_left_is_swept_away_and_a_running_one_is_let_be(tmp_path):
    maps = tmp_path / "maps"
    dead, alive = maps / ".building-town-00000000-4194305", maps / f".building-other-00000000-{os.getpid()}"
    dead.mkdir(parents=True)
    alive.mkdir()
    built = map_file.build(town("a-b").write(tmp_path), maps)
    assert files_in(maps) == sorted([alive.name, built.name])


def test_a_half_deleted_map_is_built_again(tmp_path):
    source = town("a-b").write(tmp_path)
    built = map_file.build(source, tmp_path / "maps")
    (built / "graph.npz").unlink()
    with pytest.raises(MapError, match="not a built map"):
        map_file.load(built)
    assert map_file.load(map_file.build(source, tmp_path / "maps")).streets.edges == 1


def test_a_damaged_map_says_so(tmp_path):
    built = map_file.build(town("a-b").write(tmp_path), tmp_path / "maps")
    whole = (built / "graph.npz").read_bytes()
    for damaged in (b"", whole[:100], whole[: len(whole) // 2]):
        (built / "graph.npz").write_bytes(damaged)
        with pytest.raises(MapError, match="damaged"):
            map_file.load(built)


def test_a_map_of_another_builder_is_refused(tmp_path):
    built = map_file.build(town("a-b").write(tmp_path), tmp_path / "maps")
    report = json.loads((built / "report.json").read_text())
    (built / "report.json").write_text(json.dumps({**report, "builder": "0"}))
    with pytest.raises(MapError, match="another version"):
        map_file.load(built)


def test_habits_can_be_chosen_and_make_another_map(tmp_path):
    source = town("a.b\n|\nc").write(tmp_path)
    by_place = map_file.build(source, tmp_path / "maps")
    general = map_file.build(source, tmp_path / "maps", practice="general")
    assert by_place != general
    assert map_file.load(by_place).report["practice"] == "vietnamese"
    with pytest.raises(MapError, match="no practice 'martian'"):
        map_file.build(source, tmp_path / "maps", practice="martian")


def test_turn_restrictions_are_kept_whole(tmp_path):
    drawn = town("a-b-c\n  |\n  d")
    drawn.restrictions = [
        ("ab", "b", "bd", {"restriction": "no_right_turn", "except": "psv;emergency"}),
        ("cb", "b", "bd", {"restriction:conditional": "no_left_turn @ (Mo-Fr 06:00-09:00)"}),
    ]
    road_map = drawn.road_map(tmp_path)
    plain, timed = road_map.restrictions
    assert (plain.kind, plain.spared) == ("no_right_turn", ("psv", "emergency"))
    assert (plain.from_ways, plain.to_ways) == ((drawn.way_id("ab"),), (drawn.way_id("bd"),))
    assert plain.via_nodes == (int(road_map.streets.node_osm[road_map.streets.node_osm == 2][0]),)
    assert (timed.kind, timed.conditional) == ("no_left_turn", "Mo-Fr 06:00-09:00")
    assert road_map.report["restrictions"] == {
        "kept": 2, "used": 2, "left_out": {}, "conditional": 1, "conditions_not_understood_bind_always": 0,
        "holidays_not_known": 0, "via_way": 0, "sparing_some": 1, "used_in_routing": True,
    }  # fmt: skip


def test_the_report_counts_what_the_map_holds(tmp_path):
    report = town("a-b-c e-f", signs={"b": {"barrier": "gate"}}).road_map(tmp_path).report
    assert report["read"]["ways"] == 3
    assert report["read"]["nodes"] == 5
    assert report["read"]["barriers"] == 1
    assert report["profiles"]["van"]["parts"] == 2
    (island,) = report["profiles"]["van"]["islands"]
    assert island["street_km"] == pytest.approx(0.1)
    assert (island["lat"], island["lon"]) == pytest.approx((10.75, 106.6532), abs=1e-5)
    assert report["graph"]["street_km"] == pytest.approx(0.3)
    assert report["attribution"].startswith("© OpenStreetMap contributors")
