"""systemd itself reads the units: a word it does not know is a fault, and a program that is not there."""

import shutil
import subprocess

import pytest

from tests.server import ROOT

ANALYZE = shutil.which("systemd-analyze")
UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
OPEN = 3.0
"""`systemd-analyze security` gives 0 to what may touch nothing and 10 to what may touch all."""


def analyze(*words):
    done = subprocess.run([str(ANALYZE), *words], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def here(tmp_path):
    """The units as on a machine where Vigil lies in this checkout; a template has its first instance."""
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/opt/vigil", str(ROOT))
        (tmp_path / unit.name.replace("@.", "@1.")).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.skipif(ANALYZE is None, reason="no systemd-analyze here (Debian: systemd)")
@pytest.mark.parametrize("name", [unit.name.replace("@.", "@1.") for unit in UNITS])
def test_systemd_understands_every_word_of_a_unit_and_finds_it_fenced_in(name, here):
    assert analyze("verify", "--man=no", str(here / name)) == (0, "")
    code, said = analyze("security", "--offline=true", f"--threshold={OPEN * 10:.0f}", str(here / name))
    assert code == 0, said
