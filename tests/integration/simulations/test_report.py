"""The report of an experiment: one file that asks nobody for anything, in two languages, its figures true."""

import re
from html.parser import HTMLParser

import numpy as np
import pytest
from msgspec.structs import replace

from simulations.experiment.inputs import WardShape, read_inputs
from simulations.experiment.run import run
from simulations.results.figures import figures_of
from simulations.results.report.areas import Areas, squares
from simulations.results.report.city_map import city_map
from simulations.results.report.gather import gather
from simulations.results.report.page import write_report
from simulations.results.report.say import Say
from simulations.results.report.svg import digits_for, ticks
from simulations.results.report.units import cell
from simulations.statistics.intervals import mean_of
from tests.simulated_letters import ASKED, prepared, ready

VOID = {"meta", "input", "br", "img"}


class Page(HTMLParser):
    """Words by language, and whether what was opened is closed."""

    def __init__(self, text):
        super().__init__()
        self.open, self.language, self.words, self.attributes = [], "", {"vi": [], "en": []}, []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.attributes += attrs
        if tag == "main":
            self.language = dict(attrs)["lang"]
        if tag not in VOID and tag not in ("line", "path", "circle", "polyline", "polygon"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.attributes += attrs

    def handle_endtag(self, tag):
        if tag not in ("line", "path", "circle"):
            assert self.open.pop() == tag
        if tag == "main":
            self.language = ""

    def handle_data(self, data):
        if self.language and "style" not in self.open:
            self.words[self.language].append(data)


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    folder = ready(tmp_path_factory.mktemp("reported"))
    run(folder, jobs=1)
    return folder


@pytest.fixture(scope="module")
def text(played):
    return write_report(played, read_inputs(played)).read_text(encoding="utf-8")


def test_it_asks_nobody_for_anything_and_runs_no_script(text):
    page = Page(text)
    assert not page.open
    assert "<script" not in text
    assert "url(" not in text
    assert "@import" not in text
    assert not {name for name, _ in page.attributes} & {"src", "href", "srcset", "onload", "onclick"}


def test_it_says_that_it_is_a_simulation_and_whose_the_map_is(text):
    words = Page(text).words
    assert "MÔ PHỎNG" in words["vi"]
    assert "SIMULATION" in words["en"]
    assert "Thị xã tưởng tượng, không phải bản đồ thật." in words["vi"]
    assert "A drawn town, no real map." in words["en"]
    assert "OpenStreetMap" not in text, "none of its streets is on a real map"


def test_it_says_whose_a_real_map_is(played):
    inputs = read_inputs(played)
    inputs = inputs._replace(words=replace(inputs.words, drawn=False))
    words = Page(write_report(played, inputs).read_text(encoding="utf-8")).words
    for language in ("vi", "en"):
        assert any("OpenStreetMap" in word for word in words[language])
        assert not any("tưởng tượng" in word or "drawn town" in word for word in words[language])


def test_it_tells_the_figures_and_where_no_difference_is_shown(played, text):
    values = figures_of(played, read_inputs(played))
    words = " ".join(Page(text).words["en"])
    for rival in ("everybody", "twelve crews"):
        assert cell("mean_s", mean_of(values[rival]["mean_s"]), Say("en")) in words
        assert cell("late", mean_of(values[rival]["late"]), Say("en")) in words
    assert "“the same again”: no difference shown in any figure." in words
    assert re.search(r"twelve crews\s*: .*Response, mean \+\d+ s \(\+\d+ to \+\d+\)", words)


def test_names_are_written_as_words_not_as_marks(tmp_path):
    named = replace(ASKED, question="<b>5 & 6</b>?", replications=2)
    prepared(tmp_path, named)
    run(tmp_path, jobs=1)
    text = write_report(tmp_path, read_inputs(tmp_path)).read_text(encoding="utf-8")
    assert "<b>5" not in text
    assert "&lt;b&gt;5 &amp; 6" in text


def test_one_replication_is_told_to_prove_nothing(tmp_path):
    prepared(tmp_path, replace(ASKED, replications=1, days="recorded", warm_up_hours=0.0))
    run(tmp_path, jobs=1)
    words = " ".join(
        Page(write_report(tmp_path, read_inputs(tmp_path)).read_text(encoding="utf-8")).words["en"]
    )
    assert "no difference can be called sure" in words
    assert "±" not in words.replace("± half of the 95% interval", "")


def test_pictures_are_of_all_calls(played):
    inputs = read_inputs(played)
    gathered, values = gather(played, inputs), figures_of(played, inputs)
    for rival, its in gathered.seen.items():
        calls = sum(values[rival]["calls"])
        assert its.responses.sum() == calls
        assert its.area_calls.sum() == calls
        shares = zip(values[rival]["late"], values[rival]["calls"], strict=True)
        late = sum(share * count for share, count in shares)
        assert its.area_late.sum() == pytest.approx(late)
        assert len(its.busy) == len(its.waiting) == 6


def test_every_place_lies_in_its_square(played):
    ground = read_inputs(played).ground
    places = [ground.positions[spot] for spot in ground.columns.place_spot.tolist()]
    areas = squares(places)
    for place, number in zip(places, areas.of_place, strict=True):
        shape: WardShape = areas.shapes[number]
        lats, lons = zip(*shape.rings[0], strict=True)
        assert min(lats) - 1e-5 <= place.lat <= max(lats) + 1e-5
        assert min(lons) - 1e-5 <= place.lon <= max(lons) + 1e-5


def test_ticks_are_round():
    assert ticks(0, 100, 5) == [0, 20, 40, 60, 80, 100]
    assert ticks(-0.3, 0.7, 5) == pytest.approx([-0.2, 0.0, 0.2, 0.4, 0.6])
    assert ticks(3, 3) == [3]


def test_no_tick_is_told_as_what_it_is_not():
    assert digits_for([0, 20, 40]) == 0
    assert digits_for([0, 0.5]) == 1
    assert digits_for(ticks(0, 0.12, 5)) == 3


def test_a_ward_of_known_shape_lies_above_a_circle():
    ring = ((10.0, 106.0), (10.0, 106.1), (10.1, 106.1), (10.0, 106.0))
    shapes = (WardShape("drawn", (ring,)), WardShape("round", (ring,), circle=True))
    counts = np.array([100, 100])
    drawn = city_map(Areas(shapes, (0, 1), True), counts, counts // 4, [1.0, 2.0, 3.0, 4.0], Say("en"))
    assert drawn.index("round: 25.0% (25/100)") < drawn.index("drawn: 25.0% (25/100)")
