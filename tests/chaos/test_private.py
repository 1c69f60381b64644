"""What a storm started ends with it, though the tests are ended in its midst by SIGTERM or `kill -9`."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from api.postgres.binaries import find_binaries
from tests.server import ROOT
from tests.unit.test_guards import ends, runs

STARTER = """
import sys, time
from pathlib import Path
from api.postgres.address import as_url
from tests.chaos.pieces import Piece
from tests.chaos.private_cluster import PrivateCluster
folder = Path(sys.argv[1])
cluster = PrivateCluster(folder / "postgres")
cluster.start()
cluster.stop()
database = cluster.start()
piece = Piece("projector", ("project", "--db", as_url(database)), folder / "log")
piece.start()
print(cluster.pid, piece.process.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.skipif(find_binaries() is None, reason="There is no PostgreSQL with PostGIS on this machine.")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_its_database_and_its_pieces_end_with_it(tmp_path: Path, how: signal.Signals):
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert starter.stdout is not None
    started = [int(word) for word in starter.stdout.readline().split()]
    starter.stdout.close()
    postgres, piece = started
    time.sleep(1.0)
    assert runs(postgres)
    assert runs(piece), (tmp_path / "log").read_text()
    starter.send_signal(how)
    starter.wait(10)
    assert ends(postgres, 20.0)
    assert ends(piece, 20.0)
