"""The ways by which a test's own code would let a learner's code into the referee, closed.

A test may import the submission, run it as a script, unpickle what it wrote, or evaluate a text
that came from it. The first is done on the learner's side (:mod:`.modules`); the rest cannot be,
and is :class:`Unsupported`: the learner's code would then decide what the referee says.
"""

import contextlib
import doctest
import os
import re
import shlex
import sys
import types
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pandas.core.base as pandas_base

from course.grading.remote import library
from course.grading.remote.errors import Unsupported
from course.grading.remote.mirror import ref_of

__all__ = ["Gates"]

# What pickled data is made of. Everything else that a pickle names would be called.
_DATA = frozenset("datetime decimal fractions collections uuid zoneinfo pathlib array".split())
_BUILTIN = frozenset(
    "bool bytearray bytes complex dict float frozenset int list range set slice str tuple".split()
)
_MAKERS = re.compile(
    r"_reconstruct(or)?|scalar|_frombuffer|_new_\w+|__newobj\w*|__pyx_unpickle_\w+|_\w*unpickle\w*"
)
_RUNNING = frozenset({"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn"})
_SCRIPTS = frozenset("! bash sh script sx system python python2 python3 pypy perl ruby".split())


class Gates:
    """Watches what the test's own code does, from :meth:`close` on."""

    def __init__(self, folder: Path, is_own: Callable[[Path], bool]) -> None:
        """Watch for code from ``folder``; ``is_own`` tells of a file whether it is a test's own."""
        self._base = folder.parent
        self._owner = os.getpid()
        self._is_own = is_own

    def close(self) -> None:
        """Watch from now on. This cannot be undone in this process."""
        sys.addaudithook(self._heard)
        sys.path_hooks.insert(0, self._no_finder)
        for path in [p for p in sys.path_importer_cache if p.startswith(str(self._base))]:
            del sys.path_importer_cache[path]
        find = doctest.DocTestFinder.find

        def checked(finder: Any, obj: Any, *args: Any, **kwargs: Any) -> Any:
            if ref_of(obj) is not None:
                raise Unsupported(
                    "The test runs the examples in a docstring of the learner's (doctest). The"
                    " learner's code does not run where the tests do."
                )
            return find(finder, obj, *args, **kwargs)

        doctest.DocTestFinder.find = checked  # type: ignore[assignment,method-assign]

    def _no_finder(self, path: str) -> Any:
        """Let Python's own ways find no module in the working folders, nor in archives there."""
        if not self._is_inside(path) or Path(path).suffix == ".py":
            raise ImportError
        return types.SimpleNamespace(find_spec=lambda name, target=None: None)

    def _is_inside(self, path: Any) -> bool:
        try:
            return Path(os.path.realpath(path)).is_relative_to(self._base)
        except (TypeError, ValueError):
            return False

    def _heard(self, event: str, details: tuple[Any, ...]) -> None:
        if event == "compile":
            self._check_file(details[1])
        elif event == "pickle.find_class":
            _check_pickled(*details)
        elif event in _RUNNING:
            try:
                self.check_command(*details[:2])
            except Unsupported:
                if os.getpid() != self._owner:  # a fork about to become the program
                    os._exit(126)
                raise

    def _check_file(self, name: Any) -> None:
        if isinstance(name, str) and not name.startswith("<") and self._is_learners(name):
            raise Unsupported(
                f"The test runs the submitted file {Path(name).name} itself. The learner's code"
                " does not run where the tests do."
            )

    def check_command(self, *command: Any) -> None:
        """Raise Unsupported if a command names a file of the learner's."""
        for word in _words(command):
            if self._is_learners(word):
                raise Unsupported(
                    f"The test starts a program with the submitted file {Path(word).name}. The"
                    " learner's code does not run where the tests do."
                )

    def guard_shell(self, ip: Any) -> None:
        """Check the commands of IPython's own, some of which are heard too late."""

        def checked(run: Any, number: int) -> Any:
            def command(*args: Any, **kwargs: Any) -> Any:
                __tracebackhide__ = True
                if number == 0 or args[0] in _SCRIPTS:
                    self.check_command(args[number])
                return run(*args, **kwargs)

            return command

        for name in ("system", "system_piped", "system_raw", "getoutput"):
            setattr(ip, name, checked(getattr(ip, name), 0))
        ip.run_cell_magic = checked(ip.run_cell_magic, 2)

    def _is_learners(self, name: str) -> bool:
        path = Path(os.path.realpath(name))
        return self._is_inside(path) and path.is_file() and not self._is_own(path)


def _words(details: Iterable[Any]) -> Iterator[str]:
    """Yield the words of a command, however it was given."""
    for detail in details:
        parts = detail if isinstance(detail, list | tuple) else [detail]
        for part in parts:
            if isinstance(part, str | bytes | os.PathLike):
                text = os.fsdecode(part)
                yield text
                with contextlib.suppress(ValueError):
                    yield from shlex.split(text)


def _check_pickled(module: Any, name: Any) -> None:
    top = str(module).partition(".")[0]
    made = top in ("numpy", "pandas", "copyreg") and _MAKERS.fullmatch(str(name))
    if made or (module == "builtins" and name in _BUILTIN):
        return
    thing = library.found(module, name) if "." not in str(name) else None
    data = top in _DATA or (isinstance(thing, type) and issubclass(thing, _TABLES))
    if not (isinstance(thing, type) and data):
        raise Unsupported(
            f"The test unpickles a {module}.{name}. What a learner's pickle names would run where"
            " the tests do."
        )


_TABLES: Any = (
    np.ndarray,
    np.dtype,
    np.generic,
    pandas_base.PandasObject,
    pd.api.extensions.ExtensionArray,
    pd.api.extensions.ExtensionDtype,
    pd.offsets.BaseOffset,
    pd.Timestamp,
    pd.Timedelta,
    pd.Period,
    pd.Interval,
)
