"""A run that draws what every run draws draws half of it."""

import subprocess
import sys

import pytest

from tests.often import SAME, often
from tests.shared_data import ROOT


def test_half_as_often_and_never_not_at_all():
    assert often(60) == (30 if SAME else 60)


@pytest.mark.parametrize(("profile", "drawn"), [("same", 10), ("other", 20)])
def test_the_profile_of_the_run_decides(tmp_path, profile, drawn):
    counted = tmp_path / "test_counted.py"
    counted.write_text(
        "from hypothesis import given, settings, strategies as st\n"
        "from tests.often import often\n"
        "seen = []\n"
        "@settings(max_examples=often(20))\n"
        "@given(st.integers())\n"
        "def test_each(number): seen.append(number)\n"
        f"def test_all(): assert len(seen) == {drawn}\n"
    )
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "tests.conftest"]
    done = subprocess.run(
        [*words, f"--rootdir={ROOT}", f"--hypothesis-profile={profile}", str(counted)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
