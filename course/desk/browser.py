"""Open an address in the user's browser, or say why that was not possible."""

import os
import sys
import webbrowser

from course.text import _

__all__ = ["open_browser"]


def open_browser(url: str) -> str | None:
    """Open ``url`` and return nothing, or return the reason why it was not opened."""
    # Without a display Python would find a text browser, which would take over the terminal.
    has_display = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
    if sys.platform.startswith("linux") and not has_display:
        return _("this computer has no display")
    try:
        opened = webbrowser.open(url)
    except (webbrowser.Error, OSError):
        opened = False
    return None if opened else _("no browser was found")
