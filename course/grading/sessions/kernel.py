"""IPython's shell for notebooks with nothing around it: no sockets, no threads, no history file.

Cells find what they look for under a real kernel (``get_ipython().kernel``, comms for widgets,
``input`` that nobody answers), and every message goes to one object in this process.
"""

import builtins
import getpass
import pdb
import sys
from typing import Any

import comm
from ipykernel import zmqshell
from ipykernel.compiler import XCachingCompiler
from ipykernel.ipkernel import IPythonKernel  # importing it makes comm's comms kernel comms
from ipykernel.kernelbase import Kernel
from IPython.core import debugger
from IPython.core.error import UsageError
from IPython.core.profiledir import ProfileDir
from jupyter_client.session import Session
from traitlets.config import Config

from course.text import _

__all__ = ["HeadlessKernel", "ZMQInteractiveShell"]


class ZMQInteractiveShell(zmqshell.ZMQInteractiveShell):
    """ipykernel's shell. Libraries know a notebook by this class's name, so it keeps it."""

    __module__ = zmqshell.__name__

    def enable_gui(self, gui: Any = None) -> None:
        """Refuse every window system: there is no screen."""
        if gui not in (None, "inline", "asyncio"):
            raise UsageError(_("No window can be opened here: use %matplotlib inline."))

    def _format_exception_for_storage(self, exception: BaseException, *_: Any) -> dict[str, Any]:
        # Only for %notebook, which exports no outputs here: every traceback would be made twice.
        return {"ename": type(exception).__name__, "evalue": "", "traceback": []}


class HeadlessKernel(Kernel):
    """What cells and widgets may want of a kernel, and a shell, :attr:`shell`."""

    implementation = IPythonKernel.implementation
    implementation_version = IPythonKernel.implementation_version
    language_info = IPythonKernel.language_info
    banner = ""

    def __init__(self, session: Session, iopub_socket: Any) -> None:
        """Build the shell; its messages go to ``iopub_socket.send_multipart``."""
        super().__init__(session=session, iopub_socket=iopub_socket)  # type: ignore[no-untyped-call]
        shell: Any = ZMQInteractiveShell.instance(
            config=Config(
                IPKernelApp={"connection_file": "kernel.json"},  # tqdm looks for the name
                HistoryManager={"enabled": False},  # no file, no thread
            ),
            ipython_dir="",
            profile_dir=ProfileDir(),  # a nameless one, which makes no folder
            kernel=self,
            compiler_class=XCachingCompiler,
        )
        shell.displayhook.session = shell.display_pub.session = session
        shell.displayhook.pub_socket = shell.display_pub.pub_socket = iopub_socket
        shell.displayhook.topic = b"execute_result"
        shell.extension_manager.load_extension("storemagic")
        self.shell = shell
        self.comm_manager: Any = comm.get_comm_manager()

    def set_parent(self, ident: Any, parent: dict[str, Any], channel: str = "shell") -> None:
        """Say which cell the messages from now on belong to."""
        super().set_parent(ident, parent, channel)  # type: ignore[no-untyped-call]
        self.shell.set_parent(parent)

    def take_over(self) -> None:
        """Take what asks a user: nobody is there to answer."""
        builtins.input = self.raw_input
        getpass.getpass = self.getpass
        sys.breakpointhook = lambda *_, **__: None  # as debugpy's, when no debugger is attached
        pdb.Pdb = debugger.Pdb = debugger.InterruptiblePdb  # type: ignore[assignment,misc]
        pdb.set_trace = debugger.set_trace
