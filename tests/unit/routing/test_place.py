"""A place by name. The network is played by a function; the graph is what osmnx makes of a download."""

import networkx
import osmnx
import pytest

from routing import map_file
from routing.errors import MapError
from routing.place import fetch_place
from routing.times import RoadTimes
from tests.towns import town

DRAWN = town(
    """
    a-b>c
    |   |
    d-e-f
    """,
    streets={"ab": {"name": "Lê Lợi"}},
    signs={"e": {"barrier": "bollard"}},
    joined=("defcb",),
)


def downloaded(_place):
    """The drawn town as osmnx loads it: unsimplified, every way in its own direction."""
    graph = networkx.MultiDiGraph(crs="epsg:4326")
    number = {corner: i for i, corner in enumerate(DRAWN.corners, start=1)}
    for corner, i in number.items():
        graph.add_node(i, y=DRAWN.at(corner).lat, x=DRAWN.at(corner).lon, **DRAWN.signs.get(corner, {}))
    for i, way in enumerate(DRAWN.ways, start=1):
        for a, b in zip(way.corners, way.corners[1:], strict=False):
            graph.add_edge(number[a], number[b], osmid=i, **way.tags)
    return graph


def times_by_name(folder):
    return RoadTimes(
        map_file.load(map_file.build(fetch_place("Quận 1, Việt Nam", folder, downloaded), folder))
    )


def test_a_map_by_name_is_the_map_of_its_file(tmp_path):
    by_name, by_file = times_by_name(tmp_path), DRAWN.times(tmp_path)
    places = [DRAWN.at(corner) for corner in "abcdf"]
    for profile in ("van_normal", "motorbike_normal"):
        assert by_name.table(places, places, profile) == by_file.table(places, places, profile)
    assert by_name.map_version.startswith("quan-1-viet-nam-")
    assert by_name.route(places[0], places[1], "van").steps[0].name == "Lê Lợi"


def test_a_place_that_cannot_be_downloaded_is_said_plainly(tmp_path):
    def offline(_place):
        raise ConnectionError("the network is unreachable")

    with pytest.raises(MapError, match=r"'Quận 1' could not be downloaded: the network is unreachable"):
        fetch_place("Quận 1", tmp_path, offline)
    assert list(tmp_path.iterdir()) == []


def test_a_place_without_streets_is_said_plainly(tmp_path):
    with pytest.raises(MapError, match="holds no streets"):
        fetch_place("the sea", tmp_path, lambda _: networkx.MultiDiGraph())


def test_osmnx_is_asked_for_every_tag_and_gets_its_settings_back(tmp_path, monkeypatch):
    before = osmnx.settings.all_oneway, list(osmnx.settings.useful_tags_way)
    asked = {}

    def graph_from_place(place, **options):
        asked.update(
            options, place=place, one_way=osmnx.settings.all_oneway, tags=osmnx.settings.useful_tags_way
        )
        return downloaded(place)

    monkeypatch.setattr(osmnx, "graph_from_place", graph_from_place)
    fetch_place("Quận 1", tmp_path)
    assert asked["place"] == "Quận 1"
    assert (asked["simplify"], asked["one_way"]) == (False, True)
    assert {"oneway:motorcycle", "maxspeed", "width", "emergency"} <= set(asked["tags"])
    assert (osmnx.settings.all_oneway, list(osmnx.settings.useful_tags_way)) == before
