import unicodedata

import pytest

from api.basemap.vocabulary import building, land_surface, name_of, place, street, water_surface, waterway


def test_a_lane_called_hem_is_an_alley_whatever_its_highway_tag():
    kind = street({"highway": "residential", "name": "Hẻm 12 Nguyễn Trãi"})
    assert kind is not None
    assert dict(kind.properties)["class"] == "alley"


def test_a_link_belongs_to_the_class_of_the_street_it_serves_but_shows_later():
    main, link = street({"highway": "trunk"}), street({"highway": "trunk_link"})
    assert main is not None
    assert link is not None
    assert dict(link.properties) == {"class": "trunk", "link": 1}
    assert link.min_zoom > main.min_zoom


@pytest.mark.parametrize("highway", ["proposed", "construction", "platform", "bus_stop", "razed"])
def test_what_cannot_be_driven_or_walked_is_not_drawn(highway):
    assert street({"highway": highway}) is None


@pytest.mark.parametrize(
    ("tags", "is_one_way"),
    [
        ({"oneway": "yes"}, True),
        ({"oneway": "-1"}, True),
        ({"oneway": "no"}, False),
        ({"junction": "roundabout"}, True),
        ({"junction": "roundabout", "oneway": "no"}, False),
        ({}, False),
    ],
)
def test_one_way_is_told_by_tag_or_by_a_roundabout(tags, is_one_way):
    kind = street({"highway": "secondary", **tags})
    assert kind is not None
    assert (("oneway", 1) in kind.properties) is is_one_way


def test_a_bridge_is_carried_and_bridge_no_is_none():
    assert ("bridge", 1) in street({"highway": "primary", "bridge": "yes"}).properties
    assert ("bridge", 1) not in street({"highway": "primary", "bridge": "no"}).properties


def test_vietnamese_letters_are_composed():
    decomposed = unicodedata.normalize("NFD", "Đường Nguyễn Huệ")
    assert name_of({"name": f" {decomposed}  "}) == "Đường Nguyễn Huệ"


def test_a_house_number_mapped_as_a_place_is_not_drawn():
    assert place({"place": "2110a", "name": "12 Lê Lợi"}) is None
    assert place({"place": "suburb", "name": ""}) is None
    assert place({"place": "suburb", "name": "Quận 1"}) is not None


def test_rivers_are_water_and_swimming_pools_are_not():
    assert water_surface({"waterway": "riverbank"}) is not None
    assert water_surface({"natural": "water", "water": "pool"}) is None
    assert waterway({"waterway": "canal", "tunnel": "culvert"}) is None
    assert land_surface({"leisure": "park"}) is not None
    assert land_surface({"landuse": "residential"}) is None


def test_the_ground_of_a_hospital_is_told_from_its_buildings():
    assert land_surface({"amenity": "hospital", "building": "yes"}).properties == (("class", "hospital"),)
    assert land_surface({"amenity": "parking"}) is None
    assert building({"building": "no"}) is None
    assert building({"building": "yes"}).min_zoom == 14
