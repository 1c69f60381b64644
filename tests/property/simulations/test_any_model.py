"""Whatever model is written down is read again as it was."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.city import CAPABILITIES, SPECIALITIES
from domain.values import BedKind, Position
from simulations.city_model.durations import FIGURES, Duration
from simulations.city_model.model import (
    CallKind,
    CallTaking,
    CityModel,
    Desks,
    Hospital,
    Period,
    Place,
    Shift,
    Station,
    Times,
    Unit,
)
from simulations.city_model.read import read_model
from simulations.city_model.week import DAYS
from simulations.city_model.write import write_model

NAMES = st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True).filter(
    lambda name: name not in ("id", "lat", "lon", "hour", "pace")
)
SAID = (
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=20)
    .map(str.strip)
    .filter(bool)
)
FREE = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20).map(str.strip)
FIGURE = st.floats(0.01, 1e6, allow_subnormal=False)


@st.composite
def durations(draw):
    kind = draw(st.sampled_from(list(FIGURES)))
    figures = sorted(draw(FIGURE) for _ in FIGURES[kind])
    least, most = sorted((draw(st.just(0.0) | FIGURE), draw(st.just(float("inf")) | FIGURE)))
    return Duration(kind, tuple(figures), least, most)


@st.composite
def positions(draw):
    return Position(draw(st.floats(1, 80)), draw(st.floats(-170, 170)))


def uniquely(named, least=1, most=3):
    return st.lists(named, min_size=least, max_size=most, unique=True)


@st.composite
def spells(draw):
    begin, length = draw(st.integers(0, 23)), draw(st.integers(1, 20))
    return f"{draw(st.sampled_from(DAYS))} {begin:02d}:30-{(begin + length) % 24:02d}:15"


@st.composite
def models(draw):
    periods = (Period(draw(NAMES), ("Mon-Sun 00:00-24:00",)),)
    if draw(st.booleans()):
        turn = draw(st.integers(1, 23))
        first, second = draw(uniquely(NAMES, 2, 2))
        periods = (
            Period(first, (f"Mon-Sun 00:00-{turn:02d}:00",)),
            Period(second, (f"Mon-Sun {turn:02d}:00-24:00",)),
        )
    kinds = [
        CallKind(
            name,
            draw(st.sampled_from(("P1", "P2", "P3", "P4", "none"))),
            tuple(draw(st.lists(FIGURE, min_size=4, max_size=4)) * 42),
        )
        for name in draw(uniquely(NAMES))
    ]
    wanted = [each for each in ("P1", "P2", "P3", "P4") if each in {kind.priority for kind in kinds}]
    shifts = [Shift(name, tuple(draw(uniquely(spells())))) for name in draw(uniquely(NAMES))]
    stations = [Station(name, draw(SAID), draw(positions()), draw(FREE)) for name in draw(uniquely(NAMES))]
    words = st.lists(st.sampled_from(CAPABILITIES), unique=True).map(tuple)
    a_shift = st.sampled_from([shift.id for shift in shifts])
    a_bed = st.dictionaries(st.sampled_from([str(each) for each in BedKind]), st.integers(0, 2000))
    return CityModel(
        id="any",
        name=draw(SAID),
        timezone="Asia/Ho_Chi_Minh",
        about=draw(FREE),
        periods=periods,
        places=tuple(
            Place(f"p{number}", position, tuple(draw(FIGURE) for _ in periods))
            for number, position in enumerate(draw(uniquely(positions())))
        ),
        kinds=tuple(kinds),
        times={each: Times(*(draw(durations()) for _ in range(5))) for each in wanted},
        transported={each: draw(st.floats(0, 1)) for each in wanted},
        target_s={each: draw(st.integers(1, 9999)) for each in ("P1", "P2", "P3", "P4")},
        shifts=tuple(shifts),
        stations=tuple(stations),
        units=tuple(
            Unit(
                name,
                draw(st.sampled_from(("van", "motorbike"))),
                draw(words),
                draw(st.sampled_from(stations)).id,
                draw(a_shift),
            )
            for name in draw(uniquely(NAMES))
        ),
        turnout_s={"van": draw(FIGURE), "motorbike": draw(FIGURE)},
        hospitals=tuple(
            Hospital(
                name,
                draw(SAID),
                draw(positions()),
                draw(st.lists(st.sampled_from(SPECIALITIES), unique=True).map(tuple)),
                draw(a_bed),
                draw(FIGURE),
                draw(FIGURE),
                draw(FREE),
            )
            for name in draw(uniquely(NAMES))
        ),
        call_taking=CallTaking(
            draw(st.integers(1, 99)),
            tuple(Desks(draw(a_shift), draw(st.integers(1, 9))) for _ in range(draw(st.integers(1, 3)))),
            {each: draw(durations()) for each in sorted({kind.priority for kind in kinds})},
            draw(durations()),
        ),
        pace=tuple(draw(st.lists(FIGURE, min_size=4, max_size=4)) * 42),
        sources=draw(st.dictionaries(SAID, SAID, max_size=2)),
    )


@settings(max_examples=40, deadline=None)
@given(models())
def test_any_model_is_read_as_it_was_written(model):
    with TemporaryDirectory() as folder:
        write_model(model, Path(folder))
        assert read_model(Path(folder)) == model
