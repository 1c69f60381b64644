"""Addresses taken apart."""

import pytest

from routing.gazetteer.asked import AreaSaid
from routing.gazetteer.parse import readings

AREAS = {
    "quan 1", "quan 5", "quan 10", "quan binh thanh", "binh thanh", "go vap", "quan go vap", "phu nhuan",
    "phuong sai gon", "sai gon", "phuong 7", "phuong ben nghe", "ben nghe", "phuong dien hong", "dien hong",
}  # fmt: skip


def best(said):
    return readings(said, AREAS)[0]


@pytest.mark.parametrize(
    ("said", "path", "name"),
    [
        ("123 Nguyễn Trãi", ("123",), "nguyen trai"),
        ("số 12 đường Lê Lợi", ("12",), "duong le loi"),
        ("hẻm 123/45/6 Nguyễn Trãi", ("123", "45", "6"), "nguyen trai"),
        ("số 12 ngõ 3 Lê Lợi", ("3", "12"), "le loi"),
        ("nhà số 6 hẻm 123/45 Lê Lợi", ("123", "45", "6"), "le loi"),
        ("123-125 Lê Lợi", ("123",), "le loi"),
        ("12 A Lê Lợi", ("12a",), "le loi"),
        ("12 đường số 8", ("12",), "duong so 8"),
        ("266 3/2", ("266",), "3/2"),
        ("H. 45 Lê Lợi", ("45",), "le loi"),
    ],
)
def test_numbers_and_streets_are_told_apart(said, path, name):
    assert (best(said).path, best(said).name) == (path, name)


@pytest.mark.parametrize("said", ["quận 1", "Q1", "q.1", "Q. 01"])
def test_a_numbered_district_is_known_in_every_writing(said):
    assert best(f"Lê Lợi, {said}").areas == (AreaSaid("district", "quan 1", "1"),)


def test_ward_and_district_are_taken_out_without_commas():
    reading = best("123 nguyen trai p7 q5 tphcm")
    assert [area.key for area in reading.areas] == ["phuong 7", "quan 5"]
    assert reading.name == "nguyen trai"


def test_a_street_that_ends_in_the_word_for_ward_keeps_it():
    reading = best("397 nguyen tri phuong phuong dien hong")
    assert reading.name == "nguyen tri phuong"
    assert [area.key for area in reading.areas] == ["phuong dien hong"]


def test_a_district_without_its_word_may_be_meant_and_may_be_a_name():
    names = {(each.name, each.areas) for each in readings("12 Lê Lợi Gò Vấp", AREAS)}
    assert ("le loi go vap", ()) in names
    assert ("le loi", (AreaSaid("any", "go vap", "go vap"),)) in names


def test_a_ward_that_is_called_like_the_city_is_not_taken_for_it():
    assert best("Phường Sài Gòn").areas[0].key == "phuong sai gon"
    assert best("12 Lê Lợi, phường Sài Gòn, TP.HCM").areas[0].key == "phuong sai gon"


@pytest.mark.parametrize(
    "said",
    [
        "Lê Lợi x Pasteur",
        "góc Lê Lợi và Pasteur",
        "ngã tư Lê Lợi - Pasteur",
        "Lê Lợi giao Pasteur",
        "Lê Lợi & Pasteur",
    ],
)
def test_crossings_are_two_streets(said):
    assert ("le loi", "pasteur") in [each.crossing for each in readings(said, AREAS)]


def test_a_name_that_sounds_like_the_word_for_ward_may_be_a_street():
    assert "phuong vi" in [each.name for each in readings("Phượng Vĩ", AREAS)]
    assert [each.name for each in readings("phường 7", AREAS)] == [""]


@pytest.mark.parametrize("said", ["Shop&Go", "Shop & Go"])
def test_an_and_sign_may_be_part_of_a_name(said):
    assert "shop go" in [each.name for each in readings(said, AREAS)]


def test_a_corner_without_a_word_between_its_streets_is_cut_everywhere():
    assert ("le loi", "pasteur") in [each.crossing for each in readings("goc le loi pasteur", AREAS)]


def test_what_is_near_is_told_from_what_is_meant():
    reading = best("123 Lê Lợi, gần chợ Bến Thành")
    assert (reading.name, reading.near) == ("le loi", "chợ Bến Thành")
    assert best("đối diện chợ Bến Thành").near == "chợ Bến Thành"


def test_a_name_that_sounds_like_beside_is_no_beside():
    assert best("12 Nguyễn Hữu Cảnh, Bình Thạnh").near == ""


def test_floor_and_room_are_kept_apart():
    reading = best("65 Nguyễn Du, lầu 3, phòng 302")
    assert reading.name == "nguyen du"
    assert "lau 3" in reading.unit
    assert "phong 302" in reading.unit


def test_a_day_alone_is_a_street():
    assert "3 thang 2" in [each.name for each in readings("3/2, quận 10", AREAS)]


@pytest.mark.parametrize("said", ["", "   ", "!!!", ",,, - ;", "。"])
def test_nothing_said_has_no_reading(said):
    assert readings(said, AREAS) == []
