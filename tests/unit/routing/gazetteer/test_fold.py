"""Names made comparable."""

import pytest

from routing.gazetteer.fold import fold, initials, place_key, street_key
from routing.gazetteer.numbers import alley_of, path_of, path_of_sign, root, said


@pytest.mark.parametrize("written", ["Nguyễn Trãi", "NGUYEN TRAI", "nguyễn  trãi.", "Nguyễn Trãi".upper()])
def test_diacritics_capitals_and_spaces_do_not_matter(written):
    assert fold(written) == "nguyen trai"


def test_the_two_letters_for_d_are_one():
    assert fold("Trần Hưng Ðạo") == fold("Trần Hưng Đạo") == "tran hung dao"


@pytest.mark.parametrize("written", ["Đường số 8", "đ. số 08", "Đường 8", "số 8"])
def test_a_numbered_street_has_one_key(written):
    assert street_key(fold(written)) == "so 8"


@pytest.mark.parametrize("written", ["3/2", "3 tháng 2", "Đường 3 Tháng 2", "ba tháng hai", "3-2"])
def test_a_street_named_after_a_day_has_one_key(written):
    assert street_key(fold(written)) == "3 thang 2"


@pytest.mark.parametrize("written", ["QL1A", "ql 1a", "Quốc lộ 1A", "quốc lộ 1 A"])
def test_a_national_road_has_one_key(written):
    assert street_key(fold(written)) == "quoc lo 1a"


def test_the_eighth_month_is_spelt_or_written_in_digits():
    assert street_key(fold("Cách Mạng Tháng Tám")) == street_key(fold("cách mạng tháng 8"))


def test_initials_are_those_people_write():
    assert initials("cach mang thang 8") == ("cmt8", "cmtt")
    assert initials("nguyen thi minh khai") == ("ntmk",)
    assert initials("le loi") == ()


def test_abbreviations_of_things_are_written_out():
    assert place_key(fold("BV Chợ Rẫy")) == place_key(fold("Bệnh viện Chợ Rẫy"))
    assert place_key(fold("Ngã 4 Hàng Xanh")) == place_key(fold("Ngã tư Hàng Xanh"))


def test_a_house_number_is_a_path_from_the_street_inwards():
    assert path_of(fold("123/45/6A")) == ("123", "45", "6a")
    assert path_of(fold("02")) == ("2",)
    assert path_of(fold("55Bis A")) == ("55bisa",)
    assert path_of(fold("ks")) == ()
    assert said(("123", "6a")) == "123/6A"


def test_of_several_numbers_on_a_door_the_first_counts():
    assert path_of_sign("12-14") == path_of_sign("12, 14") == ("12",)


def test_a_plot_has_no_number_on_the_street():
    assert root(path_of("170a")) == 170
    assert root(path_of("b12/4")) is None


@pytest.mark.parametrize(
    ("name", "path", "street"),
    [
        ("Hẻm 123/45 Nguyễn Trãi", ("123", "45"), "nguyen trai"),
        ("Hẻm 60Tân Thuận Tây", ("60",), "tan thuan tay"),
        ("Hẻm 1352 đường 3/2", ("1352",), "duong 3/2"),
        ("Hem 215", ("215",), ""),
    ],
)
def test_an_alley_tells_its_number_and_its_street(name, path, street):
    assert alley_of(fold(name)) == (path, street)


def test_an_alley_with_a_name_has_no_number():
    assert alley_of(fold("Hẻm chợ")) is None
