"""What the lean path runs is of the sources as they are, or it is compiled again."""

import shutil
import subprocess
import sys
from pathlib import Path

from simulations import compiled
from simulations.compiled import compiled_before, remember
from simulations.lean import heap, run
from simulations.own import step

ROOT = Path(__file__).resolve().parents[3]
CALLEE = """from simulations.compiled import compiled


@compiled
def called(x: int) -> int:
    return x + {}
"""
CALLER = """from simulations.compiled import compiled
from simulations.lean.callee import called


@compiled
def calling(x: int) -> int:
    return called(x)
"""
ASK = "from simulations.lean.caller import calling; print(calling(1))"


def test_kernels_keep_their_code_by_what_their_sources_say():
    for kernel in (run.carry_on, heap.push, step._go_on):
        assert compiled.kept_in() in Path(kernel.stats.cache_path).parents


def test_a_change_in_a_kernel_that_another_calls_is_never_missed(tmp_path):
    """Numba looks at the file of the caller alone, and that is as it was."""
    for name in ("compiled.py", "__init__.py"):
        part = tmp_path / "simulations" / name
        part.parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / "simulations" / name, part)
    for room in ("simulations/lean", "simulations/own", "domain"):
        (tmp_path / room).mkdir(parents=True)
    shutil.copy(ROOT / "domain" / "coverage.py", tmp_path / "domain" / "coverage.py")
    shutil.copytree(ROOT / "routing", tmp_path / "routing", ignore=shutil.ignore_patterns("__pycache__"))
    lean = tmp_path / "simulations" / "lean"
    (lean / "caller.py").write_text(CALLER)
    said = []
    for more in (1, 2, 1):
        (lean / "callee.py").write_text(CALLEE.format(more))
        done = subprocess.run(
            [sys.executable, "-c", ASK], cwd=tmp_path, env={}, capture_output=True, text=True, timeout=240
        )
        assert done.returncode == 0, done.stderr
        said.append(done.stdout.strip())
    assert said == ["2", "3", "2"]


def test_the_mark_is_of_the_sources_it_was_set_for_and_none_where_nothing_can_be_kept(tmp_path, monkeypatch):
    first, second = tmp_path / "lean-1", tmp_path / "lean-2"
    monkeypatch.setattr(compiled, "kept_in", lambda: first)
    assert not compiled_before()
    remember()
    assert compiled_before()
    monkeypatch.setattr(compiled, "kept_in", lambda: second)
    assert not compiled_before()
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(compiled, "kept_in", lambda: tmp_path / "file" / "lean-3")
    remember()
    assert not compiled_before()
