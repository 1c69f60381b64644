"""Street corners to wait at, as a city writes them down."""

import pytest

from dispatch.city_file import BadCityFile, load_city
from tests.small_city import where, write_small_city
from tests.tight_city import POST


@pytest.fixture
def city(tmp_path):
    _, cities = write_small_city(tmp_path)
    return cities / "letters"


def write(city, text):
    (city / "posts.toml").write_text(text, encoding="utf-8")
    return load_city(city)


def faults(city, text):
    with pytest.raises(BadCityFile) as bad:
        write(city, text)
    return " ".join(bad.value.sentences)


def test_a_city_without_posts_waits_at_its_stations(city):
    assert load_city(city).posts == ()


def test_a_post_has_a_name_and_a_place(city):
    (post,) = write(city, POST.format(lat=where("b").lat, lon=where("b").lon)).posts
    assert (post.id, post.name, post.position, post.assumed) == ("cho-giua", "Chợ Giữa", where("b"), True)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("nonsense", "posts.toml is not TOML"),
        ("[[corner]]\nid = 'x'", "'corner' is not known here"),
        ("post = 3", "'post' must be written [[post]]"),
        ("[[post]]\nid = 'x'", "field 'name': is missing"),
        (POST.format(lat=10.75, lon=106.65) + "height = 3", "'height'"),
        (POST.format(lat=1.0, lon=106.65), "lies outside the bounds"),
        (POST.format(lat=10.75, lon=106.65) * 2, "the id 'cho-giua' is used twice"),
        (POST.format(lat=10.75, lon=106.65).replace("cho-giua", "tay-bac"), "a station in stations.toml"),
    ],
)
def test_every_fault_is_told_by_file_entry_and_field(city, text, complaint):
    assert complaint in faults(city, text)
