"""Imports only go down: a floor imported in a fresh process brings nothing from above along."""

import json
import subprocess
import sys

import pytest

FLOORS = (
    # floor, what must not be loaded after importing all of it
    ("course.text", ["course.models", "course.answers", "course.cases", "course.widgets"]),
    (
        "course.models",
        [
            "course.answers",
            "course.cases",
            "course.widgets",
            "IPython",
            "ipywidgets",
            "matplotlib",
            "pandas",
            "nbgrader",
        ],
    ),
    (
        "course.cases",
        [
            "course.answers",
            "course.widgets",
            "course.build",
            "course.desk",
            "IPython",
            "ipywidgets",
            "nbgrader",
        ],
    ),
    (
        "course.answers",
        [
            "course.models",
            "course.cases",
            "course.widgets",
            "course.build",
            "course.desk",
            "course.grading",
            "IPython",
            "ipywidgets",
            "pandas",
            "nbgrader",
            "nbformat",
        ],
    ),
    ("course.widgets", ["course.build", "course.desk", "course.grading", "course.cli", "nbgrader"]),
    (
        "course.build",
        ["course.widgets", "course.desk", "course.grading", "course.cli", "ipywidgets"],
    ),
    (
        "course.desk",
        ["course.widgets", "course.build", "course.grading", "course.cli", "ipywidgets"],
    ),
)

IMPORT_ALL = """
import importlib, json, pkgutil, sys, warnings
warnings.simplefilter("ignore")
root = importlib.import_module(sys.argv[1])
for found in pkgutil.walk_packages(getattr(root, "__path__", []), root.__name__ + "."):
    importlib.import_module(found.name)
print(json.dumps(sorted(sys.modules)))
"""


@pytest.mark.parametrize(("floor", "above"), FLOORS, ids=[floor for floor, _ in FLOORS])
def test_a_floor_loads_nothing_above_it(floor: str, above: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, floor], capture_output=True, text=True, check=True
    )
    loaded = set(json.loads(done.stdout))
    assert floor in loaded
    assert loaded.isdisjoint(above)


def test_showing_forms_loads_no_widget_library_before_one_is_shown() -> None:
    code = "import course.widgets, sys; print('ipywidgets' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
