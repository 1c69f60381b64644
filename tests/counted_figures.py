"""A log counted by the figures of the service, in the shape of `tests.counted_in_sql`."""

from zoneinfo import ZoneInfo

from domain.figures import Interval, Norm
from projections.figures.book import FigureBook
from projections.figures.figures import By, Yardstick, figures
from projections.figures.fold import FACTS
from projections.figures.hours import unit_hours
from projections.figures.memory import MemoryRecords
from tests.histories import ListedLog, Log

SAIGON = ZoneInfo("Asia/Ho_Chi_Minh")


def able(unit, capabilities) -> bool:
    """All of these carry, and ALS counts as BLS."""
    return set(capabilities) <= {*unit.capabilities, "transport", "BLS"}


def yardstick(limit: int = 240, **facts) -> Yardstick:
    told = {
        "zone": SAIGON,
        "response_s": {},
        "norms": [Norm(f"{each} in time", each, limit) for each in Interval],
        "able": able,
        "ward_of": lambda lat, lon: None,
    }
    return Yardstick(**{**told, **facts})


def book_of(log: Log) -> FigureBook:
    book = FigureBook(ListedLog([entry for entry in log if isinstance(entry[1], FACTS)]), MemoryRecords())
    book.catch_up()
    return book


def counted(book: FigureBook, start: int, end: int, by: By = "priority", **how) -> dict:
    stick = how.pop("yardstick", None) or yardstick()
    return figures(book.material(start, end), start, end, by, stick, **how)


def intervals_counted(book: FigureBook, start: int, end: int, limit: int) -> dict:
    """{(priority, interval): (clocks begun, n, p50, p90, longest, mean, late)}; the able one is left out"""
    found = {}
    for group in counted(book, start, end, yardstick=yardstick(limit))["groups"]:
        late = {norm["interval"]: norm["late"] for norm in group["norms"]}
        for name, row in group["intervals"].items():
            begun = row["n"] + sum(row["censored"].values())
            if begun and name != "call_to_able_scene":
                found[group["key"], name] = (
                    begun,
                    row["n"],
                    row["p50_s"],
                    row["p90_s"],
                    row["longest_s"],
                    row["mean_s"],
                    late[name],
                )
    return found


def hours_counted(book: FigureBook, start: int, end: int) -> dict:
    hours = unit_hours(book.material(start, end), start, end).values()
    told = {("staffed", each.callsign): each.staffed_s for each in hours}
    told |= {("busy", each.callsign): each.busy_s for each in hours}
    return {key: seconds for key, seconds in told.items() if seconds}
