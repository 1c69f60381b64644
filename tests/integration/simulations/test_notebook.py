"""The worked notebook runs from the first cell to the last, says nothing of any machine, and is small."""

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import simulations
from tests.letters_service import letters

ROOT = Path(__file__).resolve().parents[3]
NOTEBOOK = ROOT / "docs" / "notebooks" / "other-nights.ipynb"


def read() -> nbformat.NotebookNode:
    return nbformat.read(NOTEBOOK, as_version=4)


def tagged(notebook: nbformat.NotebookNode, tag: str) -> nbformat.NotebookNode:
    (found,) = [cell for cell in notebook.cells if tag in cell.metadata.get("tags", [])]
    return found


def test_its_cells_run_in_the_letter_town(monkeypatch):
    """In this process and on fewer nights; the whole of it below."""
    notebook = read()
    tagged(notebook, "parameters").source = "REPLICATIONS, HOURS, CALLS = 2, 6, 1.0"
    policy, plot = tagged(notebook, "policy"), tagged(notebook, "plot")
    policy.source = policy.source.replace("REACH_S = 480", "REACH_S = 90")  # a small town
    plot.source = plot.source.replace("%matplotlib inline", "import matplotlib\nmatplotlib.use('Agg')")
    past = tagged(notebook, "past")
    past.source = past.source.replace("night=3", "night=1")
    monkeypatch.setattr(simulations, "open_town", letters, raising=False)
    names: dict[str, object] = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, NOTEBOOK.name, "exec"), names)
    rivals = names["played"].values  # type: ignore[attr-defined]
    assert set(rivals) >= {"closest", "dmexclp", "spares cover"}
    assert rivals["spares cover"]["mean_s"] != rivals["closest"]["mean_s"], "it decides otherwise"
    assert "on runs" in repr(names["then"])
    assert names["steps"] > 10  # type: ignore[operator]


def test_a_policy_of_ones_own_has_fewer_than_fifty_lines():
    assert len(tagged(read(), "policy").source.splitlines()) < 50


def test_what_was_committed_has_its_outputs_and_names_no_machine():
    notebook = read()
    nbformat.validate(notebook)
    assert NOTEBOOK.stat().st_size < 100_000
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell.outputs]
    assert any("no difference shown" in str(output) for output in outputs)
    assert any("image/png" in output.get("data", {}) for output in outputs)
    assert not [output for output in outputs if output.output_type in ("error", "stream")]
    assert not re.search(r"/(home|root|tmp|work|usr|Users)/", NOTEBOOK.read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_whole_of_it_gives_the_same_figures_again(tmp_path, monkeypatch):
    monkeypatch.setenv("VIGIL_MAPS", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    notebook, committed = read(), read()
    NotebookClient(notebook, timeout=1500, kernel_name="python3").execute()
    for cell, before in zip(notebook.cells, committed.cells, strict=True):
        if cell.cell_type == "code" and "plot" not in cell.metadata.get("tags", []):
            assert [_words(each) for each in cell.outputs] == [_words(each) for each in before.outputs]


def _words(output: nbformat.NotebookNode) -> str:
    return str(output.get("data", {}).get("text/plain"))
