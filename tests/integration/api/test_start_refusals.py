"""What keeps a centre from starting is said before a map is built, and in words about Vigil."""

import pytest

from api.stores import hold
from tests.server import free_port, vigil
from tests.small_city import write_small_city


@pytest.fixture
def up(tmp_path):
    """`vigil up` on a map that was never built, in a folder of its own."""
    source, cities = write_small_city(tmp_path)

    def run(*words):
        return vigil(
            *("up", "--data", tmp_path / "data", "--port", free_port()),
            *("--map", source, "--city", "letters", "--cities", cities, *words),
        )

    return run


@pytest.mark.parametrize("db", ["sqlite", "auto"])
def test_a_second_start_on_a_folder_says_at_once_that_vigil_runs_there(db, up, tmp_path):
    with hold(tmp_path / "data"):
        done = up("--db", db)
    assert done.returncode == 2
    assert done.stderr.startswith(f"Vigil already runs on {tmp_path / 'data'} (process ")
    assert not (tmp_path / "data" / "maps").exists()


def test_a_server_that_does_not_answer_is_told_before_the_map_is_built(up, tmp_path):
    done = up("--db", f"postgresql://vigil@127.0.0.1:{free_port()}/centre")
    assert done.returncode == 2
    assert done.stderr.startswith("There is no answer from postgresql://vigil@127.0.0.1")
    assert not (tmp_path / "data").exists()
