"""`vigil map`, `vigil times` and `vigil route`, as typed."""

import csv
import json
from xml.etree import ElementTree

import pytest
import typer
from typer.testing import CliRunner

from api.cli import map_commands
from api.cli.area_commands import coverage, isochrone
from api.cli.route_command import route
from api.cli.times_command import times
from tests.towns import town

DRAWN = town(
    """
    a-b>c e-f
    |   |
    d...g
    """,
    streets={"ab": {"name": "Lê Lợi"}, "bc": {"name": "Lê Lợi"}},
)


@pytest.fixture
def vigil(tmp_path, monkeypatch):
    """Run a command in an empty folder; returns exit code, standard output and standard error."""
    monkeypatch.chdir(tmp_path)
    app = typer.Typer()
    app.add_typer(map_commands.app_map, name="map")
    for name, command in (
        ("times", times),
        ("route", route),
        ("isochrone", isochrone),
        ("coverage", coverage),
    ):
        app.command(name)(command)
    DRAWN.write(tmp_path)

    def run(*words):
        result = CliRunner().invoke(app, [str(word) for word in words])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout, result.stderr

    return run


def points(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / name


def corners(tmp_path, name, letters):
    lines = [f"{letter},{DRAWN.at(letter).lat},{DRAWN.at(letter).lon}" for letter in letters]
    return points(tmp_path, name, "\n".join(["id,lat,lon", *lines]) + "\n")


def test_times_are_written_as_csv_and_empty_where_there_is_no_way(vigil, tmp_path):
    origins, destinations = corners(tmp_path, "o.csv", "ae"), corners(tmp_path, "d.csv", "bcf")
    code, _, error = vigil(
        "times", "--map", "town.osm", "--origins", origins, "--destinations", destinations,
        "--profile", "van_normal", "--traffic", "free_flow", "--out", "out.csv",
    )  # fmt: skip
    assert (code, error.strip()) == (0, "")
    with open("out.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["origin", "destination", "duration_s", "distance_m"]
    assert [(r["origin"], r["destination"]) for r in rows] == [(o, d) for o in "ae" for d in "bcf"]
    assert [r["duration_s"] and round(float(r["duration_s"])) for r in rows] == [10, 20, "", "", "", 10]
    assert [r["distance_m"] and round(float(r["distance_m"])) for r in rows] == [100, 200, "", "", "", 100]


def test_times_go_to_the_screen_without_a_file(vigil, tmp_path):
    places = corners(tmp_path, "p.csv", "ab")
    code, out, _ = vigil("times", "--map", "town.osm", "--origins", places, "--destinations", places)
    assert code == 0
    assert out.splitlines()[:2] == ["origin,destination,duration_s,distance_m", "a,a,0.000,0.0"]


def test_a_map_file_is_built_once_and_a_built_map_is_taken_as_it_is(vigil, tmp_path):
    places = corners(tmp_path, "p.csv", "ab")
    words = ("--origins", places, "--destinations", places, "--out", "out.csv")
    assert vigil("times", "--map", "town.osm", *words)[0] == 0
    (folder,) = (tmp_path / "var" / "maps").iterdir()
    before = (folder / "graph.npz").stat().st_mtime_ns
    first = (tmp_path / "out.csv").read_bytes()
    assert vigil("times", "--map", "town.osm", *words)[0] == 0
    assert vigil("times", "--map", folder, *words)[0] == 0
    assert (folder / "graph.npz").stat().st_mtime_ns == before
    assert (tmp_path / "out.csv").read_bytes() == first


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("id,lat\na,10.75\n", "line 1: the column lon is missing"),
        ("", "line 1: the column id is missing"),
        ("id,lat,lon\na,10.75,106.65\nb,ten,106.65\n", "line 3: lat is 'ten', which is not a number"),
        ("id,lat,lon\na,10.75\n", "line 2: lon is '', which is not a number"),
        ("id,lat,lon\na,95,106.65\n", "line 2: 95.0, 106.65 is not a place"),
        ("id,lat,lon\na,nan,106.65\n", "line 2: nan, 106.65 is not a place"),
        ("id,lat,lon\na,0,0\n", "line 2: 0.0, 0.0 is not a place"),
        ("id,lat,lon\n,10.75,106.65\n", "line 2: the id is empty"),
        ("id,lat,lon\na,10.75,106.65\na,10.75,106.66\n", "line 3: the id a was used on line 2"),
    ],
)
def test_a_bad_list_of_places_is_refused_with_its_line_and_nothing_is_written(
    vigil, tmp_path, content, sentence
):
    bad, good = points(tmp_path, "bad.csv", content), corners(tmp_path, "p.csv", "ab")
    code, out, error = vigil(
        "times", "--map", "town.osm", "--origins", good, "--destinations", bad, "--out", "out.csv"
    )
    assert (code, out) == (1, "")
    assert f"bad.csv, {sentence}" in error
    assert not (tmp_path / "out.csv").exists()
    assert not (tmp_path / "var").exists()


def test_a_list_that_is_not_there_or_not_text_is_said_plainly(vigil, tmp_path):
    good = corners(tmp_path, "p.csv", "ab")
    code, _, error = vigil("times", "--map", "town.osm", "--origins", "none.csv", "--destinations", good)
    assert (code, error.strip()) == (1, "none.csv cannot be read: No such file or directory.")
    (tmp_path / "noise.csv").write_bytes(b"id,lat,lon\n\xff\xfe\x00")
    code, _, error = vigil("times", "--map", "town.osm", "--origins", "noise.csv", "--destinations", good)
    assert code == 1
    assert "noise.csv is not a CSV file in UTF-8" in error


def test_a_list_from_a_spreadsheet_is_read(vigil, tmp_path):
    place = DRAWN.at("b")
    sheet = f"\ufeffLat,Lon,ID,note\r\n{place.lat},{place.lon},b,by the bridge\r\n\r\n"
    (tmp_path / "sheet.csv").write_bytes(sheet.encode())
    good = corners(tmp_path, "p.csv", "a")
    code, out, _ = vigil("times", "--map", "town.osm", "--origins", good, "--destinations", "sheet.csv")
    assert code == 0
    assert out.splitlines()[1].startswith("a,b,8.3")


def test_a_route_is_printed_as_json(vigil):
    start, end = DRAWN.at("a"), DRAWN.at("c")
    code, out, _ = vigil(
        "route", "--map", "town.osm", "--from", f"{start.lat},{start.lon}", "--to", f"{end.lat}, {end.lon}",
        "--profile", "van_normal",
    )  # fmt: skip
    assert code == 0
    answer = json.loads(out)
    assert answer["duration_s"] == pytest.approx(20, abs=0.02)
    assert answer["steps"] == [
        {"name": "Lê Lợi", "turn": "", "distance_m": 200.0, "duration_s": answer["duration_s"]}
    ]
    assert len(answer["geometry"]) == 3
    assert answer["map_version"].startswith("town-")


def test_no_way_and_no_place_are_sentences(vigil):
    start, island = DRAWN.at("a"), DRAWN.at("e")
    code, out, error = vigil(
        "route",
        "--map",
        "town.osm",
        "--from",
        f"{start.lat},{start.lon}",
        "--to",
        f"{island.lat},{island.lon}",
    )
    assert (code, out) == (1, "")
    assert "There is no way from" in error
    code, _, error = vigil("route", "--map", "town.osm", "--from", "here", "--to", "10.75,106.65")
    assert (code, "--from is 'here'" in error) == (1, True)


def test_building_a_map_names_its_folder_and_info_shows_what_it_holds(vigil, tmp_path):
    code, out, error = vigil("map", "build", "town.osm", "--name", "Thủ Đức", "--out", "maps")
    assert code == 0
    folder = out.strip()
    assert folder.startswith("maps/thu-duc-")
    assert "compiled" in error
    code, out, _ = vigil("map", "info", folder, "--json")
    assert code == 0
    assert json.loads(out)["graph"]["edges"] == 6


def test_info_tells_in_words_what_was_read_dropped_and_cut_off(vigil, tmp_path):
    text = (tmp_path / "town.osm").read_text(encoding="utf-8")
    twice = '<way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/></way>'
    alone = '<way id="98"><nd ref="1"/><tag k="highway" v="residential"/></way>'
    (tmp_path / "spoiled.osm").write_text(text.replace("</osm>", f"{twice}{alone}</osm>"), encoding="utf-8")
    code, out, _ = vigil("map", "info", "spoiled.osm")
    assert code == 0
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert "6 streets" in lines
    assert "1 streets given twice; the first counts" in lines
    assert "1 streets of less than two places" in lines
    assert any(line.startswith("0.1 km around 10.75") for line in lines), "the island e-f"
    assert any(line.startswith("van 0.5 1 0") for line in lines)
    assert lines[-1].startswith("© OpenStreetMap contributors")


def test_a_file_that_is_no_map_is_refused_and_nothing_is_left(vigil, tmp_path):
    points(tmp_path, "page.osm", "<html>404</html>")
    code, out, error = vigil("map", "build", "page.osm", "--out", "maps")
    assert (code, out) == (1, "")
    assert "page.osm cannot be read as OpenStreetMap data" in error
    assert not (tmp_path / "maps").exists()
    assert vigil("map", "info", "nowhere")[0] == 1
    code, _, error = vigil("map", "build", "missing.osm.pbf")
    assert (code, "There is no map file missing.osm.pbf" in error) == (1, True)


def test_a_place_is_fetched_by_name(vigil, tmp_path, monkeypatch):
    def fetched(place, folder):
        folder.mkdir(parents=True)
        return DRAWN.write(folder, f"{place.lower()}.osm")

    monkeypatch.setattr(map_commands, "fetch_place", fetched)
    code, out, _ = vigil("map", "build", "Monaco", "--out", "maps")
    assert code == 0
    assert out.strip().startswith("maps/monaco-")


WAY = ("--map", "town.osm", "--profile", "van_normal")


def spot(letter):
    place = DRAWN.at(letter)
    return f"{place.lat},{place.lon}"


def test_a_route_can_be_told_in_words(vigil):
    code, out, _ = vigil("route", *WAY, "--from", spot("a"), "--to", spot("c"), "--text")
    assert code == 0
    first, second = out.splitlines()
    assert first == "20 s, 200 m, van, normal driving"
    assert second.split() == ["1.", "start", "Lê", "Lợi", "200", "m", "20", "s"]


def test_a_route_is_drawn_with_its_streets_and_the_source_of_the_map(vigil, tmp_path):
    code, out, error = vigil("route", *WAY, "--from", spot("a"), "--to", spot("c"), "--picture", "way.svg")
    assert (code, error.strip()) == (0, "Drawn: way.svg")
    assert json.loads(out)["distance_m"] == pytest.approx(200, abs=0.2)
    texts = [text.text for text in drawn(tmp_path / "way.svg").iter("{http://www.w3.org/2000/svg}text")]
    for words in (
        "20 s",
        "200 m · van, normal driving",
        "Lê Lợi",
        "© OpenStreetMap contributors, ODbL",
        "A",
        "B",
    ):
        assert words in texts
    assert any(words.endswith(" m") and words[:-2].isdigit() for words in texts), "the scale"
    code, _, _ = vigil("route", *WAY, "--from", spot("a"), "--to", spot("c"), "--picture", "way.png")
    assert code == 0
    content = (tmp_path / "way.png").read_bytes()
    assert content.startswith(b"\x89PNG")
    assert int.from_bytes(content[16:20]) == 1480
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


def drawn(path):
    return ElementTree.parse(path).getroot()


def test_names_that_are_no_xml_are_drawn_all_the_same(vigil, tmp_path):
    text = (
        (tmp_path / "town.osm")
        .read_text(encoding="utf-8")
        .replace("Lê Lợi", "A&amp;B &lt;x&gt; &quot;Đ&quot;\u202e")
    )
    (tmp_path / "odd.osm").write_text(text, encoding="utf-8")
    where = ("--from", spot("a"), "--to", spot("c"))
    assert vigil("route", "--map", "odd.osm", *where, "--picture", "odd.svg")[0] == 0
    texts = [text.text for text in drawn(tmp_path / "odd.svg").iter("{http://www.w3.org/2000/svg}text")]
    assert 'A&B <x> "Đ" ' in texts
    assert vigil("route", "--map", "odd.osm", *where, "--picture", "odd.png")[0] == 0


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("way.gif", "way.gif is no name for a picture: it must end in .svg or .png."),
     ("nowhere/way.png", "nowhere/way.png cannot be written: there is no folder")],
)  # fmt: skip
def test_a_picture_that_cannot_be_is_refused_before_anything_is_done(vigil, tmp_path, name, sentence):
    code, out, error = vigil("route", *WAY, "--from", spot("a"), "--to", spot("c"), "--picture", name)
    assert (code, out) == (1, "")
    assert sentence in error
    assert not (tmp_path / "var").exists()


def test_a_place_off_the_map_is_said_to_be_off_the_map(vigil):
    code, _, error = vigil("route", *WAY, "--from", "11.9,106.65", "--to", spot("c"))
    assert (code, "--from 11.9, 106.65 lies outside the map" in error) == (1, True)


def test_a_place_a_little_past_the_edge_of_the_map_is_put_on_its_street(vigil):
    place = DRAWN.at("a")
    for north, told in ((0.0002, ""), (0.003, "--from lies 3")):  # 22 m and 330 m
        past = f"{place.lat + north},{place.lon}"
        code, out, error = vigil("route", *WAY, "--from", past, "--to", spot("c"))
        assert code == 0
        assert json.loads(out)["distance_m"] == pytest.approx(200, abs=1)
        assert error.strip().startswith(told)
        assert bool(error.strip()) == bool(told)


def test_an_isochrone_is_geojson_and_a_picture(vigil, tmp_path):
    code, out, _ = vigil(
        "isochrone", *WAY, "--from", spot("a"), "--minutes", "0.5,0.25", "--picture", "area.svg"
    )
    assert code == 0
    answer = json.loads(out)
    assert [f["properties"]["minutes"] for f in answer["features"]] == [0.25, 0.5]
    assert answer["features"][0]["geometry"]["type"] == "MultiPolygon"
    assert "OpenStreetMap" in answer["attribution"]
    # 15 s: 150 m along each of the two streets that leave the corner
    assert answer["features"][0]["properties"]["street_km"] == pytest.approx(0.3, abs=0.01)
    texts = [text.text for text in drawn(tmp_path / "area.svg").iter("{http://www.w3.org/2000/svg}text")]
    assert {"within 15 s", "within 30 s", "© OpenStreetMap contributors, ODbL"} <= set(texts)


@pytest.mark.parametrize(
    ("profile", "traffic", "version", "words"),
    [
        ("van", "live", "none", "van on blue light"),
        ("van", "free_flow", "free_flow", "van, normal driving, empty streets"),
        ("motorbike_normal", "live", "none", "motorbike, normal driving"),
    ],
)
def test_an_area_says_how_it_was_driven(vigil, tmp_path, profile, traffic, version, words):
    code, out, _ = vigil(
        "isochrone", "--map", "town.osm", "--profile", profile, "--traffic", traffic, "--from", spot("a"),
        "--minutes", "1", "--picture", "area.svg",
    )  # fmt: skip
    assert code == 0
    answer = json.loads(out)
    assert (answer["traffic"], answer["traffic_version"]) == (traffic, version)
    texts = [text.text for text in drawn(tmp_path / "area.svg").iter("{http://www.w3.org/2000/svg}text")]
    assert words in texts


def test_coverage_of_stations_comes_from_a_list(vigil, tmp_path):
    stations = corners(tmp_path, "stations.csv", "ae")
    code, out, error = vigil(
        "coverage", *WAY, "--stations", stations, "--minutes", "0.1", "--picture", "cover.png"
    )
    assert (code, error.strip()) == (0, "Drawn: cover.png")
    (feature,) = json.loads(out)["features"]
    assert feature["properties"]["street_km"] == pytest.approx(0.2, abs=0.01)  # 60 m three ways: 0.18
    assert len(feature["geometry"]["coordinates"]) == 2
    (tmp_path / "far.csv").write_text("id,lat,lon\nx,11.9,106.65\n", encoding="utf-8")
    code, _, error = vigil("coverage", *WAY, "--stations", "far.csv", "--minutes", "1")
    assert (code, "No street of the map town-" in error) == (1, True)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(("--minutes", "8"), "either --from or --to"),
     (("--from", "10.75,106.65", "--minutes", "x"), "--minutes is 'x'"),
     (("--from", "10.75,106.65", "--minutes", "-1"), "--minutes is '-1'"),
     (("--from", "here", "--minutes", "8"), "--from is 'here'"),
     (("--to", "95,106.65", "--minutes", "8"), "is not a place")],
)  # fmt: skip
def test_an_isochrone_that_makes_no_sense_is_refused_with_a_sentence(vigil, words, sentence):
    code, out, error = vigil("isochrone", *WAY, *words)
    assert (code, out) == (1, "")
    assert sentence in error
