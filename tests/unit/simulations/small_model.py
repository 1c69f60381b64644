"""A city model that fits on a page."""

from dataclasses import replace

from domain.values import Position
from simulations.city_model.durations import Duration, constant
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
from simulations.city_model.week import ALL_WEEK

TIMES = Times(
    decide=constant(60.0),
    scene=Duration("gamma", (900.0, 2.0)),
    handover=Duration("weibull", (1200.0, 2.5), most_s=7200.0),
    clear=Duration("uniform", (120.0, 600.0)),
    stay=Duration("lognormal", (14_400.0, 0.8), least_s=1800.0),
)


def small_model(**changes: object) -> CityModel:
    """Two places, by day one and by night the other; ten serious calls an hour, thirty that need nobody."""
    model = CityModel(
        id="small",
        name="Small town",
        timezone="Asia/Ho_Chi_Minh",
        about="Invented.",
        periods=(Period("day", ("Mon-Sun 06:00-22:00",)), Period("night", ("Mon-Sun 22:00-06:00",))),
        places=(
            Place("market", Position(10.77, 106.69), (3.0, 0.0)),
            Place("homes", Position(10.78, 106.7), (1.0, 1.0)),
        ),
        kinds=(
            CallKind("serious", "P1", (10.0,) * 168),
            CallKind("minor", "P3", tuple(5.0 + hour % 24 for hour in range(168))),
            CallKind("nuisance", "none", (30.0,) * 168),
        ),
        times={"P1": TIMES, "P3": replace(TIMES, scene=Duration("exponential", (600.0,)))},
        transported={"P1": 0.9, "P3": 0.5},
        target_s={"P1": 480, "P2": 900, "P3": 1800, "P4": 3600},
        shifts=(Shift("always", ALL_WEEK), Shift("nights", ("Mon-Sun 18:30-06:30",))),
        stations=(Station("centre", "Trung tâm", Position(10.775, 106.695), "invented"),),
        units=(
            Unit("C1", "van", ("ALS", "BLS", "transport"), "centre", "always"),
            Unit("T2", "van", ("BLS", "transport"), "centre", "nights"),
        ),
        turnout_s={"van": 60.0},
        hospitals=(
            Hospital(
                "great",
                "Great Hospital",
                Position(10.76, 106.66),
                ("general",),
                {"EmergencyDepartment": 20},
                1.5,
            ),
        ),
        call_taking=CallTaking(
            lines=4,
            desks=(Desks("always", 2), Desks("nights", 1)),
            talk={"P1": constant(150.0), "P3": constant(180.0), "none": Duration("exponential", (20.0,))},
            patience=Duration("exponential", (120.0,)),
        ),
        pace=tuple(1.5 if hour % 24 in (7, 8, 17, 18) else 1.0 for hour in range(168)),
        sources={"kinds": "invented"},
    )
    return replace(model, **changes)  # type: ignore[arg-type]
