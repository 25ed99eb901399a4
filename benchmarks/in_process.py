"""The least that running a submission's cells can cost: IPython in a fork of a warm process.

Called by grading.py with a folder of autograded submissions. No jail, no referee, no wire, no
grades: learner and tests in one namespace, everybody trusted. Prints JSON: wall and cpu seconds of
one submission.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path

os.environ.update(MPLBACKEND="module://matplotlib_inline.backend_inline", OMP_NUM_THREADS="1")
os.environ.update(OPENBLAS_NUM_THREADS="1", NBGRADER_EXECUTION="autograde")


def main() -> None:
    """Fork for each submission, run its cells, and print the mean cost."""
    import contextlib
    import io
    import warnings

    warnings.simplefilter("ignore")
    import matplotlib.pyplot as plt
    import nbformat
    import numpy  # noqa: F401 (warm)
    import pandas  # noqa: F401 (warm)
    from IPython.core.interactiveshell import InteractiveShell

    import course.answers
    import course.cases.lead
    import course.widgets  # noqa: F401 (warm)

    plt.subplots()[0].savefig(io.BytesIO())
    plt.close("all")
    root, assignment, number = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    shell = InteractiveShell.instance()
    shell.history_manager.enabled = False
    shell.display_pub.publish = lambda *_, **__: None
    paths = sorted(root.glob(f"*/{assignment}/homework.ipynb"))[:number]
    notebooks = [(path.parent, nbformat.read(path, as_version=4)) for path in paths]
    began = time.perf_counter()
    for folder, notebook in notebooks:
        pid = os.fork()
        if pid == 0:
            os.chdir(folder)
            sink = io.StringIO()
            with contextlib.redirect_stdout(sink), contextlib.redirect_stderr(sink):
                for cell in notebook.cells:
                    if cell.cell_type == "code":
                        shell.run_cell(cell.source)
            os._exit(0)
        os.waitpid(pid, 0)
    wall = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    each = (used.ru_utime + used.ru_stime) / len(notebooks)
    print(json.dumps({"wall": wall / len(notebooks), "cpu": each}))


if __name__ == "__main__":
    main()
