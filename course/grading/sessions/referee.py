"""The referee: an interpreter that runs graded cells, and that no learner's code ever enters."""

import ast
import builtins
import contextlib
import importlib.util
import socket
import sys
import time
from pathlib import Path
from typing import Any

from course.grading.job import Limits
from course.grading.remote.errors import RemoteError, findings
from course.grading.remote.evaluation import Evaluation
from course.grading.remote.examiner import Examiner
from course.grading.remote.failures import show
from course.grading.remote.folders import Folders
from course.grading.remote.gates import Gates
from course.grading.remote.modules import Finder, Pyplot
from course.grading.remote.names import Main, Names
from course.grading.remote.pinned import bound, definitions
from course.grading.remote.signals import Uninterrupted
from course.grading.remote.surroundings import Surroundings
from course.grading.sessions import agent, files
from course.grading.sessions.shell import Shell
from course.grading.wire import Channel

__all__ = ["main", "prepare"]


def prepare() -> Shell:
    """Return the shell of this process, built before any fork."""
    return Shell()


def main(control: socket.socket, peer: socket.socket, shell: Shell) -> None:
    """Run one notebook's graded cells in the working folder, until the lane has done with it."""
    session = _Session(shell, Channel(control), Channel(peer))
    agent.serve(session.control, session.operations)


class _Session:
    def __init__(self, shell: Shell, control: Channel, peer: Channel) -> None:
        self.control = control
        self.operations = {
            "begin": self.begin,
            "setup": self.setup,
            "files": self.files,
            "run": self.run,
        }
        self._shell = shell
        self._peer = peer
        self._folder = Path.cwd()
        self._kept: set[str] = set()
        self._setup: list[str] = []
        self._undefined: list[tuple[ast.stmt, list[str], str]] = []

    def begin(self, message: dict[str, Any]) -> dict[str, Any]:
        """Write the instructor's files, and begin a session in a namespace of its own."""
        limits = Limits(**message["limits"])
        files.write(self._folder, message["files"])
        self._kept = {*message["given"], *message["pinned"]}
        for channel in (self.control, self._peer):
            channel.largest = limits.message_mb << 20
        self._folders = Folders(self._folder, largest=limits.message_mb << 18, kept=self._kept)
        self._examiner = Examiner(self._peer, self._shell.emit)
        self._surroundings = Surroundings(self._examiner.ask, self._folders)
        self._names = Names(self._examiner.ask, message["answers"])
        with Uninterrupted():  # what it starts must not take our signals
            self._shell.begin(self._names, output_kb=limits.output_kb)
        self._connect(message)
        return {"ok": True}

    def _connect(self, message: dict[str, Any]) -> None:
        examiner, names = self._examiner, self._names
        names.pinned["open"] = dict.get(names, "open")  # IPython's own
        examiner.doubts.names = names
        names.doubt = examiner.doubts.add
        names.convert = self._converted
        examiner.expire = names.expire
        examiner.take_files = self._folders.apply
        examiner.before += [names.bring_over, self._surroundings.bring_over]
        examiner.read_input = self._input
        main = Main(names)
        self._shell.ip.user_module = sys.modules["__main__"] = main  # type: ignore[assignment]
        given = {path: data for path, data in message["files"].items() if path in message["given"]}
        finder = Finder(self._folder, given, lambda *names: examiner.ask("import", *names))
        examiner.references.given |= finder.given_modules
        sys.meta_path.insert(0, finder)
        importlib.util.spec_from_file_location = finder.spec_from_file
        self._evaluation = Evaluation(lambda name: dict.__contains__(names, name))
        self._evaluation.guard_pandas()
        names.instead.update(self._evaluation.functions())
        kept = {self._folder / name for name in message["given"]}
        gates = Gates(self._folder, kept.__contains__)
        gates.close()
        gates.guard_shell(self._shell.ip)
        self._shell.ip.events.register("post_execute", examiner.finish)
        self._shell.ip.set_custom_exc((Exception,), self._show_error)
        self._pyplot = Pyplot(lambda name: examiner.ask("find", "matplotlib.pyplot", name))

    def setup(self, message: dict[str, Any]) -> dict[str, Any]:
        """Take what a locked cell defines, as soon as a graded cell is to run."""
        self._setup.append(message["source"])
        return {"ok": True, "note": ""}

    def files(self, message: dict[str, Any]) -> dict[str, Any]:
        """Write files that the learner's code wrote, never over the instructor's."""
        news = {k: v for k, v in message["files"].items() if k not in self._kept}
        files.write(self._folder, news)
        self._folders.settle()
        return {"ok": True}

    def run(self, message: dict[str, Any]) -> dict[str, Any]:
        """Run a graded cell."""
        began = time.monotonic()
        findings.clear()
        self._error: BaseException | None = None
        self._examiner.begin()
        self._surroundings.begin()
        self._names.open()
        self._pin()
        self._evaluation.allow(message["source"])
        side = self._examiner.references
        self._names.begin(message["source"], [*side.pinned], [*side.given])
        self._examiner.missed = ""  # the test's own questions count, not those of preparing it
        ran = self._shell.run(message["source"], message["count"])
        missed = self._examiner.missed
        self._end()
        answer = agent.answer(ran, message["index"]) | {"missed": missed}
        failed = any(output["output_type"] == "error" for output in answer["outputs"])
        reason = findings[0] if findings else failed and self._examiner.doubts.about(self._error)
        if reason:
            answer.update(problem="unsupported", reason=reason)
        answer["seconds"] = time.monotonic() - began
        return answer

    def _end(self) -> None:
        with contextlib.suppress(RemoteError):
            self._surroundings.end()
        self._names.end()

    def _pin(self) -> None:
        """Run what locked cells define; what cannot be defined yet is tried again later."""
        cells, self._setup = self._setup, []
        for source in cells:
            try:
                source = self._shell.ip.transform_cell(source)
                tree = ast.parse(source)
            except (SyntaxError, ValueError):
                continue
            self._names.share(bound(tree))
            self._evaluation.allow(source)
            file = self._shell.ip.compile.cache(source)
            self._undefined += [
                (statement, names, file)
                for statement, names in definitions(tree)
                if not self._names.answers.intersection(names)
            ]
        self._undefined = [one for one in self._undefined if not self._define(*one)]

    def _define(self, statement: ast.stmt, names: list[str], file: str) -> bool:
        """Run one definition; False if something that it needs is missing."""
        code = compile(ast.Module([statement], []), file, "exec")
        try:
            with self._shell.redirect(lambda output: None):
                exec(code, self._names)
        except BaseException:  # whatever an instructor's code may do
            return False
        for name in names:
            value = dict.get(self._names, name)
            self._names.pinned[name] = value
            if getattr(value, "__module__", None) == "__main__":
                self._examiner.references.pinned[name] = value
        return True

    def _converted(self, value: Any) -> Any:
        if value is sys.modules.get("matplotlib.pyplot") and not self._examiner.gone:
            return self._pyplot
        return value

    def _input(self, prompt: str) -> Any:
        own = dict.get(self._names, "input")
        return (own or builtins.input)(prompt)

    def _show_error(
        self, ip: Any, kind: type, error: Exception, traceback: Any, tb_offset: Any = None
    ) -> None:
        """Show an error as IPython does, but for what is between the test and learners' code."""
        self._error = error
        show(error)
        ip.showtraceback(
            (kind, error, error.__traceback__), tb_offset=1, running_compiled_code=True
        )
