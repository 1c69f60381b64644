"""The demo's own copy of the live rows: what is going on now, and nothing that is over."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from simulations.living_demo.driver import Place

Row = dict[str, Any]
TABLES = ("units", "incidents", "hospitals", "calls", "runs", "referrals")
ENDS = frozenset({"declined", "stood_down", "clear"})
"""A run that has come to one of these is over."""


class Picture:
    """Rows by id. Rows of things that are over are dropped, so hours of service cost no memory."""

    def __init__(self) -> None:
        self.seq = 0
        self.epoch = ""
        self.tables: dict[str, dict[str, Row]] = {name: {} for name in TABLES}

    @property
    def units(self) -> dict[str, Row]:
        return self.tables["units"]

    @property
    def incidents(self) -> dict[str, Row]:
        return self.tables["incidents"]

    @property
    def hospitals(self) -> dict[str, Row]:
        return self.tables["hospitals"]

    @property
    def calls(self) -> dict[str, Row]:
        return self.tables["calls"]

    @property
    def runs(self) -> dict[str, Row]:
        return self.tables["runs"]

    @property
    def referrals(self) -> dict[str, Row]:
        """By run: which hospital was asked to take its patient, and what it said."""
        return self.tables["referrals"]

    def load(self, snapshot: Row) -> None:
        """Begin again from a whole picture."""
        self.seq, self.epoch = int(snapshot["seq"]), str(snapshot["epoch"])
        self.tables = {name: {} for name in TABLES}
        self.change({name: snapshot.get(name, []) for name in TABLES})

    def change(self, rows: dict[str, Iterable[Row]]) -> None:
        """Replace whole rows; an older one than we hold changes nothing."""
        for name, changed in rows.items():
            table = self.tables.get(name)
            if table is None:
                continue
            for row in changed:
                held = table.get(row["id"])
                if held is not None and held["seq"] > row["seq"]:
                    continue
                if is_over(name, row):
                    table.pop(row["id"], None)
                else:
                    table[row["id"]] = row

    def vans_on_duty(self) -> int:
        return sum(1 for unit in self.units.values() if unit["duty"] == "on_duty" and unit["kind"] == "van")


def is_over(table: str, row: Row) -> bool:
    match table:
        case "incidents":
            return bool(row["status"] == "closed")
        case "calls":
            return row["status"] in ("closed", "in_incident")
        case "runs":
            return row["status"] in ENDS
        case "referrals":
            return row["closed_at"] is not None
    return False


def place_of(row: Row) -> Place | None:
    """Where a row says it is, None where it does not say."""
    position = row.get("position")
    return Place(float(position["lat"]), float(position["lon"])) if position else None


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
