"""A city model from a city's own files and its map: places by the demand of the streets, crews and hospitals
as the city lists them, and figures that nobody wrote down assumed, each with its source."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Final

from domain.city import City
from domain.values import Position, Priority, UnitKind
from routing.times import RoadTimes
from simulations.city_model.durations import Duration
from simulations.city_model.model import (
    NO_INCIDENT,
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
from simulations.city_model.week import ALL_WEEK
from simulations.living_demo.habits import HOURS
from simulations.policy_day.durations import PRIORITIES, TRANSPORTED

PLACES: Final = 120
EMERGENCIES: Final = 0.30
"""Share of the calls that need a crew: in April 2020 some 70 % did not."""
CALLS_A_DAY: Final[Mapping[str, float]] = {"hcmc": 1500.0, "demo": 180.0}
A_VAN_SERVES: Final = 12.0
"""Calls a day for each vehicle of a city whose calls nobody told."""
TALK: Final = Duration("gamma", (180.0, 2.0), least_s=10.0)
PATIENCE: Final = Duration("exponential", (120.0,))
LINES: Final[Mapping[str, int]] = {"hcmc": 14}
FEW_LINES: Final = 3

SOURCES: Final = {
    "calls": "1,500 a day in the merged city (Người Lao Động, 2025-08-16); the drawn town invented",
    "emergencies": "three in ten calls need a crew (press, April 2020: 70 % did not)",
    "hours": "assumed: busy mornings and evenings, a calm night",
    "places": "the middles of streets by the demand of the map, © OpenStreetMap contributors, ODbL",
    "call_taking": "14 lines, each with a taker; a talk of 180 s on average is assumed: with it 14 "
    "lines lose about one call in ten of 5,000 a day, as the press told of 2021",
    "times": "assumed, as for the recorded days",
}

SOURCES_VI: Final = dict(
    zip(
        SOURCES.values(),
        (
            "1.500 cuộc mỗi ngày ở thành phố sau sáp nhập (Người Lao Động, 16-08-2025); thị xã vẽ thì tự đặt",
            "cứ mười cuộc gọi có ba cuộc cần xe (báo chí, tháng 4-2020: 70 % là gọi không đúng)",
            "giả định: sáng và chiều tối đông, đêm vắng",
            "giữa các con đường, theo nhu cầu trên bản đồ, © những người đóng góp OpenStreetMap, ODbL",
            "14 đường dây, mỗi đường một người nghe; giả định mỗi cuộc gọi trung bình 180 giây: như vậy 14 "
            "đường dây mất khoảng một phần mười của 5.000 cuộc mỗi ngày, như báo chí kể về năm 2021",
            "thời gian xử trí: giả định, như với các ngày đã ghi",
        ),
        strict=True,
    )
)


def model_of_city(city: City, roads: RoadTimes, places: int = PLACES) -> CityModel:
    """Hospitals, stations and units off the map are left out: nobody drives there."""
    cells = roads.cells
    there = [
        (position, weight)
        for position, weight in zip(cells.positions(), cells.weights.tolist(), strict=True)
        if roads.covers(position) and weight > 0
    ]
    stations = [each for each in city.stations if roads.covers(each.position)]
    ways = roads.table([each.position for each in stations], [position for position, _ in there], "van")
    # A place on a piece of road that leads nowhere would wait for ever, and be asked about at every moment.
    reached = [any(way is not None for way in column) for column in zip(*ways, strict=True)]
    where = list(_gathered([each for each, some in zip(there, reached, strict=True) if some], places))
    names = {each.id for each in stations}
    units = [each for each in city.units if each.station in names]
    lines = LINES.get(city.id, FEW_LINES)
    calls = CALLS_A_DAY.get(city.id, A_VAN_SERVES * len(units))
    return CityModel(
        id=city.id,
        name=city.name["vi"],
        timezone=city.timezone,
        about="Worked out from the files of the city and its map.",
        periods=(Period("always", ALL_WEEK),),
        places=tuple(
            Place(f"p{number:03d}", position, (weight,)) for number, (position, weight) in enumerate(where)
        ),
        kinds=_kinds(calls),
        times=dict.fromkeys(PRIORITIES, _TIMES),
        transported=dict(TRANSPORTED),
        target_s={str(priority): int(city.targets.response_s[priority]) for priority in Priority},
        shifts=(Shift("always", ALL_WEEK),),
        stations=tuple(Station(each.id, each.name, each.position, each.source) for each in stations),
        units=tuple(
            Unit(each.callsign, str(each.kind), tuple(each.capabilities), each.station, "always")
            for each in units
        ),
        turnout_s={str(kind): 60.0 for kind in UnitKind},
        hospitals=tuple(
            Hospital(
                each.id,
                each.name,
                each.position,
                tuple(each.specialities),
                {str(kind): beds.staffed for kind, beds in each.beds.items()},
                source=each.source,
            )
            for each in city.hospitals
            if roads.covers(each.position)
        ),
        call_taking=CallTaking(
            lines, (Desks("always", lines),), dict.fromkeys((*PRIORITIES, NO_INCIDENT), TALK), PATIENCE
        ),
        pace=(1.0,) * 168,
        sources=SOURCES,
    )


def _gathered(cells: Sequence[tuple[Position, float]], most: int) -> Iterator[tuple[Position, float]]:
    """Halved along their longer side, each half with the same demand, until there are few enough; of each
    part the cell in its middle stands for all."""
    if most <= 1 or len(cells) == 1:
        lat, lon = (sum(getattr(p, axis) * w for p, w in cells) for axis in ("lat", "lon"))
        whole = sum(weight for _, weight in cells)
        middle = min(
            cells, key=lambda each: (each[0].lat - lat / whole) ** 2 + (each[0].lon - lon / whole) ** 2
        )
        yield middle[0], whole
        return
    lats, lons = [each.lat for each, _ in cells], [each.lon for each, _ in cells]
    tall = max(lats) - min(lats) > max(lons) - min(lons)
    rising = sorted(
        cells, key=lambda each: (each[0].lat, each[0].lon) if tall else (each[0].lon, each[0].lat)
    )
    so_far = list(accumulate(weight for _, weight in rising))
    half = next(number for number, weight in enumerate(so_far, 1) if weight >= so_far[-1] / 2)
    half = min(half, len(rising) - 1)
    yield from _gathered(rising[:half], most // 2)
    yield from _gathered(rising[half:], most - most // 2)


_TIMES: Final = Times(
    decide=Duration("uniform", (30.0, 120.0)),
    scene=Duration("uniform", (420.0, 1500.0)),
    handover=Duration("uniform", (600.0, 1800.0)),
    clear=Duration("uniform", (180.0, 600.0)),
    stay=Duration("lognormal", (14_400.0, 0.8), least_s=1800.0),
)


def _kinds(calls_a_day: float) -> tuple[CallKind, ...]:
    shares = {priority: EMERGENCIES * share for priority, share in PRIORITIES.items()}
    shares[NO_INCIDENT] = 1.0 - EMERGENCIES
    return tuple(
        CallKind(
            "needs-nobody" if priority == NO_INCIDENT else priority.lower(),
            priority,
            tuple(calls_a_day * share * HOURS[hour % 24] / sum(HOURS) for hour in range(168)),
        )
        for priority, share in shares.items()
    )
