"""An IPython shell whose cells leave the outputs that nbclient would store, without a kernel.

It is built once, in a warm process; a fork of that process begins a session in it and runs cells.
ipykernel's own shell, display hook and publisher do the work, nbclient's own client receives it.
To that is added what nbgrader adds: the error of a failed cell whose outputs do not show it.

Known differences from a kernel under nbgrader:

- an update of a display that an earlier cell made is not carried back to that cell;
- tasks that a cell leaves behind go on while a later cell runs, hardly between cells;
- what subprocesses and C code print stands where it was printed, not where a thread found it;
- the notebook gets no metadata of widgets, and no user's IPython profile is read;
- ``In`` has blank entries for cells that ran elsewhere, and ``%notebook`` exports no outputs;
- ``sys.stdout`` destroyed by a cell (``= None``) is back in the next, where a kernel hangs. One
  that a cell replaced stays replaced, as in a kernel.
"""

import asyncio
import contextlib
import io
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ipykernel
import pandas
from IPython.core.prefilter import IPyAutocallChecker, MacroChecker
from jupyter_client.session import Session

from course.grading.job import Limits, Ran
from course.grading.sessions import figures
from course.grading.sessions.interrupts import ignore_interrupts
from course.grading.sessions.kernel import HeadlessKernel
from course.grading.sessions.lookup import Builtins
from course.grading.sessions.outputs import Outputs, Sink
from course.grading.sessions.streams import Descriptors, OutStream

__all__ = ["Shell"]

_ARGV = [str(Path(ipykernel.__file__).parents[1] / "ipykernel_launcher.py"), "-f", "kernel.json"]
# What imports something, or fills a cache, at its first use. For the first traceback through a
# module IPython parses all of its source, which takes pandas' longest ones half a second.
_REHEARSAL = (
    "%time 1",
    "import numpy, pandas\npandas.DataFrame({'a': [1]})",
    "pandas.DataFrame({'a': [1]})['b']",
    "pandas.DataFrame({'a': [1]}).loc['b']",
    "input()",
    "1 +",
)
_Failure = tuple[str, str, list[str]]  # the error's name, value and traceback


class Shell:
    """The one IPython shell of this process, for the sessions of its forks.

    Attributes:
        ip: IPython's ``InteractiveShell``.
    """

    def __init__(self) -> None:
        """Build the shell, and do now what would cost time in every session."""
        session = Session(key=b"", check_pid=False)  # a fork of this process is to send, too
        self._outputs = Outputs(session)
        self._kernel = HeadlessKernel.instance(session, self._outputs)
        self.ip: Any = self._kernel.shell
        self._limit = Limits().output_kb << 10
        self._descriptors: Descriptors | None = None
        self._streams: dict[str, OutStream] = {}
        self._called = False
        self._kernel.take_over()
        # Its default in a notebook; pandas was imported before there was one to be seen.
        pandas.set_option("display.max_columns", 20)
        figures.prepare()
        self._rehearse()

    @property
    def namespace(self) -> dict[str, Any]:
        """The names that cells see."""
        return self.ip.user_ns  # type: ignore[no-any-return]

    @property
    def exiting(self) -> bool:
        """Whether a cell called ``exit`` or ``quit``: a kernel would end now."""
        return bool(self.ip.exit_now)

    def begin(
        self, namespace: dict[str, Any] | None = None, *, output_kb: int = Limits().output_kb
    ) -> None:
        """Begin a session, in a fork: with no names, or with a dict (of a subclass, too) of them.

        From now on all that this process prints goes to the cell that runs. ``output_kb`` is what
        one cell may print, in thousands of characters; it may show seven times as much.
        """
        self._limit = output_kb << 10
        self._descriptors = Descriptors(self._outputs.buffers)
        for name in ("stdout", "stderr"):
            self._streams[name] = OutStream(name, self._outputs.buffers, self._descriptors)
            setattr(sys, name, self._streams[name])
        sys.argv = list(_ARGV)
        # Not before the fork: a loop has descriptors, and forks would share them.
        self._loop = asyncio.new_event_loop()
        self._enter(namespace)

    def run(self, source: str, count: int) -> Ran:
        """Run a cell, as number ``count``.

        Errors are outputs, SIGINT is one: it makes a KeyboardInterrupt (a CancelledError in a cell
        that awaits). The index in what is returned is 0.
        """
        began = time.monotonic()
        self._outputs.open(f"cell {count}", self._limit)
        failure: _Failure | None = None
        try:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            self._repair()
            self.settle()
            self._number(count)
            failure = self._finish(self._loop.create_task(self._cell(source)))
        except BaseException as error:  # whatever a learner's code made of IPython, and of us
            failure = _failure(error)
        finally:
            ignore_interrupts()
        self._close()
        if failure is not None:
            self._outputs.fail(*failure)
        return Ran(0, tuple(self._outputs.collect()), count, time.monotonic() - began)

    @contextlib.contextmanager
    def redirect(self, sink: Sink) -> Iterator[None]:
        """Send every output to ``sink`` while active, instead of to the cell: for remote calls.

        Outputs are as in a notebook, with two more kinds: ``update_display_data`` and
        ``clear_output`` (``wait``); those that are shown may have ``transient`` (``display_id``).
        They arrive when a stream is flushed, when something is shown, and at the end.
        """
        self._called = True
        self._repair()
        self._claim()
        with self._outputs.to(sink, self._limit), self.ip.builtin_trap:
            try:
                yield
            finally:
                self._drain()

    def emit(self, output: dict[str, Any]) -> None:
        """Put out, in the current cell, what a call elsewhere sent to its ``sink``.

        Printed text goes through ``sys.stdout`` and ``sys.stderr``, so that a cell may catch it.
        A result or an error of the other side becomes a display: it is not this cell's result, nor
        its error, and never decides a grade. What is no output is ignored.
        """
        kind, data = output.get("output_type"), output.get("data")
        if kind == "stream" and isinstance(text := output.get("text"), str):
            print(text, end="", file=sys.stderr if output.get("name") == "stderr" else sys.stdout)
        elif kind == "error" and isinstance(lines := output.get("traceback"), list | tuple):
            print(*lines, sep="\n", file=sys.stderr)
        elif kind == "clear_output":
            self.ip.display_pub.clear_output(wait=bool(output.get("wait")))
        elif isinstance(data, dict):
            metadata, transient = output.get("metadata"), output.get("transient")
            self.ip.display_pub.publish(
                data,
                metadata if isinstance(metadata, dict) else {},
                transient=transient if isinstance(transient, dict) else {},
                update=kind == "update_display_data",
            )

    def finish(self) -> None:
        """Do what IPython does at the end of a cell: figures are shown, and closed."""
        figures.show(self.ip)
        self.ip.events.trigger("post_execute")

    def settle(self) -> None:
        """Do what a kernel does between two cells; nobody sees what is put out meanwhile."""
        answers = self._outputs.answers()
        tasks = asyncio.all_tasks(self._loop)
        if not (answers or tasks or self._called):
            return
        with self._outputs.to(lambda output: None, 0):
            for message in answers:
                self._kernel.comm_manager.comm_msg(None, None, {**message, "buffers": []})
            if tasks:
                self._loop.run_until_complete(asyncio.sleep(0))
            if self._called:  # what was called drew a figure, which is no cell's
                self._called = False
                self.finish()

    async def _cell(self, source: str) -> _Failure | None:
        """Run a cell as ipykernel does: inside a running loop, whether it awaits or not."""
        ip = self.ip
        self._claim()
        ip._last_traceback = None
        ip._last_traceback_during_displayhook = False
        transformed, problem, result = source, None, None
        try:
            transformed = ip.transform_cell(source)
        except Exception:
            problem = sys.exc_info()
        try:
            result = await ip.run_cell_async(
                source,
                store_history=True,
                transformed_cell=transformed,
                preprocessing_exc_tuple=problem,
            )
            error = result.error_before_exec or result.error_in_exec
        except BaseException as broken:
            error = broken
            ip.showtraceback(running_compiled_code=True)
        finally:
            self.finish()
            ip.events.trigger("post_run_cell", result)
            ip.payload_manager.clear_payload()  # pages and the like, which nbclient ignores
            self._close()  # before the loop goes on with tasks that the cell leaves behind
        if error is None and not ip._last_traceback_during_displayhook:
            return None
        return type(error).__name__, str(error), ip._last_traceback or []

    def _finish(self, task: asyncio.Task[_Failure | None]) -> _Failure | None:
        try:
            return self._loop.run_until_complete(task)
        except KeyboardInterrupt:
            if task.done():
                raise
        task.cancel()  # it was waiting for something
        return self._loop.run_until_complete(task)

    def _claim(self) -> None:
        """Have all messages from here on belong to the cell that runs, or ran last."""
        header = {"msg_id": self._outputs.parent, "msg_type": "execute_request"}
        self._kernel.set_parent([], {"header": header})

    def _repair(self) -> None:
        """Have what a cell needs, whatever an earlier one made of it."""
        for name, stream in self._streams.items():
            if not callable(getattr(getattr(sys, name, None), "write", None)):
                setattr(sys, name, stream)
        self._kernel.take_over()
        if self._loop.is_closed():
            self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)

    def _number(self, count: int) -> None:
        self.ip.execution_count = count
        history = self.ip.history_manager
        for cells in (history.input_hist_parsed, history.input_hist_raw):
            cells.extend([""] * (count - len(cells)))

    def _close(self) -> None:
        self._drain()
        self._outputs.close()

    def _drain(self) -> None:
        if self._descriptors is not None:
            self._descriptors.take()

    def _enter(self, namespace: dict[str, Any] | None) -> None:
        ip = self.ip
        if namespace is not None and hasattr(namespace, "__missing__"):
            namespace.setdefault("__builtins__", Builtins(namespace))
            for checker in ip.prefilter_manager.checkers:
                # These look up the first word of a line, whatever it is, for what is never there.
                if isinstance(checker, IPyAutocallChecker | MacroChecker):
                    checker.enabled = False
        # Without a namespace of ours this is the one that a kernel has.
        ip.user_module, ip.user_ns = ip.prepare_user_module(None, namespace)
        ip.ns_table.update(user_global=ip.user_module.__dict__, user_local=ip.user_ns)
        ip.init_sys_modules()
        ip.init_user_ns()
        ip.user_ns.update({"_": "", "__": "", "___": ""})

    def _rehearse(self) -> None:
        self._loop = asyncio.new_event_loop()
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            for count, source in enumerate(_REHEARSAL, 1):
                self.run(source, count)
        self._loop.close()
        asyncio.set_event_loop(None)
        for name in ("last_type", "last_value", "last_traceback", "last_exc"):
            vars(sys).pop(name, None)
        self.ip.reset()


def _failure(error: BaseException) -> _Failure:
    try:
        value = str(error)
    except BaseException:  # an exception's own __str__ may fail
        value = ""
    name = type(error).__name__
    return name, value, [f"{name}: {value}"]
