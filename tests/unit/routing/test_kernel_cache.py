"""Compiled code is kept on disk, and never outlives the sources it was made of."""

import subprocess
import sys
import textwrap
from pathlib import Path

import routing.compiled
from routing.compiled import KEPT, cache_folder, drop_all_but


def test_a_kernel_knows_when_what_it_calls_has_changed(tmp_path):
    package = tmp_path / "rooms"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "compiled.py").write_text(
        Path(routing.compiled.__file__).read_text(encoding="utf-8"), encoding="utf-8"
    )
    (package / "outer.py").write_text(
        textwrap.dedent("""
            from rooms.compiled import compiled
            from rooms.inner import inner

            @compiled
            def outer(x: int) -> int:
                return inner(x)
        """),
        encoding="utf-8",
    )
    said = []
    for addend in (1, 2):
        inner = f"@compiled\ndef inner(x: int) -> int:\n    return x + {addend}\n"
        text = f"from rooms.compiled import compiled\n{inner}"
        (package / "inner.py").write_text(text, encoding="utf-8")
        ask = [sys.executable, "-c", "from rooms.outer import outer; print(outer(10))"]
        said.append(subprocess.run(ask, cwd=tmp_path, capture_output=True, text=True, timeout=120).stdout)
    assert said == ["11\n", "12\n"]


def test_the_same_sources_find_the_same_cache_and_others_another(tmp_path):
    for name, text in (("one", "a = 1"), ("same", "a = 1"), ("other", "a = 2")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "kernel.py").write_text(text, encoding="utf-8")
    one, same, other = (cache_folder(tmp_path / name) for name in ("one", "same", "other"))
    assert one.name == same.name != other.name
    assert cache_folder(tmp_path / "one", str(tmp_path / "asked")).parent == tmp_path / "asked"


def test_caches_of_sources_long_gone_are_forgotten(tmp_path):
    for number in range(KEPT + 3):
        (tmp_path / "asked" / f"kernels-{number}").mkdir(parents=True)
    drop_all_but(tmp_path / "asked" / "kernels-now")
    assert len(list((tmp_path / "asked").glob("kernels-*"))) == KEPT - 1
