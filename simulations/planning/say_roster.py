"""A roster and a plan of beds in words and figures."""

from typing import Any

from routing.arrays import Float64s, Int64s
from simulations.city_model.week import DAYS
from simulations.planning.beds import BedPlan
from simulations.planning.shifts import Roster

SAYS_NOTHING_OF_ROADS = (
    "This is how many keep somebody free somewhere, as if all stood in one place. It says nothing about how "
    "soon one is there: play the night with so many units before you believe it (vigil simulate)."
)


def said_roster(rates: Float64s, need: Int64s, found: Roster, what: str) -> str:
    lines = [f"{what} on duty, each hour: needed/there"]
    lines.append("      " + " ".join(f"{hour:>5}" for hour in range(24)))
    for day in range(7):
        hours = range(day * 24, day * 24 + 24)
        lines.append(
            f"{DAYS[day]:<6}" + " ".join(f"{need[hour]:>2}/{found.staffed[hour]:<2}" for hour in hours)
        )
    lines += ["", f"{'Shift begins':<14} hours  people"]
    for shift in found.shifts:
        begins = f"{DAYS[shift.begins // 24]} {shift.begins % 24:02d}:00"
        lines.append(f"{begins:<14} {shift.pattern.hours:>5}  {shift.people:>6}")
    worked = int(need.sum())
    lines += [
        "",
        f"{rates.sum():.0f} calls a week. {worked} hours of duty are needed, {found.paid_hours} are on the "
        "roster; "
        + (
            "no roster of these shifts has fewer."
            if abs(found.bound - found.paid_hours) < 1e-6 * max(1, found.paid_hours)
            else f"no roster of these shifts has fewer than {found.bound:.0f}."
        ),
    ]
    return "\n".join(lines)


def roster_figures(rates: Float64s, need: Int64s, found: Roster) -> dict[str, Any]:
    return {
        "calls_an_hour": [round(each, 9) for each in rates.tolist()],
        "needed": need.tolist(),
        "staffed": found.staffed.tolist(),
        "paid_hours": found.paid_hours,
        "bound": round(found.bound, 4),
        "shifts": [
            {"begins": shift.begins, "hours": shift.pattern.hours, "people": shift.people}
            for shift in found.shifts
        ],
    }


def said_beds(plan: BedPlan) -> str:
    mean, twentieth = plan.wished
    lines = [
        f"{plan.beds} beds: {plan.turned_away:.2%} of the patients find none, {plan.occupied:.0%} are "
        "occupied.",
        f"Were there no end of beds, {mean:.1f} would be taken on average, more than {twentieth} in one hour "
        "of twenty.",
        "",
        f"{'beds':>6} {'find none':>10} {'occupied':>9}",
    ]
    lines += [f"{beds:>6} {lost:>10.2%} {taken:>9.0%}" for beds, lost, taken in plan.beside]
    return "\n".join(lines)


def bed_figures(plan: BedPlan) -> dict[str, Any]:
    return {
        "beds": plan.beds,
        "turned_away": round(plan.turned_away, 6),
        "occupied": round(plan.occupied, 6),
        "wished_mean": round(plan.wished[0], 4),
        "wished_one_hour_of_twenty": plan.wished[1],
        "beside": [
            {"beds": beds, "turned_away": round(lost, 6), "occupied": round(taken, 6)}
            for beds, lost, taken in plan.beside
        ],
    }
