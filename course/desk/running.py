"""Find running Jupyter servers by what they publish about themselves in the runtime folder."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # ships no types
from jupyter_core.paths import jupyter_runtime_dir

from course.desk.content import START_PAGE

__all__ = ["Server", "server_of", "server_on"]

# Not jupyter_server's own list_running_servers: importing it takes a second, and a single damaged
# file ends its search.


@dataclass(frozen=True)
class Server:
    """A running server: process id, folder served, address, port and token."""

    pid: int
    folder: Path
    address: str
    port: int
    token: str

    @property
    def url(self) -> str:
        """The address of the start page, with the token that lets a browser in."""
        page = f"lab/tree/{START_PAGE}" if (self.folder / START_PAGE).is_file() else "lab"
        return f"{self.address}{page}" + (f"?token={self.token}" if self.token else "")


def server_of(pid: int) -> Server | None:
    """Return the server that process ``pid`` runs, once it has published itself."""
    # On Windows a virtual environment's python is a launcher, and the server its child.
    return next((s for s in _published() if pid in (s.pid, _parent(s.pid))), None)


def server_on(folder: Path) -> Server | None:
    """Return a server whose root is ``folder``, if one is running."""
    return next((s for s in _published() if s.folder.resolve() == folder.resolve()), None)


def _published() -> Iterator[Server]:
    for file in Path(jupyter_runtime_dir()).glob("jpserver-*.json"):
        server = None
        # Damaged, half written, of another version, or its process is gone: not a running server.
        with suppress(OSError, ValueError, KeyError, TypeError, psutil.Error):
            info = json.loads(file.read_text(encoding="utf-8"))
            # A file older than the process of that number was left behind by an earlier one.
            if psutil.Process(info["pid"]).create_time() <= file.stat().st_mtime + 1:
                server = Server(
                    info["pid"], Path(info["root_dir"]), info["url"], info["port"], info["token"]
                )
        if server:
            yield server


def _parent(pid: int) -> int | None:
    with suppress(psutil.Error):
        return int(psutil.Process(pid).ppid())
    return None
