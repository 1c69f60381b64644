"""Laws of the gazetteer, for any text and every name."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import Refused
from routing.gazetteer.alike import similarity
from routing.gazetteer.codes import coordinates, plus_code
from routing.gazetteer.fold import fold, place_key, street_key
from routing.gazetteer.name_book import ALIKE
from routing.gazetteer.spoken import DASH
from tests.named_town import first, hcmc_gazetteer, letter_gazetteer

VIETNAMESE = st.text(
    "aăâeêioôơuưyáàảãạấầẩẫậốồổỗộớờởỡợúùủũụứừửữựđĐÐ bcghklmnpqrstvx0123456789/.,-", max_size=60
)
ANY = st.one_of(st.text(max_size=200), VIETNAMESE)
SLIPS = st.tuples(
    st.integers(0, 40), st.sampled_from(["drop", "double", "swap", "change"]), st.sampled_from("aeionth")
)


@given(ANY)
def test_folding_twice_is_folding_once(text):
    once = fold(text)
    assert fold(once) == once
    assert once.isascii()
    assert fold(text.upper()) == fold(text.upper().lower()) or not text.isascii()


@given(ANY)
def test_a_key_of_a_key_is_the_key(text):
    assert place_key(place_key(fold(text))) == place_key(fold(text))
    assert street_key(street_key(fold(text))) in (street_key(fold(text)), "")


@given(ANY)
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_the_gazetteer(text):
    try:
        found = letter_gazetteer().find(text)
    except Refused:
        assert len(text.strip()) > 200
        return
    for each in found:
        assert 0 <= each.confidence <= 1
        assert each.radius_m >= 0
        assert each.label


@given(ANY)
def test_no_text_breaks_codes_and_coordinates(text):
    coordinates(text)
    plus_code(text)


@given(st.text("abc dn", max_size=20), st.text("abc dn", max_size=20))
def test_likeness_lies_between_nothing_and_the_same(one, other):
    one, other = fold(one), fold(other)
    assert 0 <= similarity(one, other) <= 1
    assert similarity(one, one) == 1


def test_every_name_of_the_town_finds_itself():
    gazetteer = letter_gazetteer()
    index = gazetteer.index
    for entry in index.entries:
        name = index.name(entry)
        said = [each.parts.get("name") or each.parts.get("street") for each in gazetteer.find(name, limit=20)]
        said += [
            f"Hẻm {each.parts['alley']} {each.parts['street']}"
            for each in gazetteer.find(name)
            if "alley" in each.parts
        ]
        assert name in said


def test_every_name_of_the_city_finds_itself():
    """By its key: each is answered by the book it stands in with that very name."""
    index = hcmc_gazetteer().index
    for book in (index.streets, index.things, index.areas.book):
        for name in book.names:
            assert name in book
            assert book.called(name)


@pytest.mark.parametrize("city", ["letters", "hcmc"])
def test_diacritics_do_not_change_the_first_answer(city):
    gazetteer = hcmc_gazetteer() if city == "hcmc" else letter_gazetteer()
    index = gazetteer.index
    names = list(map(index.name, index.entries))
    if city == "hcmc":
        names = [*names[::101], *(name for name in names if "&" in name)]
    for name in filter(fold, names):
        label = first(gazetteer.find(name)).label
        assert first(gazetteer.find(_without_marks(name))).label == label, name
        if not DASH.search(name):  # which is also how two streets that cross are written
            assert first(gazetteer.find(fold(name))).label == label, name


def _without_marks(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(each for each in letters if not unicodedata.combining(each))


@given(st.data(), SLIPS)
@settings(max_examples=80, deadline=None)
def test_the_index_finds_what_a_plain_scan_finds(data, slip):
    """The slow twin compares with every name; whatever it finds as best, the index finds too."""
    book = hcmc_gazetteer().index.streets
    name = data.draw(st.sampled_from([each for each in book.names if len(each) >= 6]))
    said = fold(_slipped(name, *slip))
    fast, slow = book.alike(said), [each for each in book.scan(said) if each[1] >= ALIKE]
    assert bool(fast) == bool(slow)
    if slow:
        assert fast[0][1] == slow[0][1]


def _slipped(name: str, place: int, slip: str, letter: str) -> str:
    place %= len(name)
    before, here, after = name[:place], name[place], name[place + 1 :]
    match slip:
        case "drop":
            return before + after
        case "double":
            return before + here + here + after
        case "swap":
            return before + after[:1] + here + after[1:]
    return before + letter + after
