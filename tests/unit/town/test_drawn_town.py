"""The drawn town is the same each time, hangs together, and looks like a town to an importer."""

from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from time import process_time

import numpy as np
import osmium
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from dispatch.city_file import load_city
from simulations.town import TownReport, draw_town

CITY = load_city(Path(__file__).parents[3] / "cities" / "demo")
ALLEYS = ("path", "footway")


class Drawn:
    """A drawn town, read back from its file."""

    def __init__(self, folder: Path, suffix: str = "osm.pbf") -> None:
        assert CITY.map.seed is not None
        self.file = folder / f"town.{suffix}"
        started = process_time()
        self.report: TownReport = draw_town(CITY.map.seed, self.file)
        self.seconds = process_time() - started
        self.nodes: dict[int, tuple[float, float]] = {}
        self.node_tags: dict[int, dict[str, str]] = {}
        self.ways: dict[int, tuple[dict[str, str], list[int]]] = {}
        self.relations: list[tuple[dict[str, str], list[tuple[str, int, str]]]] = []
        for each in osmium.FileProcessor(str(self.file)):
            tags = dict(each.tags)
            if each.is_node():
                self.nodes[each.id] = (each.lat, each.lon)
                self.node_tags[each.id] = tags
            elif each.is_way():
                self.ways[each.id] = (tags, [node.ref for node in each.nodes])
            elif each.is_relation():
                self.relations.append((tags, [(m.type, m.ref, m.role) for m in each.members]))

    def highways(self, *, alleys: bool) -> list[tuple[dict[str, str], list[int]]]:
        return [
            (tags, refs)
            for tags, refs in self.ways.values()
            if "highway" in tags and (alleys or tags["highway"] not in ALLEYS)
        ]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Drawn:
    return Drawn(tmp_path_factory.mktemp("town"))


def components(highways: list[tuple[dict[str, str], list[int]]]) -> int:
    """How many strongly connected parts the streets have, one-way streets obeyed."""
    number: dict[int, int] = {}
    tail, head = [], []
    for tags, refs in highways:
        for a, b in pairwise(refs):
            a, b = number.setdefault(a, len(number)), number.setdefault(b, len(number))
            tail.append(a)
            head.append(b)
            if tags.get("oneway") != "yes":
                tail.append(b)
                head.append(a)
    graph = coo_array((np.ones(len(tail)), (tail, head)), shape=(len(number), len(number)))
    return int(connected_components(graph, directed=True, connection="strong")[0])


def test_the_same_seed_draws_the_same_bytes(drawn, tmp_path):
    again = tmp_path / "again.osm.pbf"
    assert draw_town(CITY.map.seed, again) == drawn.report
    assert sha256(again.read_bytes()).digest() == sha256(drawn.file.read_bytes()).digest()


def test_the_town_has_the_size_of_a_town(drawn):
    refs = {ref for _, way in drawn.highways(alleys=True) for ref in way}
    assert len(refs) == drawn.report.street_nodes
    assert 15_000 <= len(refs) <= 40_000
    assert drawn.seconds < 15


def test_a_van_can_drive_from_every_street_to_every_other(drawn):
    assert components(drawn.highways(alleys=False)) == 1


def test_every_alley_can_be_reached(drawn):
    assert components(drawn.highways(alleys=True)) == 1
    alleys = [tags for tags, _ in drawn.highways(alleys=True) if tags["highway"] in ALLEYS]
    assert len(alleys) > 2_000
    assert all(float(tags["width"]) < 2 and tags["motorcar"] == "no" for tags in alleys)


def test_four_to_six_bridges_cross_the_river(drawn):
    """A bridge over the river is long; over canals they are short."""
    over_river = 0
    for tags, refs in drawn.highways(alleys=False):
        if tags.get("bridge") == "yes":
            assert tags["layer"] == "1"
            (south, west), (north, east) = drawn.nodes[refs[0]], drawn.nodes[refs[-1]]
            over_river += np.hypot((north - south) * 110_600, (east - west) * 109_540) > 120
    assert 4 <= over_river <= 6


def test_one_way_streets_lights_and_a_roundabout_are_there(drawn):
    streets = drawn.highways(alleys=False)
    assert sum(tags.get("oneway") == "yes" for tags, _ in streets) > 40
    assert sum(tags.get("junction") == "roundabout" for tags, _ in streets) >= 1
    assert sum("maxspeed" in tags for tags, _ in streets) > 100
    assert sum(tags.get("highway") == "traffic_signals" for tags in drawn.node_tags.values()) > 50
    assert sum("place" in tags for tags in drawn.node_tags.values()) == 18


def test_forbidden_turns_join_a_way_that_ends_to_one_that_begins(drawn):
    assert len(drawn.relations) > 25
    for tags, members in drawn.relations:
        assert tags["type"] == "restriction"
        roles = {role: ref for _, ref, role in members}
        for role in ("from", "to"):
            way = drawn.ways[roles[role]][1]
            assert roles["via"] in (way[0], way[-1])


def test_streets_have_vietnamese_names_and_alleys_house_numbers(drawn):
    names = {tags["name"] for tags, _ in drawn.highways(alleys=True) if "name" in tags}
    assert "Đường Vành Đai" in names
    assert any(name.startswith("Hẻm ") and "/" in name for name in names)
    named = [tags for tags, _ in drawn.highways(alleys=False) if "name" in tags]
    assert len(named) > 0.8 * len(drawn.highways(alleys=False))


def test_ids_are_positive_and_every_reference_holds(drawn):
    assert min(drawn.nodes) == 1
    assert min(drawn.ways) == 1
    for _, refs in drawn.ways.values():
        assert len(refs) >= 2
        assert all(ref in drawn.nodes for ref in refs)


def test_water_and_parks_are_closed_shapes(drawn):
    shapes = [refs for tags, refs in drawn.ways.values() if "natural" in tags or "leisure" in tags]
    assert len(shapes) >= 8
    assert all(refs[0] == refs[-1] and len(refs) > 3 for refs in shapes)


def test_hospitals_and_stations_of_the_demo_lie_at_a_street_of_the_town(drawn):
    refs = sorted({ref for _, way in drawn.highways(alleys=False) for ref in way})
    scale = np.array([110_600.0, 109_540.0])
    tree = cKDTree(np.array([drawn.nodes[ref] for ref in refs]) * scale)
    for each in (*CITY.hospitals, *CITY.stations):
        metres, _ = tree.query(np.array([each.position.lat, each.position.lon]) * scale)
        assert metres < 300, f"{each.id} is {metres:.0f} m from the nearest street corner"


def test_the_town_lies_within_the_bounds_of_its_city(drawn):
    box, slack = CITY.map.bounds, 0.001
    refs = {ref for _, way in drawn.highways(alleys=True) for ref in way}
    inside = [
        box.south - slack <= lat <= box.north + slack and box.west - slack <= lon <= box.east + slack
        for lat, lon in (drawn.nodes[ref] for ref in refs)
    ]
    assert all(inside)


@pytest.mark.slow
def test_another_seed_draws_another_town_that_hangs_together_too(tmp_path):
    report = draw_town(7, tmp_path / "seven.osm")
    assert 15_000 <= report.street_nodes <= 40_000
    assert (tmp_path / "seven.osm").read_text(encoding="utf-8").startswith("<?xml")
