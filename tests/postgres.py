"""A real PostgreSQL with PostGIS for tests: one private server a session, a database of its own a test."""

import atexit
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import psycopg
import pytest

from api.postgres.address import Address
from api.postgres.cluster import Cluster, NoCluster
from tests.guards import Guard

NUMBERS = count(1)
TEMPLATE = "with_postgis"


@cache
def cluster() -> Cluster:
    """The server of this test session. Skips the test where the machine has none."""
    folder = Path(mkdtemp(prefix="vigil-pg-tests-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    try:
        server = Cluster(
            folder, fsync="off"
        )  # nothing here outlives the session; durability has its own tests
        server.start()
    except NoCluster as reason:
        pytest.skip(str(reason))
    guard = Guard(server.pid, "INT", folder)
    atexit.register(guard.release)
    atexit.register(server.stop)  # the last that is registered is the first that runs
    with psycopg.connect(server.maintenance.libpq, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {TEMPLATE} TEMPLATE vigil")
    return server


@contextmanager
def fresh_database() -> Iterator[Address]:
    """An empty database with PostGIS, dropped afterwards with whoever still holds on to it."""
    server = cluster()
    name = f"test_{next(NUMBERS)}"
    with psycopg.connect(server.maintenance.libpq, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        try:
            yield server.maintenance.other(name)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
