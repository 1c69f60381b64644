"""What the gazetteer answers in the letter town, whose places can be checked by eye."""

import re
import socket

import pytest

from domain.places import PlaceTooLong
from tests.named_town import apart_m, first, letter_gazetteer
from tests.small_city import where


def find(said, **facts):
    return letter_gazetteer().find(said, **facts)


@pytest.mark.parametrize("said", ["20 3 Tháng 2", "20 ba thang hai", "số 20 đường 3/2", "20 3/2"])
def test_a_house_of_the_map_is_found_exactly(said):
    found = first(find(said))
    assert (found.kind, found.confidence, found.ambiguous) == ("house", 1.0, False)
    assert apart_m(found.position, where("R")) < 1


def test_a_number_between_two_known_ones_is_reckoned():
    found = first(find("60 3/2"))
    assert apart_m(found.position, where("T")) < 30
    assert found.confidence < 1
    assert found.reasons[0]["en"] == "Reckoned between numbers 20 and 100."


def test_the_alley_mouth_is_a_number_of_its_street():
    """House 45 would stand where alley 45 leaves."""
    found = first(find("45 Trần Phú"))
    assert apart_m(found.position, where("a")) < 1


def test_a_house_in_an_alley_is_found_and_an_unknown_one_is_somewhere_in_it():
    assert apart_m(first(find("45/6 Trần Phú")).position, where("i")) < 1
    found = first(find("hẻm 45/9 Trần Phú"))
    assert found.confidence < 0.9
    assert found.radius_m >= 60
    assert apart_m(found.position, where("i")) <= found.radius_m


def test_an_alley_that_is_not_on_the_map_is_its_mouth_and_doubtful():
    found = first(find("12/3 Lê Lợi", near=where("B")))
    assert apart_m(found.position, where("B")) <= found.radius_m
    assert found.confidence < 0.6


def test_a_number_far_beyond_the_last_one_is_doubted_aloud():
    found = first(find("900 Trần Phú"))
    assert found.confidence < 0.4
    assert "ask whether it is this street" in found.reasons[0]["en"]


def test_streets_of_one_name_are_flagged_and_the_nearer_comes_first():
    for near, corner in (("A", "B"), ("o", "t")):
        found = find("lê lợi", near=where(near))
        assert [each.ambiguous for each in found[:2]] == [True, True]
        assert apart_m(found[0].position, where(corner)) < 400
        assert found[0].reasons[1]["en"].startswith("2 places answer")


def test_places_that_read_alike_are_told_apart_by_what_is_near_and_where_they_lie():
    """The letter town has no wards: two lines would say `Lê Lợi` and nothing else."""
    two = [each for each in find("lê lợi") if each.label == "Lê Lợi"]
    assert len(two) == 2
    first_of = [each.reasons[0] for each in two]
    assert len({each["vi"] for each in first_of}) == len({each["en"] for each in first_of}) == 2
    for each in first_of:
        assert re.search(r"\d (m|km) (north|south|east|west)[a-z-]* of the middle of the map\.$", each["en"])
        assert re.search(r"ách trung tâm bản đồ .* về phía (đông|tây|nam|bắc)( nam| bắc)?\.$", each["vi"])


def test_a_place_alone_of_its_name_says_nothing_of_where_it_lies():
    assert not any("of the middle of the map" in each["en"] for each in first(find("Hoa Mai")).reasons)


def test_a_long_street_without_a_number_must_be_asked_about():
    found = first(find("Hoa Mai"))
    assert found.ambiguous
    assert "ask for a number" in found.reasons[-1]["en"]


def test_a_crossing_is_where_its_streets_meet():
    found = first(find("góc Pasteur với Trần Phú"))
    assert found.kind == "crossing"
    assert apart_m(found.position, where("Y")) < 1


def test_streets_that_never_meet_have_no_crossing():
    assert all(each.kind != "crossing" for each in find("Lê Lợi x Nguyễn Trãi"))


MISSED = [
    "Trần Phú x Hoa Mai",
    "góc Trần Phú Hoa Mai",
    "ngã tư trần phú và hoa mai",
    "Trần Phú - Hoa Mai",
    "7 Trần Phú giao Hoa Mai",
]


@pytest.mark.parametrize("said", MISSED)
def test_a_crossing_the_map_does_not_have_is_said_and_its_streets_are_only_candidates(said):
    found = find(said)
    assert {each.label for each in found} == {"Trần Phú", "Hoa Mai"}
    for each, other in zip(found, reversed(found), strict=True):
        assert each.kind == "street"
        assert each.ambiguous
        assert each.confidence <= 0.5
        assert each.reasons[0]["en"].startswith(f"The map has no crossing with {other.label}:")
        assert each.reasons[0]["vi"].startswith(f"Bản đồ không có chỗ giao với {other.label}:")


def test_a_crossing_with_a_street_nobody_knows_is_said_too():
    found = find("Trần Phú x Xyz Abc")
    assert [each.label for each in found] == ["Trần Phú"]
    assert found[0].ambiguous
    assert found[0].reasons[0]["en"].startswith("The map knows no street 'xyz abc':")
    assert find("Abcd x Efgh") == []


def test_beside_a_crossing_the_map_does_not_have_is_asked_as_well():
    found = first(find("đối diện ngã tư Trần Phú x Hoa Mai"))
    assert found.ambiguous
    assert found.reasons[0]["en"].startswith("The map has no crossing with")


def test_a_corner_says_how_a_street_was_read_and_asks_where_it_is_hardly_the_one_said():
    found = first(find("Pasteur x Ngyễn Trải"))
    assert (found.kind, found.ambiguous) == ("crossing", False)
    assert found.reasons[0]["en"] == "'ngyen trai' was read as Nguyễn Trãi."
    hardly = first(find("Pasteur x Nguyễn Trực"))
    assert hardly.ambiguous, hardly


def test_a_name_with_and_in_it_is_no_crossing():
    """Nothing answers to one of its halves."""
    assert first(find("Xyz và Hoa Mai")).reasons[0]["en"].startswith("The street goes on")


@pytest.mark.parametrize("said", ["Bệnh viện Bắc", "bv bac", "North Hospital", "BK", "benh vien bac"])
def test_a_hospital_is_found_by_all_its_names(said):
    found = first(find(said))
    assert (found.kind, found.parts["name"]) == ("hospital", "Bệnh viện Bắc")
    assert apart_m(found.position, where("D")) < 1


def test_what_is_near_something_is_there_and_less_sure():
    alone, beside = first(find("bv đông")), first(find("đối diện bv đông"))
    assert apart_m(alone.position, beside.position) < 1
    assert beside.confidence < alone.confidence
    assert beside.radius_m > alone.radius_m


def test_a_street_near_something_is_the_part_that_passes_it():
    found = first(find("đường Lê Lợi gần bệnh viện Bắc"))
    assert apart_m(found.position, where("D")) < 60


@pytest.mark.parametrize(
    "said", ["nguyen traiz", "Nguyễn Trải", "nguyn trai", "ng trai", "nguyen trai nha mau xanh"]
)
def test_slips_of_the_keyboard_are_forgiven_and_told(said):
    found = first(find(said))
    assert found.parts["street"] == "Nguyễn Trãi"


def test_a_plus_code_and_coordinates_need_no_name():
    assert first(find("10.7490960, 106.65")).kind == "position"
    assert first(find("7P28PMX2+J2")).kind == "code"
    short = first(find("PMX2+J2"))
    assert apart_m(short.position, first(find("7P28PMX2+J2")).position) < 1


@pytest.mark.parametrize("said", ["", "   ", "?!", "，。", "/////", "\x00"])
def test_nothing_said_finds_nothing(said):
    assert find(said) == []


def test_no_more_is_told_than_was_wanted():
    assert len(find("lê lợi", limit=1)) == 1


def test_a_text_beyond_all_addresses_is_refused_with_a_sentence():
    with pytest.raises(PlaceTooLong, match="200 letters"):
        find("a" * 201)


def test_a_house_and_a_street_are_told_of_a_place():
    gazetteer = letter_gazetteer()
    assert gazetteer.reverse(where("B")).label == "12 Lê Lợi"
    assert gazetteer.reverse(where("J")).label == "Nguyễn Trãi"
    assert (
        gazetteer.reverse(
            where(
                "B",
            )
        ).kind
        == "house"
    )


def test_far_from_every_street_there_is_no_address():
    assert letter_gazetteer().reverse(where("A").__class__(10.0, 106.0)) is None


def test_the_network_is_never_asked(monkeypatch):
    def unplugged(*_, **__):
        raise AssertionError("the gazetteer asked the network")

    monkeypatch.setattr(socket, "socket", unplugged)
    monkeypatch.setattr(socket, "getaddrinfo", unplugged)
    assert find("20 ba thang hai")
    assert letter_gazetteer().reverse(where("B"))
