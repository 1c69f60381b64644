"""What is read of a map, and how its names are kept beside it."""

import pytest

from api.names import LateGazetteer
from domain.errors import Refused
from domain.places import MapWithoutNames
from domain.values import Position
from routing.gazetteer import tables
from routing.gazetteer.build import build, made
from routing.gazetteer.city_names import CityNames, Former, Ward
from routing.gazetteer.find import OfflineGazetteer
from routing.gazetteer.read_names import read_names
from tests.named_town import apart_m, first
from tests.towns import town

DRAWN = """
a-b-c-d-e
| | | | |
f-g-h-i-j
"""


def drawn(**facts):
    return town(DRAWN, **facts)


def of(folder, one, names=None):
    return OfflineGazetteer(made(read_names(one.write(folder))), names or CityNames())


def test_a_street_with_a_small_gap_is_one_and_far_ones_of_its_name_are_two(tmp_path):
    for ways, count in ((("ab", "cd"), 1), (("ab", "ij"), 2)):
        one = drawn(streets={way: {"name": "Lê Lợi"} for way in ways})
        assert len(of(tmp_path, one).index.streets.called("le loi")) == count


def test_a_street_is_found_by_its_former_name(tmp_path):
    one = drawn(streets={"ab": {"name": "Lý Tự Trọng", "old_name": "Gia Long"}})
    found = first(of(tmp_path, one).find("gia long"))
    assert found.parts["street"] == "Lý Tự Trọng"
    assert found.confidence < first(of(tmp_path, one).find("ly tu trong")).confidence


def test_a_house_that_names_no_street_belongs_to_the_one_it_stands_at_and_is_less_sure(tmp_path):
    one = drawn(
        streets={"ab": {"name": "Lê Lợi"}, "fg": {"name": "Pasteur"}},
        signs={"a": {"addr:housenumber": "7"}, "f": {"addr:housenumber": "9", "addr:street": "Pasteur"}},
    )
    gazetteer = of(tmp_path, one)
    assert apart_m(first(gazetteer.find("7 Lê Lợi")).position, one.at("a")) < 1
    assert first(gazetteer.find("7 Lê Lợi")).confidence < first(gazetteer.find("9 Pasteur")).confidence


def test_a_house_far_from_the_street_it_names_is_a_mistake_of_the_map(tmp_path):
    one = town("a-b" + "-" * 22 + "c", streets={"ab": {"name": "Lê Lợi"}},
               signs={"c": {"addr:housenumber": "5", "addr:street": "Lê Lợi"}})  # fmt: skip
    assert len(made(read_names(one.write(tmp_path))).house_path) == 0


def test_an_alley_without_more_belongs_to_the_street_it_leaves(tmp_path):
    one = drawn(streets={"ab": {"name": "Lê Lợi"}, "bg": {"name": "Hẻm 12"}})
    found = first(of(tmp_path, one).find("hẻm 12 Lê Lợi"))
    assert (found.kind, found.parts["street"], found.parts["alley"]) == ("alley", "Lê Lợi", "12")


def test_a_post_that_counts_kilometres_is_found(tmp_path):
    post = {"highway": "milestone", "distance": "12", "ref": "QL1A"}
    one = drawn(streets={"ab": {"name": "Quốc lộ 1A"}}, signs={"b": post})
    found = first(of(tmp_path, one).find("km 12 QL1A"))
    assert apart_m(found.position, one.at("b")) < 1


def test_a_thing_of_the_map_is_found_by_each_of_its_names(tmp_path):
    temple = {"amenity": "place_of_worship", "name": "Chùa Vĩnh Nghiêm", "alt_name": "Vĩnh Nghiêm Pagoda"}
    one = drawn(streets={"ab": {"name": "Lê Lợi"}}, signs={"d": temple})
    for said in ("chua vinh nghiem", "Vĩnh Nghiêm Pagoda", "gần chùa Vĩnh Nghiêm"):
        assert apart_m(first(of(tmp_path, one).find(said)).position, one.at("d")) < 1


def test_a_ward_of_today_is_a_circle_where_the_map_has_none_and_is_told_of_what_lies_in_it(tmp_path):
    one = drawn(streets={"ab": {"name": "Lê Lợi"}, "ij": {"name": "Lê Lợi"}})
    wards = tuple(
        Ward(name, (), one.at(corner), 120.0, ())
        for name, corner in (("Phường Tây", "a"), ("Phường Đông", "j"))
    )
    gazetteer = of(tmp_path, one, CityNames(wards, (Former("Quận Cũ", (), (), ("Phường Đông",)),)))
    east = first(gazetteer.find("Lê Lợi, phường Đông"))
    assert east.parts["ward"] == "Phường Đông"
    assert not east.ambiguous
    assert apart_m(east.position, one.at("j")) <= 100
    assert apart_m(first(gazetteer.find("Lê Lợi, quận Cũ")).position, one.at("j")) <= 100
    assert first(gazetteer.find("Lê Lợi")).ambiguous


def test_boards_by_area_know_every_ward_and_district_and_where_a_spot_belongs(tmp_path):
    one = drawn(streets={"ab": {"name": "Lê Lợi"}})
    wards = tuple(
        Ward(name, (), one.at(corner), 120.0, ())
        for name, corner in (("Phường Tây", "a"), ("Phường Đông", "j"))
    )
    gazetteer = of(tmp_path, one, CityNames(wards, (Former("Quận Cũ", (), (), ("Phường Đông",)),)))
    assert gazetteer.area_names() == {"ward": ["Phường Tây", "Phường Đông"], "district": ["Quận Cũ"]}
    assert gazetteer.areas_at(one.at("j")) == {"ward": "Phường Đông", "district": "Quận Cũ"}
    assert gazetteer.areas_at(one.at("a")) == {"ward": "Phường Tây"}
    bare = of(tmp_path, drawn(), CityNames())
    assert (bare.area_names(), bare.areas_at(one.at("a"))) == ({"ward": [], "district": []}, {})


def test_names_are_kept_beside_the_map_and_read_again(tmp_path):
    source = drawn(streets={"ab": {"name": "Lê Lợi"}}).write(tmp_path)
    build(source, tmp_path)
    kept = tables.load(tmp_path)
    again = OfflineGazetteer(kept, CityNames())
    assert again.find("le loi") == OfflineGazetteer(made(read_names(source)), CityNames()).find("le loi")


def test_names_of_another_builder_or_damaged_ones_are_as_good_as_none(tmp_path, monkeypatch):
    build(drawn(streets={"ab": {"name": "Lê Lợi"}}).write(tmp_path), tmp_path)
    assert tables.is_there(tmp_path)
    monkeypatch.setattr(tables, "BUILDER", tables.BUILDER + 1)
    assert not tables.is_there(tmp_path)
    monkeypatch.undo()
    file = tmp_path / tables.FILE
    file.write_bytes(file.read_bytes()[:100])
    assert not tables.is_there(tmp_path)


def test_a_map_without_any_name_is_searched_in_vain_and_without_a_fault(tmp_path):
    gazetteer = of(tmp_path, drawn())
    assert gazetteer.find("lê lợi") == []
    assert gazetteer.find("12 lê lợi x pasteur, quận 1") == []
    assert gazetteer.reverse(Position(10.75, 106.65)) is None


def test_the_desk_says_so_where_the_map_has_no_names(tmp_path):
    late = LateGazetteer(tmp_path, CityNames())
    with pytest.raises(MapWithoutNames, match="without its names"):
        late.find("lê lợi")
    with pytest.raises(Refused):
        late.reverse(Position(10.75, 106.65))


def test_the_first_question_waits_for_the_names(tmp_path):
    build(drawn(streets={"ab": {"name": "Lê Lợi"}}).write(tmp_path), tmp_path)
    assert LateGazetteer(tmp_path, CityNames()).find("le loi")
