"""What the page of the first run is told of a map: read, cut to its area, or refused in both languages."""

from errno import ENOSPC

import pytest

from api.first_run.map_reader import MapReader, said_of
from tests.drawn_hospitals import write_town_with_hospitals

STREETLESS = '<osm version="0.6"><node id="1" version="1" lat="10.75" lon="106.65"/></osm>'
FAR = 0.05  # degrees, some 5 km


@pytest.fixture
def read(tmp_path):
    """Read a file; the map that was told of, and how the reading ended."""

    def of(name, content, box=None):
        told = []
        (tmp_path / name).write_text(content, encoding="utf-8")
        reader = MapReader(tmp_path / "maps", told.append)
        reader.begin(tmp_path / name, name, box)
        reader.wait()
        return told, reader.reading

    return of


@pytest.mark.parametrize(
    ("name", "content", "vi", "en"),
    [
        (
            "half.osm",
            "<osm",
            "Không đọc được half.osm: tệp bị hỏng",
            "half.osm cannot be read",
        ),
        ("bad.osm.pbf", "no map", "Không đọc được bad.osm.pbf: tệp bị hỏng", "bad.osm.pbf cannot be read"),
        ("empty.osm", "", "Tệp empty.osm trống.", "empty.osm is empty."),
        ("bare.osm", STREETLESS, "Trong bare.osm không có đường sá nào.", "bare.osm holds no streets."),
    ],
)
def test_a_file_that_is_no_map_is_refused_in_both_languages(read, name, content, vi, en):
    told, reading = read(name, content)
    assert told == []
    assert reading.fault["vi"].startswith(vi)
    assert reading.fault["en"].startswith(en)


def test_what_no_sentence_was_written_for_is_no_riddle_in_either_language():
    assert said_of(OSError(ENOSPC, "No space left on device")) == {
        "en": "The disk is full.",
        "vi": "Ổ đĩa đã đầy.",
    }
    assert said_of(KeyError("ways"))["vi"] == "Không đọc được tệp này."


@pytest.fixture
def bigger(tmp_path):
    """The letter town, with a street and a hospital far north of it; and a box around the town alone."""
    text = write_town_with_hospitals(tmp_path).read_text(encoding="utf-8")
    corners = [part.split('"') for part in text.split("<node ")[1:]]
    lats = [float(part[part.index(" lat=") + 1]) for part in corners]
    lons = [float(part[part.index(" lon=") + 1]) for part in corners]
    north = max(lats) + FAR
    far = "".join(
        f'<node id="{number}" version="1" lat="{north}" lon="{lons[0] + shift}">{tags}</node>'
        for number, shift, tags in (
            (9101, 0.0, ""),
            (9102, 0.001, ""),
            (9103, 0.0005, '<tag k="amenity" v="hospital"/><tag k="name" v="Bệnh viện Xa"/>'),
        )
    )
    way = (
        '<way id="9201" version="1"><nd ref="9101"/><nd ref="9102"/><tag k="highway" v="residential"/></way>'
    )
    text = text.replace("<way", far + "<way", 1)
    end = text.rindex("</way>") + len("</way>")
    box = (min(lats) - 0.001, min(lons) - 0.001, max(lats) + 0.001, max(lons) + 0.001)
    return text[:end] + way + text[end:], box


def test_a_part_is_cut_out_of_a_bigger_map(read, bigger):
    text, box = bigger
    [whole], _ = read("bigger.osm", text)
    [part], reading = read("part.osm", text, box)
    assert reading.fault is None
    assert {each.name for each in whole.found} - {each.name for each in part.found} == {"Bệnh viện Xa"}
    assert whole.bounds[3] - part.bounds[3] == pytest.approx(FAR, abs=0.01)
    assert part.streets == whole.streets - 1


def test_an_area_without_a_street_is_refused_and_nothing_was_read(read, bigger):
    told, reading = read("bigger.osm", bigger[0], (0.0, 0.0, 0.1, 0.1))
    assert told == []
    assert reading.fault["vi"].startswith("bigger.osm không có đường nào trong vùng từ 0.0, 0.0")
