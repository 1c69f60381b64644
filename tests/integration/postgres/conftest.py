"""Databases for the tests of this folder: an empty one, or a server that may be stopped and killed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.postgres.address import Address
from api.postgres.cluster import Cluster
from tests.postgres import cluster as session_cluster
from tests.postgres import fresh_database


@pytest.fixture
def address() -> Iterator[Address]:
    with fresh_database() as address:
        yield address


@pytest.fixture
def own_cluster(tmp_path: Path) -> Iterator[Cluster]:
    session_cluster()  # skips where there can be none
    cluster = Cluster(tmp_path / "server", fsync="off")
    cluster.start()
    yield cluster
    cluster.stop()
