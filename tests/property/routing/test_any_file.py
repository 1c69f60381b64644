"""Any file at all as a map: it is built and can be asked, or it is refused with a sentence. Never a crash,
never a wait without end, and nothing left behind."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from domain.errors import BadPosition
from domain.values import Position
from routing import map_file
from routing.errors import MapError
from routing.times import RoadTimes
from tests.broken_osm import SUFFIXES, WHOLE_FILES, broken, documents, packed, whole_files
from tests.often import often

LONGEST_S = 20.0
QUICK = settings(max_examples=often(120), deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(
    max_examples=2_000, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """Files by name; kept in a function, for hypothesis prints every argument of a test that fails."""
    return whole_files(tmp_path_factory.mktemp("good")).__getitem__


def import_anything(name: str, content: bytes) -> str | None:
    """Build a map of it; the sentence of the refusal, or None where it was built and answers questions."""
    begin = time.monotonic()
    with TemporaryDirectory() as folder:
        source, maps = Path(folder) / name, Path(folder) / "maps"
        source.write_bytes(content)
        try:
            built = map_file.build(source, maps)
        except MapError as refusal:
            assert not maps.exists() or not list(maps.iterdir()), "something was left behind"
            sentence = str(refusal)
            assert len(sentence) > 15
            assert sentence.endswith(".")
        else:
            sentence = None
            assert list(maps.iterdir()) == [built]
            ask(built)
    assert time.monotonic() - begin < LONGEST_S
    return sentence


def ask(built: Path) -> None:
    """Whatever was built loads, and answers: a time, no way, or a place that is none."""
    road_map = map_file.load(built)
    assert road_map.report["attribution"].startswith("© OpenStreetMap")
    times = RoadTimes(road_map)
    streets = road_map.streets
    places = []
    for node in (0, streets.nodes // 2, streets.nodes - 1):
        try:
            places.append(Position(float(streets.node_lat[node]), float(streets.node_lon[node])))
        except BadPosition:
            continue  # a street at 0, 0
    for profile in ("van", "motorbike"):
        for row in times.table(places, places, profile):
            assert all(way is None or (way.duration_s >= 0 and way.distance_m >= 0) for way in row)
        if places:
            times.route(places[0], places[-1], profile)
            (area,) = times.reach(places[:1], [60], profile).areas
            assert 0 <= area.demand_share <= 1


@QUICK
@given(documents(), st.sampled_from(SUFFIXES[:3]))
def test_any_nonsense_in_xml_is_built_or_refused(content, suffix):
    import_anything(f"nonsense{suffix}", packed(content, suffix))


@pytest.mark.timeout(400)  # each PBF is read by a process of its own
@settings(QUICK, max_examples=often(60))
@given(data=st.data())
def test_broken_bytes_are_built_or_refused(good, data):
    name = data.draw(st.sampled_from(WHOLE_FILES))
    import_anything(name, data.draw(broken(good(name))))


@QUICK
@given(st.binary(max_size=400), st.sampled_from(SUFFIXES))
def test_noise_is_refused(content, suffix):
    assert import_anything(f"noise{suffix}", content) is not None


def test_a_whole_file_is_built_whatever_its_format(good):
    for name in WHOLE_FILES:
        assert import_anything(name, good(name)) is None


@pytest.mark.slow
@pytest.mark.timeout(1800)
@LONG
@given(documents(), st.sampled_from(SUFFIXES[:3]))
def test_much_nonsense_in_xml_is_built_or_refused(content, suffix):
    import_anything(f"nonsense{suffix}", packed(content, suffix))


@pytest.mark.slow
@pytest.mark.timeout(1800)
@LONG
@given(data=st.data())
def test_many_broken_bytes_are_built_or_refused(good, data):
    name = data.draw(st.sampled_from(WHOLE_FILES))
    import_anything(name, data.draw(broken(good(name))))
