"""Jupyter kernels forked from a warm interpreter, for nbclient, nbgrader and all of Jupyter.

Choose it for every Python kernel::

    JUPYTER_DEFAULT_PROVISIONER_NAME=warm-fork nbgrader autograde ps1

or in a kernel's ``kernel.json``::

    "metadata": {"kernel_provisioner": {"provisioner_name": "warm-fork"}}

A kernel then starts in a fraction of the time: IPython, numpy, pandas and matplotlib are imported
already. With the option ``confined`` it runs in a jail, on copies of the files beside its notebook,
and what it writes is lost when it ends.
"""

import asyncio
import contextlib
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Bool

from course.grading.warm import Exit, WarmError
from course.grading.warm.nursery import Nursery
from course.grading.warm.pool import LIMITS, servers
from course.grading.wire import Channel, ChannelClosedError

__all__ = ["WarmProvisioner"]

_LAUNCHER = "ipykernel_launcher"
_READY_SECONDS = 20.0
_END_SECONDS = 5.0  # as long as the manager waits after a kill


class WarmProvisioner(LocalProvisioner):
    """Starts ipykernel as a fork of a process that has everything imported.

    What it cannot start so (a kernel of another language, or of another Python) it starts as usual.
    Kernels share one fork server per process; a confined one has its server to itself while it
    lives. A server that has crashed is replaced at the next start.
    """

    confined = Bool(
        False, config=True, help="Run kernels in a jail: no network, none of your files."
    )

    _nursery: Nursery | None = None
    _end: Future[Exit] | None = None
    _folder: str | None = None  # of a confined kernel's connection

    @property
    def has_process(self) -> bool:
        """Whether a kernel was started whose end nobody waited for yet."""
        return self._end is not None or super().has_process

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Write the connection file; a confined kernel's sockets are files in a private folder."""
        manager = self.parent
        if self.confined and manager is not None:
            if self._folder is None:
                self._folder = tempfile.mkdtemp(prefix="kernel-")
            manager.transport = "ipc"
            manager.ip = f"{self._folder}/socket"
            manager.connection_file = f"{self._folder}/kernel.json"
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel, or start it as usual where that cannot be."""
        if _starts_our_ipykernel(cmd):
            argv = cmd[cmd.index(_LAUNCHER) :]
            for last_try in (False, True):
                try:
                    await self._fork(argv, **kwargs)
                except WarmError as error:
                    if last_try and self.confined:
                        raise
                    self.log.warning("No warm kernel: %s", error)
                else:
                    return self.connection_info
        elif self.confined:
            raise RuntimeError(
                f"A confined kernel must be ipykernel in {sys.executable}; the kernelspec says:"
                f" {' '.join(cmd)}"
            )
        return await super().launch_kernel(cmd, **kwargs)

    async def _fork(
        self, argv: Sequence[str], *, env: Mapping[str, str], cwd: str | None = None, **_: Any
    ) -> None:
        self._nursery = await servers.take(confined=self.confined)
        folder = Path(cwd or ".").absolute()
        ours, theirs = socket.socketpair()
        with contextlib.closing(Channel(ours)) as channel:
            with theirs:
                forked = self._nursery.fork(theirs, theirs)
                pid, end = await asyncio.wrap_future(forked)
            self.pid, self.pgid, self.cwd, self._end = pid, pid, folder, end
            with contextlib.suppress(ChannelClosedError, OSError):  # as always, poll() tells of it
                if self.confined:
                    self._set_up_confined(channel, argv, folder)
                else:
                    channel.send({"argv": list(argv), "env": dict(env), "cwd": str(folder)})

    def _set_up_confined(self, channel: Channel, argv: Sequence[str], folder: Path) -> None:
        """Give a kernel what it can neither read nor make: files, its connection, its sockets."""
        order = {"argv": list(argv), "files": dict(_files(folder))}
        channel.send({**order, "connection": self.connection_info})
        channel.receive(_READY_SECONDS)
        with _listening(self.connection_info) as sockets:
            ports = " ".join(map(str, sockets)).encode()
            socket.send_fds(channel.socket, [ports], [s.fileno() for s in sockets.values()])

    async def poll(self) -> int | None:
        """Return None while the kernel runs, else its exit code (negative for a signal)."""
        if self._end is None:
            return await super().poll()
        return self._end.result().code if self._end.done() else None

    async def wait(self) -> int | None:
        """Return the kernel's exit code when it has ended."""
        if self._end is None:
            return await super().wait()
        code = (await asyncio.wrap_future(self._end)).code
        self._end = None
        return code

    async def send_signal(self, signum: int) -> None:
        """Signal the kernel and what it started."""
        if self._end is None or self._nursery is None or self.pid is None:
            await super().send_signal(signum)
            return
        pid: int = self.pid
        with contextlib.suppress(WarmError):  # then it has ended
            await asyncio.wrap_future(self._nursery.call(lambda warm: warm.signal(pid, signum)))

    async def terminate(self, restart: bool = False) -> None:
        """Ask the kernel to end."""
        if self._end is None:
            await super().terminate(restart)
        else:
            await self.send_signal(signal.SIGTERM)

    async def kill(self, restart: bool = False) -> None:
        """End the kernel; when this returns it has ended, so that nobody needs to poll."""
        if self._end is None:
            await super().kill(restart)
        else:
            await self.send_signal(signal.SIGKILL)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asyncio.wrap_future(self._end), _END_SECONDS)

    async def shutdown_requested(self, restart: bool = False) -> None:
        """Wait until the kernel has done as it was asked: the manager would look every 0.1 s."""
        if self._end is None or self.parent is None:
            return
        patience = self.get_shutdown_wait_time(self.parent.shutdown_wait_time) / 2
        try:
            await asyncio.wait_for(asyncio.wrap_future(self._end), patience)
        except TimeoutError:
            await self.terminate(restart)

    async def cleanup(self, restart: bool = False) -> None:
        """Give back what the kernel had."""
        await super().cleanup(restart)
        nursery, self._nursery = self._nursery, None
        if nursery is not None and self.confined:
            await servers.give_back(nursery)
        if self._folder is not None and not restart:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


def _starts_our_ipykernel(cmd: Sequence[str]) -> bool:
    """Whether a command is this Python's ``python -m ipykernel_launcher ...``."""
    program, ours = Path(cmd[0]).absolute(), Path(sys.executable).absolute()
    # python and python3 of one environment are one program, two environments' are two.
    same = program.parent == ours.parent and program.resolve() == ours.resolve()
    return same and "-m" in cmd and cmd[cmd.index("-m") + 1 :][:1] == [_LAUNCHER]


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files beside a notebook: no notebook, no link, and not more than fits."""
    left = LIMITS.scratch_mb << 20
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file() or path.suffix == ".ipynb":
            continue
        left -= path.stat().st_size
        if left < 0:
            raise RuntimeError(f"{folder} holds more than {LIMITS.scratch_mb} MB of files.")
        yield path.relative_to(folder).as_posix(), path.read_bytes()


@contextlib.contextmanager
def _listening(connection: KernelConnectionInfo) -> Iterator[dict[int, socket.socket]]:
    """Yield the sockets, by port, at which a kernel's clients expect it."""
    with contextlib.ExitStack() as stack:
        sockets = {}
        for key, port in connection.items():
            if key.endswith("_port") and isinstance(port, int):
                path = Path(f"{connection['ip']}-{port}")
                path.unlink(missing_ok=True)  # an earlier kernel's
                sock = stack.enter_context(socket.socket(socket.AF_UNIX))
                sock.bind(str(path))
                sock.listen()
                sockets[port] = sock
        yield sockets
