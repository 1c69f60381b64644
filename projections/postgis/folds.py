"""The folds behind the tables, and the state they go on from."""

from domain.base import Fact
from projections.call_list import CallList
from projections.hospital_capacity import HospitalCapacity
from projections.incident_list import IncidentList
from projections.memory import MemoryViews
from projections.postgis.impersonal import Impersonal, of_call, of_incident, of_run, of_unit
from projections.postgis.run_places import RunPlaces
from projections.rows import View
from projections.run_list import RunList
from projections.traffic import TrafficList
from projections.unit_board import UnitBoard

TABLE_OF = {
    "units": "units",
    "calls": "calls",
    "incidents": "incidents",
    "runs": "runs",
    "run_places": "run_places",
    "hospitals": "hospitals",
    "traffic": "closures",
}
"""Which table keeps a view's rows beside what it shows of them: {view: table}."""


def table_views() -> tuple[View, ...]:
    """The folds everybody uses, without personal words. Each caller has its own: they remember a little."""
    return (
        Impersonal(UnitBoard(), of_unit),
        Impersonal(CallList(), of_call),
        Impersonal(IncidentList(), of_incident),
        Impersonal(RunList(), of_run),
        RunPlaces(),
        HospitalCapacity(),
        TrafficList(),
    )


def empty_views() -> MemoryViews:
    return MemoryViews(table_views())


KNOWN: frozenset[type[Fact]] = frozenset(kind for view in table_views() for kind in view.facts)
"""The kinds of facts that change any table; all others only move the position."""
