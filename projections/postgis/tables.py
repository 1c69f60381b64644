"""The tables in schema `vigil` that maps and figures are made of. Places are WGS84, times have a zone.

They are made by the migrations of `api/postgres`; a test sees to it that both say the same.
"""

from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Double,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    Uuid,
    func,
)
from sqlalchemy.dialects.postgresql import JSON

from projections.postgis.geometry import SRID

METADATA = MetaData(schema="vigil")


def _place(name: str, kind: str = "POINT", nullable: bool = True) -> Column[Any]:
    return Column(name, Geometry(kind, srid=SRID, spatial_index=False), nullable=nullable)


def _time(name: str, nullable: bool = True, **more: Any) -> Column[Any]:
    return Column(name, DateTime(timezone=True), nullable=nullable, **more)


def _text(name: str, nullable: bool = True, **more: Any) -> Column[Any]:
    return Column(name, Text, nullable=nullable, **more)


def _number(name: str, nullable: bool = True) -> Column[Any]:
    return Column(name, Integer, nullable=nullable)


def _figure(name: str, nullable: bool = True) -> Column[Any]:
    return Column(name, Double, nullable=nullable)


def _id(name: str, nullable: bool = True, **more: Any) -> Column[Any]:
    return Column(name, Uuid, nullable=nullable, **more)


def _flag(name: str) -> Column[Any]:
    return Column(name, Boolean, nullable=False)


def _names(name: str) -> Column[Any]:
    return Column(name, ARRAY(Text), nullable=False)


def _seq(**more: Any) -> Column[Any]:
    return Column("seq", BigInteger, nullable=False, **more)


def _folded() -> Column[Any]:
    """The row of the view, without personal words: where the fold goes on after a restart."""
    return Column("folded", JSON, nullable=False)


def _table(name: str, *columns: Any, gist: str | None = "position", metres: bool = False) -> Table:
    """gist : the column of shapes that is indexed; metres : for questions in metres on the globe too"""
    table = Table(name, METADATA, *columns)
    if gist is not None:
        Index(f"{name}_{gist}_gist", table.c[gist], postgresql_using="gist")
    if metres and gist is not None:
        Index(f"{name}_{gist}_metres", func.geography(table.c[gist]), postgresql_using="gist")
    return table


UNITS = _table(
    "units",
    _text("callsign", nullable=False, primary_key=True),
    _id("unit_id", nullable=False),
    _text("kind", nullable=False),
    _names("capabilities"),
    _text("station_id"),
    _text("duty", nullable=False),
    _text("status", nullable=False),
    _time("since", nullable=False),
    _id("run_id"),
    _id("incident_id"),
    _number("incident_number"),
    _text("hospital_id"),
    _text("milestone"),
    _seq(),
    _folded(),
    gist=None,
)

UNIT_POSITIONS = _table(
    "unit_positions",
    _text("callsign", nullable=False, primary_key=True),
    _place("position", nullable=False),
    _time("at", nullable=False),
    _text("source", nullable=False),
    metres=True,
)
"""Where each unit was last, by decision, milestone or telemetry, whichever is newest."""

UNIT_HISTORY = Table(
    "unit_history",
    METADATA,
    _text("callsign", nullable=False, primary_key=True),
    _seq(primary_key=True),
    _time("began_at", nullable=False, primary_key=True),
    _text("duty", nullable=False),
    _text("status", nullable=False),
    _id("run_id"),
    _id("incident_id"),
    _text("hospital_id"),
    _text("milestone"),
    _place("position"),
    Index("unit_history_position_gist", "position", postgresql_using="gist"),
    Index("unit_history_began_at", "began_at"),
    postgresql_partition_by="RANGE (began_at)",
)

CALLS = _table(
    "calls",
    _id("id", nullable=False, primary_key=True),
    _time("received_at", nullable=False),
    _time("closed_at"),
    _text("status", nullable=False),
    _text("priority"),
    _text("determinant"),
    _id("incident_id"),
    _place("position"),
    _seq(),
    _folded(),
)

INCIDENTS = _table(
    "incidents",
    _id("id", nullable=False, primary_key=True),
    _number("number", nullable=False),
    _text("priority"),
    _text("determinant"),
    _text("status", nullable=False),
    _number("patients"),
    _names("capabilities"),
    _text("bed_kind"),
    _text("speciality"),
    _place("position", nullable=False),
    _time("opened_at", nullable=False),
    _time("first_call_at"),
    _time("waiting_since"),
    _time("closed_at"),
    _number("calls", nullable=False),
    _number("runs", nullable=False),
    _seq(),
    _folded(),
    # Last, as PostgreSQL puts what is added to a table that is there.
    _text("determinant_vi"),
    _text("determinant_en"),
    _text("outcome"),
    metres=True,
)
Index("incidents_opened_at", INCIDENTS.c.opened_at)

MILESTONES = (
    "assigned",
    "accepted",
    "declined",
    "en_route",
    "on_scene",
    "patient_contact",
    "transporting",
    "at_hospital",
    "handed_over",
    "clear",
    "stood_down",
)

RUNS = _table(
    "runs",
    _id("id", nullable=False, primary_key=True),
    _id("incident_id", nullable=False),
    _number("incident_number", nullable=False),
    _text("callsign", nullable=False),
    _id("unit_id", nullable=False),
    _text("hospital_id"),
    _text("bed_kind"),
    _id("decision_id"),
    _flag("overridden"),
    _figure("eta_s"),
    _text("status", nullable=False),
    *(_time(f"{milestone}_at") for milestone in MILESTONES),
    _number("corrections", nullable=False),
    _figure("waiting_s"),
    _figure("response_s"),
    _seq(),
    _folded(),
    gist=None,
)
Index("runs_incident_id", RUNS.c.incident_id)
Index("runs_assigned_at", RUNS.c.assigned_at)

RUN_PLACES = _table(
    "run_places",
    _id("run_id", nullable=False, primary_key=True),
    _text("callsign"),
    _place("start_position"),
    _time("start_at"),
    _place("last_position"),
    _time("last_at"),
    _seq(),
    _folded(),
    gist=None,
)

RUN_ROUTES = _table(
    "run_routes",
    _id("run_id", nullable=False, primary_key=True),
    _place("route", "LINESTRING"),
    _figure("duration_s"),
    _figure("distance_m"),
    _text("method", nullable=False),
    _text("map_version", nullable=False),
    _text("traffic_version", nullable=False),
    _time("asked_at", nullable=False),
    gist="route",
)
"""The way of each run to its scene as the roads told it; no line where there was none."""

HOSPITALS = _table(
    "hospitals",
    _text("id", nullable=False, primary_key=True),
    _text("code"),
    _text("name"),
    _text("name_en"),
    _place("position"),
    _names("specialities"),
    _flag("diverted"),
    _time("diverted_since"),
    _time("diverted_until"),
    _names("diverted_services"),
    _number("inbound", nullable=False),
    _number("arrived", nullable=False),
    _seq(),
    _folded(),
    metres=True,
)

BEDS = _table(
    "beds",
    _text("hospital_id", nullable=False, primary_key=True),
    _text("kind", nullable=False, primary_key=True),
    _number("staffed", nullable=False),
    _number("occupied", nullable=False),
    _number("blocked", nullable=False),
    _number("held", nullable=False),
    _number("free", nullable=False),
    _flag("assumed"),
    _time("reported_at"),
    gist=None,
)

CLOSURES = _table(
    "closures",
    _text("id", nullable=False, primary_key=True),
    _text("kind", nullable=False),
    _text("status", nullable=False),
    _place("stretch", "GEOMETRY", nullable=False),
    _figure("width_m", nullable=False),
    _names("profiles"),
    _figure("share"),
    _text("reason"),
    _time("since", nullable=False),
    _time("until"),
    _time("ended_at"),
    _text("ended_cause"),
    _seq(),
    _folded(),
    gist="stretch",
)
"""Closed and slowed stretches of streets; `kind` tells them apart."""

COVERAGE = _table(
    "coverage",
    _time("at", nullable=False, primary_key=True),
    _text("profile", nullable=False, primary_key=True),
    Column("minutes", Double, nullable=False, primary_key=True),
    _place("area", "MULTIPOLYGON", nullable=False),
    _figure("area_km2", nullable=False),
    _figure("street_km"),
    _figure("demand_share"),
    _text("demand", nullable=False),
    _number("units", nullable=False),
    _text("method", nullable=False),
    _text("map_version", nullable=False),
    _text("traffic_version", nullable=False),
    gist="area",
)

KPI_INTERVALS = _table(
    "kpi_intervals",
    _id("run_id", nullable=False, primary_key=True),
    _id("incident_id", nullable=False),
    _text("callsign", nullable=False),
    _text("priority"),
    _text("hospital_id"),
    _time("assigned_at"),
    _figure("call_to_dispatch_s"),
    _figure("dispatch_to_en_route_s"),
    _figure("response_s"),
    _figure("on_scene_s"),
    _figure("transport_s"),
    _figure("handover_s"),
    gist=None,
)
Index("kpi_intervals_assigned_at", KPI_INTERVALS.c.assigned_at)

TABLES_POSITION = Table(
    "tables_position",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    _seq(),
    _text("made_by", nullable=False),
)
"""One row: up to where in the log the tables were folded, and by which code."""

OF_THE_LOG = (
    UNITS,
    UNIT_HISTORY,
    CALLS,
    INCIDENTS,
    RUNS,
    RUN_PLACES,
    HOSPITALS,
    BEDS,
    CLOSURES,
    KPI_INTERVALS,
)
"""What the log alone decides: of these live and rebuilt tables are equal to the letter."""

BESIDE_THE_LOG = (UNIT_POSITIONS, RUN_ROUTES)
"""Emptied with them: telemetry and the roads fill them again. Coverage of the past stays, it cannot be asked
again."""
