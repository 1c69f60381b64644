import pytest

from domain.phone import normalised


@pytest.mark.parametrize(
    "said",
    [
        "0901 234 567",
        "+84 901 234 567",
        "84901234567",
        "0084 901.234.567",
        "+84 (0) 901-234-567",
        "(0901) 234567",
    ],
)
def test_one_line_has_one_number_however_it_is_written(said):
    assert normalised(said, "84") == "+84901234567"


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("113", "113"),
        ("1900 1234", "19001234"),
        ("(028) 3855 4137", "+842838554137"),
        ("+33 1 42 34 56 78", "+33142345678"),
        ("842 345", "842345"),
    ],
)
def test_short_numbers_hotlines_and_strangers_stay_what_they_are(said, number):
    assert normalised(said, "84") == number


def test_what_is_normalised_stays_so():
    for said in ("0901234567", "113", "19001234", "+33142345678", "02838554137"):
        once = normalised(said, "84")
        assert normalised(once, "84") == once
