"""The shell's outputs are those that nbgrader gets from a real kernel.

Compared after this normalisation, of what no two kernels have in common: addresses of objects,
process ids in the names of cells, ids of widgets and styled tables, numbers of threads, timings,
how often a recursion recurred; and neighbouring streams are joined, stdout first, since a kernel's
order of the two depends on timing.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from tests.grading.sessions.corpus import CORPUS

pytestmark = pytest.mark.kernel
Outputs = list[dict[str, Any]]

_VARYING = [
    (r"0x[0-9a-f]{6,}", "0xADDRESS"),
    (r"ipykernel_\d+", "ipykernel_PID"),
    (r"\b[0-9a-f]{32}\b", "WIDGET"),
    (r"\bT_[0-9a-f]{5}", "T_STYLE"),
    (r"Thread-\d+", "Thread-N"),
    (r"(CPU times|Wall time): [^\\\"]*", r"\1"),
    (r"[0-9.]+ [mnµμ]?s ± [^\\\"]*", "TIMED"),
]


def normal(outputs: Outputs) -> Outputs:
    text = json.dumps(_joined(outputs), sort_keys=True, ensure_ascii=False)
    for pattern, replacement in _VARYING:
        text = re.sub(pattern, replacement, text)
    return json.loads(text)


def _joined(outputs: Outputs) -> Outputs:
    joined: Outputs = []
    for is_stream, group in groupby(outputs, lambda output: output["output_type"] == "stream"):
        together = list(group)
        if is_stream:
            for name in ("stdout", "stderr"):
                text = "".join(o["text"] for o in together if o["name"] == name)
                if text:
                    joined.append({"output_type": "stream", "name": name, "text": text})
        else:
            joined += [{**output, **_shortened(output)} for output in together]
    return joined


def _shortened(output: dict[str, Any]) -> dict[str, Any]:
    """Return the traceback, if there is one, with what recurs in it once."""
    return {"traceback": [line for line, _ in groupby(output.get("traceback", []))]}


@pytest.fixture(scope="module")
def both(
    fork: Callable[[Path], Any], tmp_path_factory: pytest.TempPathFactory, home: Path
) -> Iterator[dict[str, list[tuple[str, Outputs, Outputs]]]]:
    """Each notebook's cells, with the outputs of either side."""
    sources = [source for cells in CORPUS.values() for source in cells]
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}
    result = tmp_path_factory.mktemp("result") / "outputs.json"
    subprocess.run(
        [sys.executable, Path(__file__).with_name("kernel_side.py"), result],
        input=json.dumps(sources),
        text=True,
        env=env,
        cwd=tmp_path_factory.mktemp("kernel"),
        timeout=300,
        check=True,
    )
    session = fork(tmp_path_factory.mktemp("shell"))
    session.begin()
    outputs = json.loads(result.read_text())
    found = zip(sources, outputs, map(session.run, sources), strict=True)
    yield {name: [next(found) for _ in cells] for name, cells in CORPUS.items()}
    session.close()


@pytest.mark.parametrize("name", CORPUS)
def test_a_notebook_has_the_outputs_of_a_real_kernel(both: Any, name: str) -> None:
    for source, kernel, shell in both[name]:
        assert normal(shell) == normal(kernel), source
