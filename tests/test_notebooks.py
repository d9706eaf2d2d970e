"""Notebooks are stored without outputs, and each runs from a fresh kernel and shows what it is there to show."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from beside import whole

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
SAYS = {
    "explore": ["12,000 km to Thailand is unexplained", "Bangkok", "geo_json_place_0_3"],
    "what-if": [
        "What if: how they arrived at Vietnam",
        "What if: where China was",
        "set for this run, not ours",
    ],
    "your-own": ["Over 2,000 km to Hamburg", ": by: ", "anna.geojson"],
}


@pytest.fixture(
    scope="module", params=whole(NOTEBOOKS, NOTEBOOKS[0]), ids=[path.stem for path in NOTEBOOKS]
)
def notebook(request):
    return request.param.stem, nbformat.read(request.param, as_version=4)


def test_a_notebook_is_stored_without_outputs(notebook):
    cells = [cell for cell in notebook[1].cells if cell.cell_type == "code"]
    assert cells
    assert all(cell.outputs == [] and cell.execution_count is None for cell in cells)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_notebook_runs_from_a_fresh_kernel_and_stays_small(notebook, tmp_path):
    name, stored = notebook
    resources = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(stored, timeout=300, kernel_name="python3", resources=resources).execute()
    cells = [cell for cell in stored.cells if cell.cell_type == "code"]
    outputs = [output for cell in cells for output in cell.outputs]
    assert [
        output
        for output in outputs
        if output.output_type == "error" or output.get("name") == "stderr"
    ] == []
    assert all(cell.outputs for cell in cells if not cell.source.startswith("from"))
    said = json.dumps(outputs, ensure_ascii=False)
    assert [each for each in SAYS[name] if each not in said] == []
    assert len(nbformat.writes(stored)) < 1_000_000
