"""Whoever comes with the reader's role, QGIS or a notebook: reads schema vigil_read, and nothing else."""

import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import psycopg
import pytest

from api.postgis_projector import connected
from api.postgres.reader import close_reader, open_reader
from dispatch.application import postgres_log
from projections.postgis.writing import write_rows
from tests.any_history import history
from tests.histories import World
from tests.map_tables import filled, map_database

VIEWS = {
    *("units", "unit_history", "calls", "incidents", "runs", "hospitals", "beds", "closures", "slowings"),
    *("coverage", "kpi_intervals", "reached"),
}
SHAPES = {
    *("units", "unit_history", "incidents", "runs", "hospitals", "closures", "slowings", "coverage"),
}
GUIDE = Path(__file__).parents[3] / "docs" / "read-schema.md"
PERSONAL = re.compile(r"phone|name$|caller|address|complaint|actor|reported_by|assigned_by|folded|note")


@pytest.fixture(scope="module")
def address():
    with map_database() as made:
        with postgres_log(made.libpq, most=2), connected(made) as connection:
            filled(connection, history(range(0, 150_000, 613)).log)
        yield made


@pytest.fixture
def reader(address):
    """A connection that is the reader's role, as a login with a password would be."""
    with psycopg.connect(address.libpq, autocommit=True) as connection:
        connection.execute("SET SESSION AUTHORIZATION vigil_reader")
        connection.execute("SET default_transaction_read_only = off")  # rights alone must hold
        yield connection


def test_every_view_can_be_read_and_shows_something(reader):
    found = {
        name for (name,) in reader.execute("SELECT viewname FROM pg_views WHERE schemaname = 'vigil_read'")
    }
    assert found == VIEWS
    for view in found - {"coverage", "slowings"}:
        assert reader.execute(f"SELECT count(*) FROM vigil_read.{view}").fetchone() > (0,), view


def test_every_view_and_every_column_says_what_it_is(reader):
    columns = reader.execute(
        "SELECT c.relname, a.attname, obj_description(c.oid), col_description(c.oid, a.attnum) "
        "FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 "
        "WHERE c.relnamespace = 'vigil_read'::regnamespace"
    ).fetchall()
    assert len(columns) > 100
    for view, column, of_view, of_column in columns:
        assert of_view, view
        assert of_column, (view, column)
        assert of_column.endswith("."), (view, column)


def test_times_have_a_zone_shapes_have_a_projection_and_figures_their_unit(reader):
    columns = reader.execute(
        "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod) "
        "FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 "
        "WHERE c.relnamespace = 'vigil_read'::regnamespace"
    ).fetchall()
    for view, column, kind in columns:
        assert kind != "timestamp without time zone", (view, column)
        if kind.startswith("geometry"):
            assert kind.endswith(",4326)"), (view, column)
        if kind == "double precision":
            assert re.search(r"_(s|m|km|km2|share)$|^(share|minutes)$", column), (view, column)


def test_nothing_personal_is_among_the_columns(reader):
    columns = reader.execute(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'vigil_read'"
    ).fetchall()
    hospital_names = {("hospitals", "name"), ("hospitals", "name_en")}
    assert [each for each in columns if PERSONAL.search(each[1]) and each not in hospital_names] == []


def test_nothing_that_callers_said_is_in_any_row():
    world = World()
    world.sign("C1")
    call = world.call("khó thở dữ dội", phone="0903123456", caller_name="Nguyễn Văn An", address="12 Lê Lợi")
    incident = world.open(call)
    world.send("C1", incident, override_reason="nhà ông An gần")
    world.close_call(world.call("đùa", phone="0903999999"), "số 0903999999 gọi đùa")
    with map_database() as made, connected(made) as connection:
        filled(connection, world.log)
        rows = []
        for schema in ("vigil", "vigil_read"):
            tables = connection.execute(
                "SELECT relname FROM pg_class WHERE relkind IN ('v', 'r', 'p') "
                "AND relnamespace = %s::regnamespace",
                (schema,),
            ).fetchall()
            rows += [
                str(connection.execute(f"SELECT x::text FROM {schema}.{t} AS x").fetchall())
                for (t,) in tables
            ]
    said = "".join(rows)
    assert "C1" in said
    for personal in ("0903123456", "0903999999", "Nguyễn", "Lê Lợi", "khó thở", "ông An"):
        assert personal not in said


FORBIDDEN = [
    *(
        f"SELECT * FROM vigil.{table}"
        for table in ("units", "calls", "accounts", "sessions", "view_rows", "about")
    ),
    *("SELECT * FROM vigil_log.dispatch_events", "SELECT count(*) FROM vigil_log.dispatch_events"),
    *("SELECT * FROM vigil.unit_history_20260302", "COPY vigil.calls TO STDOUT"),
    "INSERT INTO vigil_read.units (callsign) VALUES ('X1')",
    "UPDATE vigil_read.incidents SET priority = 'P4'",
    "DELETE FROM vigil_read.closures",
    "TRUNCATE vigil.units",
    "INSERT INTO vigil_log.dispatch_events VALUES (gen_random_uuid(), 1, 'x', '')",
    "DROP VIEW vigil_read.units",
    "ALTER VIEW vigil_read.units OWNER TO vigil_reader",
    *(f"CREATE TABLE {schema}.mine (n int)" for schema in ("vigil", "vigil_read", "vigil_log", "public")),
    *("CREATE TEMP TABLE mine (n int)", "CREATE SCHEMA mine", "CREATE ROLE mine"),
    "ALTER ROLE vigil_reader SUPERUSER",
    "SELECT pg_read_file('/etc/passwd')",
    "COPY (SELECT 1) TO PROGRAM 'true'",
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> current_user",
    # The pen of a centre and all other locks of ours are of this kind.
    *("SELECT pg_try_advisory_lock(1)", "SELECT pg_advisory_lock(1, 1)"),
    "SELECT pg_try_advisory_xact_lock(1)",
    *("SELECT lo_create(0)", "SELECT lo_from_bytea(0, 'x'::bytea)"),
]


@pytest.mark.parametrize("order", FORBIDDEN)
def test_the_reader_reads_nothing_else_and_writes_nothing(reader, order):
    with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectNotInPrerequisiteState)):
        _carried_out(reader, order)


def _carried_out(reader, order):
    if order.startswith("COPY vigil"):
        with reader.cursor().copy(order) as copy:
            list(copy)
    else:
        reader.execute(order).fetchall()


def test_nobody_logs_in_as_the_reader_until_there_is_a_password(address):
    with connected(address) as connection:
        can = "SELECT rolcanlogin, rolpassword IS NULL FROM pg_authid WHERE rolname = 'vigil_reader'"
        assert connection.execute(can).fetchone() == (False, True)
        open_reader(address, "một mật khẩu dài")
        try:
            assert connection.execute(can).fetchone() == (True, False)
            (stored,) = connection.execute(
                "SELECT rolpassword FROM pg_authid WHERE rolname = 'vigil_reader'"
            ).fetchone()
            assert stored.startswith("SCRAM-SHA-256$")
            login = f"{address.libpq} user=vigil_reader"
            with psycopg.connect(login) as as_reader:
                assert as_reader.execute("SELECT current_user").fetchone() == ("vigil_reader",)
                with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
                    as_reader.execute("CREATE TABLE public.mine (n int)")
        finally:
            close_reader(address)
        assert connection.execute(can).fetchone() == (False, True)


def test_a_password_that_is_too_short_is_refused(address):
    with pytest.raises(ValueError, match="12"):
        open_reader(address, "short")


def test_who_leaves_a_transaction_open_does_not_hold_the_store_up(address):
    with connected(address) as connection:
        told = connection.execute("SELECT rolconfig FROM pg_roles WHERE rolname = 'vigil_reader'").fetchone()[
            0
        ]
    assert "statement_timeout=120s" in told
    assert "idle_in_transaction_session_timeout=120s" in told


def test_the_way_of_a_run_is_a_line_that_a_map_can_draw(address, reader):
    with connected(address) as connection:
        (run_id,) = connection.execute("SELECT id::text FROM vigil.runs LIMIT 1").fetchone()
        route = "LINESTRING(106.66 10.76, 106.67 10.77)"
        said = {
            "method": "road",
            "map_version": "m1",
            "traffic_version": "t1",
            "asked_at": "2026-03-02T05:00Z",
        }
        write_rows(connection, "run_routes", [{"run_id": run_id, "route": f"SRID=4326;{route}", **said}])
    found = reader.execute(
        "SELECT ST_AsText(route), route_method, route_map_version FROM vigil_read.runs WHERE id = %s",
        (run_id,),
    ).fetchone()
    assert found == (route.replace(", ", ","), "road", "m1")


def test_a_passage_of_a_unit_ends_where_the_next_begins(reader):
    rows = reader.execute(
        "SELECT callsign, began_at, ended_at, lasted_s FROM vigil_read.unit_history ORDER BY callsign, seq"
    ).fetchall()
    for (callsign, began_at, ended_at, lasted_s), (next_callsign, next_began_at, *_) in pairwise(rows):
        if callsign == next_callsign:
            assert ended_at == next_began_at
            assert lasted_s == (ended_at - began_at).total_seconds()
        else:
            assert ended_at is None


def test_every_question_of_the_guide_has_an_answer(address, reader):
    questions = re.findall(r"```sql\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(questions) >= 6
    with connected(address) as connection:
        connection.execute("CREATE SCHEMA mine; CREATE TABLE mine.streets (geom geometry(LineString, 4326))")
        connection.execute(
            "GRANT USAGE ON SCHEMA mine TO vigil_reader; GRANT SELECT ON mine.streets TO vigil_reader"
        )
        connection.execute("INSERT INTO mine.streets VALUES ('SRID=4326;LINESTRING(106.6 10.7, 106.7 10.8)')")
    for question in questions:
        reader.execute(question).fetchall()


def test_the_guide_names_every_view():
    told = GUIDE.read_text(encoding="utf-8")
    assert [view for view in VIEWS if f"| `{view}`" not in told and f"`, `{view}` |" not in told] == []


without_gdal = pytest.mark.skipif(shutil.which("ogr2ogr") is None, reason="there is no ogr2ogr (GDAL) here")


@pytest.fixture
def logged_in(address):
    """What a program is told that logs in as the reader, with a password."""
    open_reader(address, "một mật khẩu dài")
    yield f"PG:{address.libpq} user=vigil_reader password='một mật khẩu dài'"
    close_reader(address)


@without_gdal
def test_ogr2ogr_takes_every_layer_of_the_guide_with_its_rows_and_its_projection(
    address, logged_in, tmp_path
):
    target, layers = tmp_path / "all.gpkg", sorted(VIEWS)
    order = ["ogr2ogr", "-f", "GPKG", str(target), logged_in, *(f"vigil_read.{view}" for view in layers)]
    done = subprocess.run(order, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(target)) as package, connected(address) as connection:
        shapes = package.execute("SELECT table_name, srs_id FROM gpkg_geometry_columns").fetchall()
        for view in layers:
            taken = package.execute(f'SELECT count(*) FROM "vigil_read.{view}"').fetchone()
            assert taken == connection.execute(f"SELECT count(*) FROM vigil_read.{view}").fetchone(), view
    assert dict(shapes) == {f"vigil_read.{view}": 4326 for view in SHAPES}


@without_gdal
def test_ogr2ogr_reads_a_name_to_the_letter(logged_in, tmp_path):
    layer = ["ogr2ogr", "-f", "GeoJSON", str(tmp_path / "out.json"), logged_in, "vigil_read.hospitals"]
    subprocess.run(layer, check=True, timeout=60)
    assert "Bệnh viện" in (tmp_path / "out.json").read_text(encoding="utf-8")


@without_gdal
@pytest.mark.parametrize("how", [["-nln", "vigil_read.mine"], ["-nln", "public.mine"], ["-append"]])
def test_ogr2ogr_can_write_nothing_back(address, logged_in, tmp_path, how):
    units = tmp_path / "units.json"
    subprocess.run(["ogr2ogr", "-f", "GeoJSON", str(units), logged_in, "vigil_read.units"], check=True)
    layer = how if how[0] == "-nln" else [*how, "-nln", "vigil_read.units"]
    back = ["ogr2ogr", "-f", "PostgreSQL", logged_in, str(units), *layer]
    assert subprocess.run(back, check=False, capture_output=True, timeout=60).returncode != 0
    with connected(address) as connection:
        assert connection.execute(
            "SELECT to_regclass('public.mine'), to_regclass('vigil_read.mine')"
        ).fetchone() == (
            None,
            None,
        )
