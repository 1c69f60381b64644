"""The book of accounts and devices is one file: a server holds it open, the command line writes beside it."""

import subprocess
import sys

from api.accounts.store import AccountStore
from api.accounts.tables import open_file
from api.ingest.devices import Devices

ADD_A_DEVICE = """
import sys
from pathlib import Path
from api.accounts.tables import open_file
from api.ingest.devices import Devices
print(Devices(open_file(Path(sys.argv[1]))).add("M1")[1])
"""


def add_beside(path):
    """The token of a device that another process entered, which has ended."""
    order = [sys.executable, "-c", ADD_A_DEVICE, str(path)]
    return subprocess.run(order, capture_output=True, text=True, check=True, timeout=60).stdout.strip()


def test_what_another_process_writes_is_read_by_one_that_has_the_file_open_twice(tmp_path):
    path = tmp_path / "accounts.sqlite"
    accounts = AccountStore(path)
    now = [0.0]
    devices = Devices(open_file(path), clock=lambda: now[0])
    for turn in range(1, 4):
        token = add_beside(path)
        now[0] += 60
        devices.tend()
        assert devices.of_token(token) == "M1", f"not seen at turn {turn}"
    devices.stop()
    accounts.close()


def test_a_new_file_is_for_its_owners_eyes_only(tmp_path):
    path = tmp_path / "accounts.sqlite"
    open_file(path).dispose()
    assert path.stat().st_mode & 0o777 == 0o600
