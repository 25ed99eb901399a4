"""Matplotlib's figures, which a notebook shows at the end of a cell."""

import os
import sys
from typing import Any

__all__ = ["prepare", "show"]

_INLINE = "matplotlib_inline.backend_inline"


def prepare() -> None:
    """Have figures shown inline in the sessions to come, as ipykernel does.

    The backend itself is left to the first figure of a session, which makes matplotlib interactive
    then, whatever was set before.
    """
    backend = os.environ.setdefault("MPLBACKEND", f"module://{_INLINE}")
    import matplotlib
    import matplotlib.pyplot

    matplotlib.rcParams["backend"] = backend  # it may have been imported without the variable


def show(shell: Any) -> None:
    """Show and close the figures of a cell that has ended, before anything else is done with them.

    Matplotlib would draw each once more, for a window to be up to date: half of a figure's time,
    for nothing. Only where a layout is to settle the picture depends on how often it was drawn.
    """
    backend = sys.modules.get(_INLINE)
    if backend is None or backend.flush_figures not in shell.events.callbacks["post_execute"]:
        return
    from matplotlib._pylab_helpers import Gcf

    if all(m.canvas.figure.get_layout_engine() is None for m in Gcf.get_all_fig_managers()):
        backend.flush_figures()
