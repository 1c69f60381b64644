"""A scenario's file is read strictly: every fault is a sentence with its line, and all come at once."""

import pytest

from simulations.results.figures import FIGURES
from simulations.results.report.of_scenario import calls_are_the_same, figures_of_scenario
from simulations.scenario.answers import ANSWERS
from simulations.scenario.check import faults_on, within
from simulations.scenario.library import PRESETS, found, presets
from simulations.scenario.moments import daily, read_moment, say_moment
from simulations.scenario.read import BadScenario, read_scenario
from simulations.scenario.say_change import say_change, say_spells
from simulations.scenario.scenario import HospitalsLost, UnitsAdded
from simulations.scenario.values import VALUES
from tests.unit.simulations.small_model import small_model

HEAD = """
model = "small"
begins = "2026-07-06"
days = 3
warm_up_hours = 2
replications = 5
seed = 7
question = { vi = "Có đủ xe không?", en = "Are there enough vehicles?" }
explains = { vi = "Ít xe.", en = "Few vehicles." }
[[course]]
id = "as-now"
vi = "Như cũ"
en = "As now"
[[course]]
id = "more"
vi = "Thêm xe"
en = "More"
"""
ADDED = """
[[change]]
what = "units added"
from = "day 2 06:00"
called = "X"
count = 2
kind = "van"
capabilities = ["BLS", "transport"]
turnout_s = 90
courses = ["more"]
"""
TENT = """
[[change]]
what = "hospital opened"
id = "{}"
name = "Dã chiến"
place = [10.77, 106.69]
specialities = ["general"]
beds = {{ EmergencyDepartment = 9 }}
courses = ["{}"]
"""


def written(tmp_path, text):
    path = tmp_path / "a-bad-day.toml"
    path.write_text(text, encoding="utf-8")
    return path


def sentences(tmp_path, text):
    with pytest.raises(BadScenario) as refused:
        read_scenario(written(tmp_path, text))
    return refused.value.sentences


def test_it_says_what_happens_when_and_in_which_course(tmp_path):
    scenario = read_scenario(written(tmp_path, HEAD + ADDED))
    (change,) = scenario.of("more")
    assert scenario.of("as-now") == ()
    assert change.spells == ((30 * 3600.0, float("inf")),), "until the last run has ended"
    assert (change.count, change.called, change.stations) == (2, "X", ())


@pytest.mark.parametrize(
    ("right", "wrong", "complaint"),
    [
        ("turnout_s = 90", "turnout = 90", "a-bad-day.toml, line 26: 'change.0.turnout' is not known here"),
        ("turnout_s = 90", "turnout = 90", "'turnout_s' is missing from [change.0]"),
        ('"day 2 06:00"', '"Tuesday"', "line 21: 'change.0.from' cannot be so: 'Tuesday' is no moment"),
        ('"day 2 06:00"', '"day 9 06:00"', "line 21: 'change.0.from' is day 9 06:00; the scenario"),
        ("[\"more\"]", "[\"less\"]", "line 27: 'change.0.courses' names 'less', which is no [[course]] here"),
        ("count = 2", "count = 0", "line 23: 'change.0.count' must be a whole number of 1 or more"),
        ('kind = "van"', 'kind = "tram"', "line 24: 'change.0.kind' cannot be 'tram'; choose from van"),
        ('"units added"', '"units"', "line 20: 'change.0.what' cannot be 'units'; choose from calls"),
        ("days = 3", "days = 900", "line 4: 'days' are 120 at most, not 900"),
        ('begins = "2026-07-06"', 'begins = "July"', "line 3: 'begins' must be a day such as"),
    ],
)  # fmt: skip
def test_a_fault_is_a_sentence_with_its_line(tmp_path, right, wrong, complaint):
    assert right in HEAD + ADDED
    said = sentences(tmp_path, (HEAD + ADDED).replace(right, wrong, 1))
    assert any(complaint in each for each in said), said


def test_all_faults_are_told_in_one_look(tmp_path):
    text = (HEAD + ADDED).replace("seed = 7", "seed = -1").replace("count = 2", "count = 'two'")
    assert len(sentences(tmp_path, text)) == 2


def test_a_time_that_ends_before_it_begins_is_refused(tmp_path):
    text = HEAD + ADDED + 'until = "day 1 06:00"\n'
    assert "leaves no time: it ends before it begins" in sentences(tmp_path, text)[0]


@pytest.mark.parametrize(
    ("again", "name"),
    [
        (ADDED.replace("day 2", "day 3"), "X1"),
        (ADDED.replace('courses = ["more"]\n', ""), "X1"),
        (ADDED.replace('"X"', '"X1"').replace("count = 2", "count = 5"), None),
        (ADDED.replace('"X"', '"Y"'), None),
        (ADDED.replace('["more"]', '["as-now"]'), None),
    ],
)
def test_two_changes_call_no_unit_of_one_course_the_same(tmp_path, again, name):
    """Of the second wave of taxis with the callsigns of the first nothing was played as it was written."""
    text = HEAD + ADDED + again
    if name is None:
        assert len(read_scenario(written(tmp_path, text)).changes) == 2
        return
    (said,) = sentences(tmp_path, text)
    assert f"line 32: 'change.1.called' would call a unit {name}, as line 22 does" in said
    assert len(read_scenario(written(tmp_path, text), kept=True).changes) == 2, "what was played still opens"


def test_a_callsign_can_be_that_of_another_name_with_another_number(tmp_path):
    many = ADDED.replace("count = 2", "count = 11")
    (said,) = sentences(tmp_path, HEAD + many + ADDED.replace('"X"', '"X1"'))
    assert "'change.1.called' would call a unit X11, as line 22 does" in said


def test_so_many_changes_of_the_calls_may_hold_at_once_and_no_more(tmp_path):
    wave = '[[change]]\nwhat = "calls"\nfactor = 1.2\n'
    later = wave + 'from = "day 2 00:00"\n'
    read_scenario(written(tmp_path, HEAD + ADDED + 6 * wave + 9 * wave.replace("1.2", "0.9")))
    (said,) = sentences(tmp_path, HEAD + ADDED + later + 6 * wave)
    assert "line 28: 'change.1' calls for more while too many others do: 6 may at once; draw one" in said
    elsewhere = wave + 'courses = ["as-now"]\n'
    read_scenario(written(tmp_path, HEAD + ADDED + 6 * elsewhere + wave + 'courses = ["more"]\n'))


def test_an_id_is_that_of_one_hospital_that_opens(tmp_path):
    text = HEAD + TENT.format("tent", "as-now") + TENT.format("tent", "more")
    (said,) = sentences(tmp_path, text)
    assert "line 30: 'change.1.id' cannot be 'tent': line 21 has it already; give this one an id" in said
    read_scenario(written(tmp_path, HEAD + TENT.format("tent", "as-now") + TENT.format("camp", "more")))


def test_two_courses_with_the_same_changes_are_refused(tmp_path):
    text = HEAD + ADDED.replace('courses = ["more"]', "")
    assert "'more' does the same as 'as-now'" in sentences(tmp_path, text)[0]


@pytest.mark.parametrize(
    ("right", "wrong", "language"), [("Thêm xe", "Như cũ", "vi"), ("More", "As now", "en")]
)
def test_two_courses_of_one_name_are_refused_for_a_report_could_not_tell_them_apart(
    tmp_path, right, wrong, language
):
    (said,) = sentences(tmp_path, (HEAD + ADDED).replace(f'"{right}"', f'"{wrong}"'))
    line = {"vi": 16, "en": 17}[language]
    assert f"line {line}: 'course.1.{language}' is '{wrong}' for the second time" in said


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ("", True),
        ('[[change]]\nwhat = "calls"\nfactor = 2.0\n', True),
        ('[[change]]\nwhat = "calls"\nfactor = 2.0\ncourses = ["more", "as-now"]\n', True),
        ('[[change]]\nwhat = "calls"\nfactor = 2.0\ncourses = ["more"]\n', False),
    ],
)
def test_rivals_meet_the_same_calls_unless_some_course_changes_them(tmp_path, change, same):
    assert calls_are_the_same(read_scenario(written(tmp_path, HEAD + ADDED + change))) is same


@pytest.mark.parametrize(
    ("curve", "complaint"),
    [
        ('[["day 1 00:00", 1.0]]', "must be a list of two points or more"),
        ('[["day 2 00:00", 1.0], ["day 1 00:00", 2.0]]', "goes back in time at 'day 1 00:00'"),
        ('[["day 1 00:00", 1.0], ["day 2 00:00", -2.0]]', "has -2.0, which is no factor from 0 to 100"),
    ],
)
def test_a_curve_goes_forward_in_time_and_has_factors(tmp_path, curve, complaint):
    text = f'{HEAD}[[change]]\nwhat = "calls"\ncurve = {curve}\ncourses = ["more"]\n'
    assert complaint in sentences(tmp_path, text)[0]


HURT = """
[[change]]
what = "casualties"
at = "day 1 08:00"
place = [10.77, 106.69]
count = { P1 = 3 }
found_within_min = 10
callers = 4
"""
CURVE = '[[change]]\nwhat = "calls"\ncurve = [["day 1 00:00", 1.0], ["day 3 24:00", 2.0]]\n'
TRAVEL = '[[change]]\nwhat = "travel"\nfactor = 3.0\nhours = "07:00-09:00"\nuntil = "day 2 08:00"\n'


@pytest.mark.parametrize(
    ("change", "right", "wrong", "complaint"),
    [
        (HURT, "day 1 08:00", "day 40 17:30", "line 31: 'change.1.at' is day 40 17:30; the scenario has 3"),
        (HURT, "day 1 08:00", "day 3 24:00", "'change.1.at' is day 3 24:00; the scenario has 3 days"),
        (HURT, "day 1 08:00", "day 3 23:55", "'change.1.found_within_min' lasts until day 4 00:05; the"),
        (HURT, "\nat =", '\nhours = "07:00-09:00"\nat =', "'change.1.hours' means nothing here: 'at' says"),
        (CURVE, "day 3 24:00", "day 4 06:00", "'change.1.curve' goes on until day 4 06:00; the scenario has"),
        (CURVE, "curve", 'from = "day 2 00:00"\ncurve', "'change.1.from' means nothing here: 'curve' says"),
        (CURVE, "curve", 'until = "day 2 00:00"\ncurve', "'change.1.until' means nothing here: 'curve' s"),
        (TRAVEL, "07:00-09:00", "07:10-07:50", "'change.1.hours' must be whole hours, such as '07:00-09:00'"),
        (TRAVEL, "07:00-09:00", "07:00-08:30", "'change.1.hours' must be whole hours, such as '07:00-09:00'"),
        (TRAVEL, 'hours = "07:00-09:00"\n', 'from = "day 1 06:20"\n', "'change.1.from' must be a whole hour"),
        (TRAVEL, 'hours = "07:00-09:00"\nuntil = "day 2 08:00"', 'until = "day 2 08:30"', "day 2 08:30: tra"),
        ("", "warm_up_hours = 2", "warm_up_hours = 1.5", "line 5: 'warm_up_hours' must be whole hours, not"),
    ],
)  # fmt: skip
def test_a_time_that_would_mean_nothing_is_refused_and_what_was_played_with_it_still_opens(
    tmp_path, change, right, wrong, complaint
):
    text = HEAD + ADDED + change
    assert right in text
    read_scenario(written(tmp_path, text))
    said = sentences(tmp_path, text.replace(right, wrong, 1))
    assert len(said) == 1, said
    assert complaint in said[0]
    read_scenario(written(tmp_path, text.replace(right, wrong, 1)), kept=True)


def test_what_the_model_does_not_have_is_said(tmp_path):
    more = '[[change]]\nwhat = "hospitals lost"\nhospitals = ["nowhere"]\n'
    text = HEAD + ADDED + 'stations = ["moon"]\n' + more
    scenario = read_scenario(written(tmp_path, text))
    said = faults_on(scenario, small_model())
    assert [(number, field) for number, field, _ in said] == [(0, "stations"), (1, "hospitals")]
    assert "the model has no such station, but centre" in said[0][2]


def test_a_place_off_the_map_is_said(tmp_path):
    hurt = (
        '[[change]]\nwhat = "casualties"\nat = "day 1 08:00"\nplace = [10.77, 106.69]\ncount = { P1 = 3 }\n'
    )
    text = HEAD + ADDED + hurt + "found_within_min = 10\ncallers = 4\n"
    said = faults_on(read_scenario(written(tmp_path, text)), small_model(), lambda place: False)
    assert said == [(1, "place", "is 10.77, 106.69, where the map has no street")]


@pytest.mark.parametrize(
    ("inside", "complaint"),
    [
        ("[[10.77, 106.69], [10.78, 106.70], [10.77, 106.70], [10.78, 106.69]]", "crosses itself near 10.7"),
        ("[[10.0, 106.0], [10.0, 106.5], [10.5, 106.5]]", "km² is too large: a line may be 50 km long"),
        ("[[10.0, 106.0], [10.0, 106.0], [10.0, 106.0]]", "desk would take: A stretch is a point"),
        ("[[10.77, 106.69], [10.78, 106.70], [10.77, 106.70]]", "touches no street of the map"),
    ],
)
@pytest.mark.parametrize("what", ["closed", "slow"])
def test_an_area_is_judged_as_the_desk_judges_it_and_has_to_hold_a_street(tmp_path, what, inside, complaint):
    share = "share = 0.5\n" if what == "slow" else ""
    change = f'[[change]]\nwhat = "roads {what}"\n{share}inside = {inside}\n'
    scenario = read_scenario(written(tmp_path, HEAD + ADDED + change))
    ((number, field, said),) = faults_on(scenario, small_model(), touches=lambda area: False)
    assert (number, field) == (1, "inside")
    assert complaint in said
    held = faults_on(scenario, small_model(), touches=lambda area: True)
    assert (held == []) is ("no street" in complaint)


def test_hours_come_every_day_and_may_go_over_midnight():
    assert daily(0.0, 2 * 86_400.0, "22:00-02:00") == (
        (0.0, 7200.0),
        (79_200.0, 93_600.0),
        (165_600.0, 172_800.0),
    )
    assert say_moment(read_moment("day 3 18:30")) == "day 3 18:30"
    with pytest.raises(ValueError, match="no clock"):
        read_moment("day 1 12:75")


def test_inside_is_inside_of_a_bent_area():
    ring = ((0.0, 0.0), (0.0, 4.0), (4.0, 4.0), (4.0, 3.0), (1.0, 3.0), (1.0, 0.0))
    from domain.values import Position

    assert within(Position(0.5, 1.0), ring)
    assert within(Position(3.0, 3.5), ring)
    assert not within(Position(3.0, 1.0), ring)


ALL = sorted(PRESETS.glob("*/*.toml"))


@pytest.mark.parametrize("path", ALL, ids=[f"{path.parent.name}-{path.stem}" for path in ALL])
def test_every_preset_asks_a_question_and_says_each_change_in_both_languages(path):
    scenario = read_scenario(path)
    assert scenario.model == path.parent.name
    assert all(scenario.question[language].endswith("?") for language in ("vi", "en"))
    for change in scenario.changes:
        for words in (say_change(change), say_spells(change.spells, scenario.lasts_s)):
            assert words["vi"]
            assert words["en"]
            assert words["vi"] != words["en"]


def test_each_city_has_the_seven():
    seven = {
        "epidemic", "mass-casualty", "flood", "tet-traffic", "hospital-lost", "dispatch-lost", "festival",
    }  # fmt: skip
    for city in ("hcmc", "demo"):
        assert {path.stem for path in ALL if path.parent.name == city} == seven


def test_a_preset_is_found_by_its_name_and_a_wrong_name_is_said():
    assert found("flood", "hcmc").name == "flood.toml"
    with pytest.raises(
        FileNotFoundError, match="There is no scenario 'storm' for hcmc; there are: dispatch-lost"
    ):
        found("storm", "hcmc")


def test_a_lost_hospital_is_told_by_its_name():
    lost = HospitalsLost(hospitals=("cho-ray", "strange"))
    told = say_change(lost, {"cho-ray": "Bệnh viện Chợ Rẫy"})
    assert told["vi"] == "Bệnh viện ngừng nhận: Bệnh viện Chợ Rẫy, strange"


def test_units_that_would_never_be_sent_are_refused(tmp_path):
    text = HEAD + ADDED.replace('["BLS", "transport"]', '["isolation"]')
    ((number, field, complaint),) = faults_on(read_scenario(written(tmp_path, text)), small_model())
    assert (number, field) == (0, "capabilities")
    assert "never sent" in complaint
    assert faults_on(read_scenario(written(tmp_path, HEAD + ADDED)), small_model()) == []
    text = HEAD + ADDED.replace('"van"', '"motorbike"')
    said = faults_on(read_scenario(written(tmp_path, text)), small_model())
    assert [field for _, field, _ in said] == ["capabilities", "kind"]


@pytest.mark.parametrize("city", ["hcmc", "demo"])
def test_no_preset_adds_units_that_are_never_sent(city):
    added = [
        change
        for path in presets(city)
        for change in read_scenario(path).changes
        if isinstance(change, UnitsAdded)
    ]
    assert len(added) >= 5
    assert all(change.kind == "van" for change in added)


def test_a_name_and_the_figures_that_answer_may_be_said_and_else_are_the_id_and_none(tmp_path):
    plain = read_scenario(written(tmp_path, HEAD + ADDED))
    assert (plain.name, plain.answers) == ({"vi": "a-bad-day", "en": "a-bad-day"}, ())
    more = 'answers = ["late_or_lost", "mean_s"]\nname = { vi = "Ngày xấu", en = "A bad day" }\n'
    told = read_scenario(written(tmp_path, more + HEAD + ADDED))
    assert (told.name["vi"], told.answers) == ("Ngày xấu", ("late_or_lost", "mean_s"))
    (wrong,) = sentences(tmp_path, more.replace("mean_s", "happiness") + HEAD + ADDED)
    assert "line 1: 'answers' names 'happiness', which is no figure; choose from late_or_lost" in wrong


def test_a_file_may_name_the_pairs_that_it_compares_and_else_each_is_compared_with_the_first(tmp_path):
    plain = read_scenario(written(tmp_path, HEAD + ADDED))
    assert (plain.pairs, plain.compared) == ((), (("as-now", "more"),))
    told = read_scenario(written(tmp_path, 'pairs = [["more", "as-now"]]\n' + HEAD + ADDED))
    assert told.pairs == told.compared == (("more", "as-now"),)


@pytest.mark.parametrize(
    ("pairs", "complaint"),
    [
        ("[]", "must be a list of pairs"),
        ('["more", "as-now"]', "must be a list of pairs"),
        ('[["more"]]', "must be a list of pairs"),
        ('[["more", "less"]]', "names 'less', which is no [[course]] here"),
        ('[["more", "more"]]', "compares 'more' with itself"),
        ('[["more", "as-now"], ["as-now", "more"]]', "names 'as-now' and 'more' twice"),
    ],
)
def test_pairs_that_cannot_be_compared_are_refused(tmp_path, pairs, complaint):
    (said,) = sentences(tmp_path, f"pairs = {pairs}\n" + HEAD + ADDED)
    assert "line 1: 'pairs'" in said
    assert complaint in said


@pytest.mark.parametrize("path", [*presets("demo"), *presets("hcmc")], ids=lambda path: path.stem)
def test_what_is_asked_to_make_up_for_something_is_compared_with_it(path):
    """Every course but the first is compared with the first, and what helps with the day it is to help."""
    scenario = read_scenario(path)
    first, *others = (course.id for course in scenario.courses)
    assert {(first, other) for other in others} <= set(scenario.compared)
    assert {(others[0], other) for other in others[1:]} <= set(scenario.compared)


@pytest.mark.parametrize("path", [*presets("demo"), *presets("hcmc")], ids=lambda path: path.stem)
def test_every_preset_has_a_name_and_says_what_answers_its_question(path):
    scenario = read_scenario(path)
    assert scenario.name["vi"] != scenario.id
    assert scenario.answers
    assert set(scenario.answers) <= {*FIGURES, *VALUES}
    assert figures_of_scenario(scenario)[: len(scenario.answers)] == list(scenario.answers)


def test_whatever_may_answer_is_a_figure_of_every_course():
    assert set(ANSWERS) <= {*FIGURES, *VALUES}


def test_isolation_wants_a_hospital_that_takes_such_patients(tmp_path):
    text = HEAD + ADDED + '[[change]]\nwhat = "isolation"\nshare = 0.5\n'
    ((_, field, complaint),) = faults_on(read_scenario(written(tmp_path, text)), small_model())
    assert (field, complaint.partition(":")[0]) == ("what", "leaves patients nobody takes in")
