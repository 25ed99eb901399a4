"""``kernel_side.py FILE``: run cells as nbgrader does, in a real kernel.

Reads the cells from standard input, writes their outputs to a file, both as JSON: a kernel prints
to the standard output that it inherits.
"""

import json
import sys
from pathlib import Path

from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.preprocessors import Execute

if __name__ == "__main__":
    notebook = new_notebook(cells=[new_code_cell(source) for source in json.load(sys.stdin)])
    executed, _resources = Execute().preprocess(notebook, {"metadata": {"path": "."}})
    outputs = [cell.outputs for cell in executed.cells]
    Path(sys.argv[1]).write_text(json.dumps(outputs))
