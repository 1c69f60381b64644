"""Nothing happens at import time: no socket, no database, no process, no file written, no thread."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

IMPORT_ALL = """
import importlib, json, os, pkgutil, sys, threading
package = sys.argv[1]
noises = []

# Libraries may do as they like while they load; what our own modules do is written down.
import domain
LOUD = {"socket.__new__", "socket.connect", "socket.bind", "sqlite3.connect", "subprocess.Popen",
        "os.system", "os.fork", "os.mkdir", "os.remove", "os.rename", "shutil.rmtree"}
def listen(event, args):
    if event not in LOUD and event != "open":  # looking at frames is an event too
        return
    if any("/numba/" in name for name in files()):
        return  # it tries whether its cache of compiled kernels can be written, as Python does for .pyc
    ours = [name for name in files() if name.startswith(here) and "site-packages" not in name]
    if event == "open":
        mode, flags = args[1] or "", args[2] or 0
        if not set(mode) & set("wax+") and not flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            return
    if ours:
        noises.append([event, repr(args)[:120], ours[0]])
def files():
    frame, names = sys._getframe(), []
    while frame is not None and "importlib" not in frame.f_code.co_filename:
        names.append(frame.f_code.co_filename)  # above the import stands only who imported, not who acts
        frame = frame.f_back
    return names
here = os.getcwd()
threads = threading.active_count()
sys.addaudithook(listen)
names = [package]
for module in pkgutil.walk_packages([package], package + "."):
    if not module.name.endswith("__main__"):
        names.append(module.name)
for name in names:
    importlib.import_module(name)
print(json.dumps({"modules": len(names), "noises": noises, "threads": threading.active_count() - threads}))
"""


@pytest.mark.parametrize("package", ["domain", "dispatch", "routing", "projections", "api", "simulations"])
def test_importing_a_package_makes_no_noise(package):
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, package],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=100,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    heard = json.loads(done.stdout.splitlines()[-1])
    assert heard["modules"] >= 1
    assert heard["noises"] == []
    assert heard["threads"] == 0
