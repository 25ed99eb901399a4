"""Open a working folder in JupyterLab: start the server, find its address, stop it cleanly.

The server listens on this computer only and keeps its token, as JupyterLab does by default.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from course.desk.browser import open_browser
from course.desk.content import PACKAGE, START_PAGE
from course.desk.errors import DeskError
from course.desk.running import Server, server_of, server_on
from course.text import _

__all__ = ["DEFAULT_PORT", "open_course", "running_course"]

DEFAULT_PORT = 8888
START_SECONDS = 90.0  # a first start on a slow disk compiles a thousand modules
STOP_SECONDS = 10.0
EXTENSION = "lead-the-deal"


def open_course(folder: Path, *, port: int = DEFAULT_PORT, browser: bool = True) -> None:
    """Open ``folder`` in JupyterLab and stay until Ctrl-C.

    If ``port`` is taken, the next free one is used. If ``folder`` is open already, that one is
    shown instead: two servers would save over each other. Raises :class:`DeskError` if JupyterLab
    does not start, or ends by itself.
    """
    console, folder = Console(highlight=False, soft_wrap=True, markup=False), folder.resolve()
    if running := server_on(folder):
        console.print("\n" + _("Your course is open already, in another terminal."), style="bold")
        _show(console, running, close=_("Ctrl-C in that terminal"), browser=browser)
        return
    try:
        with _ending_on_signals(), _serving(folder, port) as (server, process):
            console.print("\n" + _("Your course is open in JupyterLab."), style="bold")
            if server.port != port:
                said = _("Port {wanted} is in use by another program; this is port {port}.")
                console.print(said.format(wanted=port, port=server.port))
            _show(console, server, close="Ctrl-C", browser=browser)
            if process.wait() != 0:
                raise DeskError(_("JupyterLab ended by itself. Start the course again."))
    except KeyboardInterrupt:
        console.print()
    console.print(_("The course is closed. Your work is saved in {folder}").format(folder=folder))


def _show(console: Console, server: Server, *, close: str, browser: bool) -> None:
    """Say where the course is and open the browser there."""
    rows = ((_("Address"), server.url), (_("Folder"), server.folder), (_("Close"), close))
    console.print("\n" + "\n".join(f"  {label:<8} {value}" for label, value in rows) + "\n")
    why = open_browser(server.url) if browser else _("that was the wish (--no-browser)")
    if why:
        said = _("The browser was not opened: {why}. Open the address above yourself.")
        console.print(said.format(why=why))


@contextmanager
def running_course(folder: Path, *, port: int = DEFAULT_PORT) -> Iterator[Server]:
    """Run JupyterLab on ``folder`` for the duration of a ``with`` block.

    Yields once the server answers. Raises :class:`DeskError` if it does not start.
    """
    with _serving(folder, port) as (server, _process):
        yield server


@contextmanager
def _serving(folder: Path, port: int) -> Iterator[tuple[Server, "subprocess.Popen[bytes]"]]:
    folder = folder.resolve()
    with tempfile.TemporaryDirectory(prefix="course-", ignore_cleanup_errors=True) as scratch:
        log = Path(scratch) / "server.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                _command(folder, port),
                cwd=folder,
                env=_environment(Path(scratch)),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            yield _wait_until_up(process, log), process
        finally:
            _stop(process)


def _command(folder: Path, port: int) -> list[str]:
    command = [
        *(sys.executable, "-m", "jupyterlab"),  # not by a script's name: scripts break when moved
        "--no-browser",  # we open it, once the address is known
        f"--ServerApp.root_dir={folder}",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=50",
        "--ServerApp.answer_yes=True",  # Ctrl-C means it
        "--ServerApp.log_level=WARN",
        f"--LabApp.default_url=/lab/tree/{START_PAGE}",
        "--LabApp.extension_manager=readonly",  # the other one asks a package registry
        # Which tabs are open is a matter of this folder, not of every JupyterLab of this user.
        f"--LabApp.workspaces_dir={folder / '.jupyter' / 'workspaces'}",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    return command


def _environment(scratch: Path) -> dict[str, str]:
    """Return the environment in which JupyterLab finds the course's settings and extension.

    An editable installation has a *copy* of the extension among the environment's data, which
    goes stale; what lies in the package now is put before it.
    """
    shutil.copytree(PACKAGE / "labextension", scratch / "labextensions" / EXTENSION)
    return os.environ | {
        "JUPYTER_CONFIG_PATH": _before("JUPYTER_CONFIG_PATH", Path(__file__).with_name("jupyter")),
        "JUPYTER_PATH": _before("JUPYTER_PATH", scratch),
    }


def _before(variable: str, first: Path) -> str:
    return os.pathsep.join(filter(None, (str(first), os.environ.get(variable))))


def _wait_until_up(process: "subprocess.Popen[bytes]", log: Path) -> Server:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise DeskError(_not_started(_("it ended at once"), log))
        if server := server_of(process.pid):
            return server
        time.sleep(0.1)
    raise DeskError(_not_started(_("it did not answer in {n:.0f} s").format(n=START_SECONDS), log))


def _not_started(why: str, log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-8:]
    return "\n".join(
        [
            _("JupyterLab did not start: {why}. Its last words were:").format(why=why),
            *(f"  {line}" for line in lines or [_("(nothing)")]),
            _("Try again; if it stays so, delete the folder .venv and type “make start”."),
        ]
    )


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End the server, which ends its kernels; a second Ctrl-C meanwhile changes nothing."""
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        process.kill()
        process.wait()


@contextmanager
def _ending_on_signals() -> Iterator[None]:
    """Let a closed terminal or a plain ``kill`` end the course the way Ctrl-C does."""

    def end(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    names = ("SIGINT", "SIGTERM", "SIGHUP")  # SIGINT: background shells start us ignoring it
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {number: signal.signal(number, end) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
