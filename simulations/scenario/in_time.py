"""What a change says of time has to lie within the days of its scenario, and to mean something there."""

from typing import Final

from simulations.city_model.fields import Fields
from simulations.scenario.moments import DAY_S, HOUR_S, say_moment
from simulations.scenario.scenario import Calls, Casualties, Change, Travel

WHEN: Final = ("from", "until", "hours")


def says_itself_when(what: str, table: Fields) -> str | None:
    """The field of a change that says when it happens, where none of WHEN does."""
    if what == "casualties":
        return "at"
    return "curve" if what == "calls" and table.has("curve") else None


def complain_of_time(change: Change, what: str, table: Fields, days: int) -> None:
    itself = says_itself_when(what, table)
    for name in WHEN if itself is not None else ():
        if table.has(name):
            table.fault(name, f"means nothing here: '{itself}' says when it happens")
    ends_s = days * DAY_S
    match change:
        case Casualties(at_s=at_s, found_s=found_s):
            if at_s >= ends_s:
                table.fault("at", f"is {table.table['at']}; the scenario has {days} days")
            elif at_s + found_s > ends_s:
                table.fault(
                    "found_within_min",
                    f"lasts until {say_moment(at_s + found_s)}; the scenario has {days} days",
                )
        case Calls(curve=curve) if itself is not None and curve and curve[-1][0] > ends_s:
            table.fault("curve", f"goes on until {say_moment(curve[-1][0])}; the scenario has {days} days")
        case Travel(spells=spells):
            _whole_hours(table, spells[0][0] if spells else 0.0, spells[-1][1] if spells else 0.0)


def complain_of_warm_up(head: Fields, hours: float) -> None:
    if hours % 1:
        head.fault("warm_up_hours", f"must be whole hours, not {hours:g}: pace and travel go by the hour")


def _whole_hours(table: Fields, begin_s: float, end_s: float) -> None:
    """The pace of travel has one figure an hour."""
    if table.has("hours"):
        if str(table.table["hours"]).count(":00") < 2:
            table.fault("hours", "must be whole hours, such as '07:00-09:00': travel goes by the hour")
        return
    for name, at_s in (("from", begin_s), ("until", end_s)):
        if at_s % HOUR_S:
            table.fault(name, f"must be a whole hour, not {say_moment(at_s)}: travel goes by the hour")
