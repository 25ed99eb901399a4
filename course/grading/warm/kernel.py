"""A session for fork servers whose children are Jupyter kernels (see ..provisioner).

Jupyter's own kernel, ipykernel, is started in the child as a program would start it. Only a kernel
in a jail gets its sockets from outside, where its clients can reach them.
"""

import importlib
import os
import site
import socket
import sys
from pathlib import Path
from typing import Any, cast

import zmq
from ipykernel import heartbeat, kernelapp
from jupyter_client.connect import KernelConnectionInfo
from traitlets import Dict

from course.grading.wire import Channel

__all__ = ["main", "prepare"]

_MOST_SOCKETS = 8


# What ipykernel imports only when a kernel starts: more than half of that time.
_LATE = (
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "ipykernel.debugger",
    "sqlite3",
)


def prepare() -> None:
    """Import what a kernel needs."""
    for name in _LATE:
        importlib.import_module(name)


def main(control: socket.socket, peer: socket.socket, prepared: None) -> None:
    """Be a kernel, as the first message on ``control`` says."""
    del peer, prepared
    channel = Channel(control)
    order: dict[str, Any] = channel.receive()
    sys.argv = order["argv"]
    if "connection" in order:
        for name, content in order["files"].items():
            path = Path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        app: Any = GivenKernelApp.instance(listening=_sockets(channel), given=order["connection"])
    else:
        os.environ.clear()
        os.environ.update(order["env"])
        os.chdir(order["cwd"])
        _import_as_usual()
        app = kernelapp.IPKernelApp.instance()
    app.initialize(sys.argv[1:])
    app.start()


def _import_as_usual() -> None:
    """Import from where Python would, had the server not been told to look at packages only."""
    folders = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    sys.path[:0] = [os.path.abspath(each) for each in folders if each]  # noqa: PTH100  # as Python
    if sys.prefix == sys.base_prefix:
        site.addsitedir(site.getusersitepackages())


def _sockets(channel: Channel) -> dict[int, int]:
    """Return the descriptors of listening sockets, by the ports that the client says."""
    channel.send("ready")
    ports, descriptors, _flags, _address = socket.recv_fds(channel.socket, 64, _MOST_SOCKETS)
    return dict(zip(map(int, ports.split()), descriptors, strict=True))


class GivenKernelApp(kernelapp.IPKernelApp):
    """A kernel whose connection and sockets are given: a jail has no way to make them."""

    listening: "Dict[int, int]" = Dict(help="Descriptors of listening sockets, by port.")
    given = Dict(help="What would be in the connection file.")

    def init_connection_file(self) -> None:
        """Take what would be in the file."""
        self.load_connection_info(cast(KernelConnectionInfo, self.given))

    def write_connection_file(self, **kwargs: Any) -> None:
        """Leave the file to the client."""

    def _try_bind_socket(self, s: zmq.Socket[Any], port: int) -> int:
        s.setsockopt(zmq.USE_FD, self.listening[port])
        s.bind(f"ipc://{self.ip}-{port}")
        if port == self.shell_port:
            # The debugger connects to the shell's last address, which has no way out of here.
            s.bind("inproc://shell")
        return port

    def init_heartbeat(self) -> None:
        """Start the heartbeat on its given socket."""
        self.heartbeat = GivenHeartbeat(  # type: ignore[no-untyped-call]  # nor has the next
            zmq.Context(),
            (self.transport, self.ip, self.hb_port),
            curve_publickey=self.curve_publickey,
            curve_secretkey=self.curve_secretkey,
        )
        self.heartbeat.descriptor = self.listening[self.hb_port]
        self.heartbeat.start()


class GivenHeartbeat(heartbeat.Heartbeat):
    descriptor: int

    def _try_bind_socket(self) -> None:
        self.socket.setsockopt(zmq.USE_FD, self.descriptor)
        super()._try_bind_socket()  # type: ignore[no-untyped-call]
