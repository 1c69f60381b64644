"""Files that are no map: each is refused with a sentence, and nothing is left behind."""

import bz2
import gzip
from base64 import b64decode

import osmium
import pytest

from domain.values import Position
from routing import map_file
from routing.errors import MapError
from routing.times import RoadTimes
from tests.towns import town

NODES = '<node id="1" lat="10.75" lon="106.65"/><node id="2" lat="10.751" lon="106.65"/>'

# A drawn town as PBF, with a few bytes changed: decoding it reads beyond its memory (libosmium 2.23.1).
DEADLY = (
    "AAAADQoJT1NNSGVhZGVyGDEKLyIOT3NtU2NoZW1hLVYwLjYiCkRlbnNlTm9kZXOCARBsaWJvc21pdW0vMi4yMy4xAAAACwoH"
    "T1NNRGF0YRh6CngKEwoACgAKB2JhcnJpZXIKBGdhdGUSYRJfCgYCAgICAgIqKAoGAAAAAAAAEgYAAAAAAAAaBgAAAAAAACIG"
    "AAAAAAAAKgYCAAAAAABCC8DHwmYAAJ+NAQAAShTA/ov5B+6OAeyOAdmdAu6OAeyOAVIIAAAAAAIDAAAAAAAMCgdPU01EYXRh"
    "GJoCCpcCCkoKAAoHaGlnaHcheQoIbWF4c3BlZWQKBG5hAGUKC3Jlc2lkZW50aWFsCgI0MAoJTMOqIEzhu6NpCgAKAjQ1CgZv"
    "bmV3YXkKA3llcxLIARocCAESAwECAxoDBAUGIgoIABAAGAAgACgHQgICAhoaCAISAgECGgIECCIKCAAQABgAIAAoB0ICAgYa"
    "HAgDEgMBAgkaAwQICiIKCAAQABgAIAAoB0ICBAIaGggEEgIBAhoCBAgiCggAEAAYACAAKAdCAgQGGhoIBRICAQIaAgQIIgoI"
    "ABAAGAAgACgHQgIGBhoaCAYSAgECGgIECCIKCAAQABgAIAAoB0ICCAIaGggHEgIBAhoCBAgiCggAEAAYACAAKAdCAgoC"
)


def osm(content):
    return f'<?xml version="1.0"?><osm version="0.6">{content}</osm>'.encode()


def way(tags, nodes=(1, 2), identity=1):
    refs = "".join(f'<nd ref="{node}"/>' for node in nodes)
    return f'<way id="{identity}">{refs}{tags}</way>'


def tag(key, value):
    return f'<tag k="{key}" v="{value}"/>'


def refuse(tmp_path, name, content, sentence):
    source = tmp_path / name
    source.write_bytes(content)
    with pytest.raises(MapError, match=sentence):
        map_file.build(source, tmp_path / "maps")
    assert not (tmp_path / "maps").exists()


def as_pbf(tmp_path, drawn):
    path = tmp_path / "whole.osm.pbf"
    writer = osmium.SimpleWriter(str(path))
    for thing in osmium.FileProcessor(str(drawn.write(tmp_path))):
        writer.add(thing)
    writer.close()
    return path


@pytest.mark.parametrize("name", ["town.osm.pbf", "town.osm", "town.osm.gz"])
def test_an_empty_file_is_empty(tmp_path, name):
    refuse(tmp_path, name, b"", "is empty")


@pytest.mark.parametrize("name", ["town.osm.pbf", "town.osm", "town.osm.gz"])
@pytest.mark.parametrize("content", [b"GIF89a" + bytes(500), b"<html><body>404</body></html>", bytes(4096)])
def test_something_else_under_the_name_of_a_map_is_no_map(tmp_path, name, content):
    refuse(tmp_path, name, content, "cannot be read as OpenStreetMap data")


def test_a_file_by_another_name_is_told_which_names_there_are(tmp_path):
    refuse(tmp_path, "town.geojson", b"{}", r"\.osm\.pbf")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(MapError, match=r"no map file .*nowhere\.osm"):
        map_file.build(tmp_path / "nowhere.osm", tmp_path / "maps")


def test_a_download_that_broke_off_is_refused(tmp_path):
    whole = as_pbf(tmp_path, town("a-b-c\n| | |\nd-e-f")).read_bytes()
    for length in (1, 10, len(whole) // 2, len(whole) - 1):
        refuse(tmp_path, "broken.osm.pbf", whole[:length], "cannot be read as OpenStreetMap data")
    xml = town("a-b").xml().encode()
    refuse(tmp_path, "broken.osm", xml[: len(xml) // 2], "cannot be read as OpenStreetMap data")
    zipped = gzip.compress(town("a-b").xml().encode())
    refuse(tmp_path, "broken.osm.gz", zipped[: len(zipped) // 2], "cannot be read as OpenStreetMap data")


def test_a_file_that_ends_the_process_reading_it_is_refused_like_any_other(tmp_path):
    refuse(
        tmp_path, "deadly.osm.pbf", b64decode(DEADLY), "deadly.osm.pbf cannot be read as OpenStreetMap data"
    )


def test_a_map_without_streets_is_of_no_use(tmp_path):
    refuse(tmp_path, "a.osm", osm(""), "holds no streets")
    refuse(tmp_path, "b.osm", osm(NODES + way(tag("building", "yes"))), "holds no streets")


def test_streets_without_their_nodes_are_of_no_use(tmp_path):
    refuse(tmp_path, "a.osm", osm(way(tag("highway", "residential"))), "not the nodes")


def test_streets_that_nobody_may_drive_are_of_no_use(tmp_path):
    shut = way(tag("highway", "residential") + tag("access", "no"))
    refuse(tmp_path, "a.osm", osm(NODES + shut), "none that a van or a motorbike may drive")


def test_a_street_of_no_length_is_of_no_use(tmp_path):
    refuse(tmp_path, "a.osm", osm(NODES + way(tag("highway", "residential"), (1, 1))), "no length")


@pytest.mark.parametrize("name", ["town.osm", "town.osm.gz", "town.osm.bz2", "town.osm.pbf"])
def test_a_town_is_the_same_in_every_format(tmp_path, name):
    drawn = town("a-b-c\n| | |\nd-e-f")
    source = tmp_path / name
    if name.endswith("pbf"):
        source.write_bytes(as_pbf(tmp_path, drawn).read_bytes())
    else:
        pack = {".gz": gzip.compress, ".bz2": bz2.compress}.get(source.suffix, bytes)
        source.write_bytes(pack(drawn.xml().encode()))
    road_map = map_file.load(map_file.build(source, tmp_path / "maps"))
    assert (road_map.streets.nodes, road_map.streets.edges) == (6, 7)


def test_the_order_of_things_in_a_file_does_not_matter(tmp_path):
    source = tmp_path / "upside-down.osm"
    source.write_bytes(osm(way(tag("highway", "residential")) + NODES))
    assert map_file.load(map_file.build(source, tmp_path / "maps")).streets.edges == 1


def test_new_things_with_negative_ids_are_read(tmp_path):
    source = tmp_path / "edited.osm"
    source.write_bytes(osm(NODES.replace('id="', 'id="-') + way(tag("highway", "residential"), (-1, -2), -1)))
    assert map_file.load(map_file.build(source, tmp_path / "maps")).streets.edges == 1


@pytest.mark.parametrize("place", ["nan", "inf", "", "10,75"])
def test_a_place_that_is_no_number_spoils_the_file(tmp_path, place):
    odd = f'<node id="3" lat="{place}" lon="106.65"/>'
    content = osm(NODES + odd + way(tag("highway", "residential"), (1, 2, 3)))
    refuse(tmp_path, "odd.osm", content, r"odd\.osm cannot be read as OpenStreetMap data")


def test_a_place_beyond_the_pole_is_a_missing_one(tmp_path):
    source = tmp_path / "odd.osm"
    odd = '<node id="3" lat="95" lon="106.65"/>'
    source.write_bytes(osm(NODES + odd + way(tag("highway", "residential"), (1, 2, 3))))
    road_map = map_file.load(map_file.build(source, tmp_path / "maps"))
    assert road_map.report["dropped"]["reference_to_missing_node"] == 1


def test_a_street_around_the_world_is_built_in_good_time(tmp_path):
    source = tmp_path / "world.osm"
    ends = '<node id="3" lat="-89.9" lon="-179.9"/><node id="4" lat="89.9" lon="179.9"/>'
    far = way(tag("highway", "residential"), (3, 1, 4), 2)
    source.write_bytes(osm(NODES + ends + way(tag("highway", "residential")) + far))
    times = RoadTimes(map_file.load(map_file.build(source, tmp_path / "maps")))
    (area,) = times.reach([Position(10.75, 106.65)], [60], "van_normal").areas
    assert 0.5 < area.street_km < 2  # a minute each way along it


def test_a_missing_node_cuts_its_street_and_is_counted(tmp_path):
    xml = town("a-b-c-d-e", joined=("abcde",)).xml()
    kept = "\n".join(line for line in xml.splitlines() if '<node id="3"' not in line)
    source = tmp_path / "clipped.osm"
    source.write_text(kept, encoding="utf-8")
    road_map = map_file.load(map_file.build(source, tmp_path / "maps"))
    assert road_map.streets.edges == 2
    assert road_map.report["dropped"] == {"reference_to_missing_node": 1}
    assert road_map.report["profiles"]["van"]["parts"] == 2


def test_broken_restrictions_and_repeated_ways_are_counted_by_reason(tmp_path):
    drawn = town("a-b-c")
    relation = (
        '<relation id="{}">{}<tag k="type" v="restriction"/><tag k="restriction" v="no_u_turn"/></relation>'
    )
    member = '<member type="{}" ref="{}" role="{}"/>'
    start, via, end = (
        member.format("way", 1, "from"),
        member.format("node", 2, "via"),
        member.format("way", 2, "to"),
    )
    gone = member.format("way", 99, "to")
    relations = [start + via + end, start + end, via + end, start + via + gone]
    extra = "".join(relation.format(i, members) for i, members in enumerate(relations, start=1))
    again = way(tag("highway", "residential"), (1, 2), 1) + way(tag("highway", "residential"), (1,), 9)
    source = tmp_path / "town.osm"
    source.write_text(drawn.xml().replace("</osm>", f"{again}{extra}</osm>"), encoding="utf-8")
    road_map = map_file.load(map_file.build(source, tmp_path / "maps"))
    assert len(road_map.restrictions) == 1
    assert road_map.report["dropped"] == {
        "way_given_twice": 1,
        "way_with_less_than_two_nodes": 1,
        "restriction_without_via": 1,
        "restriction_without_from_or_to": 1,
        "restriction_on_missing_way": 1,
    }
