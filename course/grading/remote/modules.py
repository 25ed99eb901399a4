"""Modules of the submission, and figures: they live on the learner's side."""

import importlib.abc
import importlib.machinery
import importlib.util
import inspect
import os
import sys
import types
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from course.grading.remote import library
from course.grading.remote.refs import Ref

__all__ = ["Finder", "Pyplot", "RemoteModule"]

_KEPT = frozenset("__name__ __spec__ __loader__ __package__ __path__ __dict__ __class__".split())


class RemoteModule(types.ModuleType):
    """Stands for a module of the submission."""

    _stand_in_ref = True  # for ref_of()

    def __init__(self, ref: Ref, name: str) -> None:
        """Stand for a module called ``name``."""
        super().__init__(name)
        vars(self)["_ref"] = ref

    def __getattribute__(self, name: str) -> Any:
        """Ask for an attribute."""
        __tracebackhide__ = True
        if name in _KEPT or name == "_ref" or name == "_stand_in_ref":
            return super().__getattribute__(name)
        ref = super().__getattribute__("_ref")
        return ref.asker.attribute(self, ref, name)

    def __setattr__(self, name: str, value: Any) -> None:
        """Set an attribute, over there."""
        __tracebackhide__ = True
        if name in _KEPT:
            super().__setattr__(name, value)
        else:
            vars(self)["_ref"].asker.ask("assign", self, name, value)

    def __delattr__(self, name: str) -> None:
        """Delete an attribute, over there."""
        __tracebackhide__ = True
        vars(self)["_ref"].asker.ask("remove", self, name)

    def __dir__(self) -> list[str]:
        """Return the names in it."""
        return list(vars(self)["_ref"].asker.ask("dir", self))


class Finder(importlib.abc.MetaPathFinder):
    """Finds what lies in the working folder: the instructor's modules, and the submission's.

    The first are imported here, from the content that the instructor gave. The others stay where
    learners' code may run, and what is imported stands for them.
    """

    def __init__(
        self, folder: Path, given: dict[str, bytes], fetch: Callable[[str, str], Any]
    ) -> None:
        """Find modules in ``folder``.

        ``fetch(name, subfolder)`` returns what stands for one of the submission's.
        """
        self._folder = folder
        self._given = given
        self._fetch = fetch
        self._usual = importlib.util.spec_from_file_location

    @property
    def given_modules(self) -> set[str]:
        """The names of the instructor's modules."""
        return {
            path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            for path in self._given
            if path.endswith(".py")
        }

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,
        target: types.ModuleType | None = None,
    ) -> importlib.machinery.ModuleSpec | None:
        """Return how to import a module, if it is one in the folder and nowhere else."""
        stem = fullname.replace(".", "/")
        for place in self._places():
            for file, is_package in ((f"{stem}.py", False), (f"{stem}/__init__.py", True)):
                loader = self._loader(fullname, place, place / file)
                if loader is not None:
                    return importlib.util.spec_from_loader(fullname, loader, is_package=is_package)
        return None

    def spec_from_file(self, name: str, location: Any = None, **words: Any) -> Any:
        """Do as :func:`importlib.util.spec_from_file_location`, which this takes the place of."""
        path = Path(os.path.realpath(location)) if location else None
        if path is None or not path.is_relative_to(self._folder):
            return self._usual(name, location, **words)
        file = path.relative_to(self._folder)
        loader = self._loader(file.stem, file.parent, file)
        return loader and importlib.util.spec_from_loader(name, loader)

    def _places(self) -> Iterator[Path]:
        """Yield where to look in the folder: at its top, and where the test has asked for it."""
        yield Path()
        for entry in sys.path:
            path = Path(os.path.realpath(entry))
            if path != self._folder and path.is_relative_to(self._folder):
                yield path.relative_to(self._folder)

    def _loader(self, name: str, place: Path, file: Path) -> importlib.abc.Loader | None:
        if str(file) in self._given:
            return _Given(str(self._folder / file), self._given[str(file)])
        if (self._folder / file).is_file() and not library.is_installed(name):
            return _Submitted(self._fetch, name, str(place))
        return None


class _Submitted(importlib.abc.Loader):
    """Loads what stands for a module of the submission, which runs over there."""

    def __init__(self, fetch: Callable[[str, str], Any], name: str, folder: str) -> None:
        self._fetch = fetch
        self._name = name
        self._folder = folder

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType | None:
        module = self._fetch(self._name, self._folder)
        return module if isinstance(module, types.ModuleType) else None

    def exec_module(self, module: types.ModuleType) -> None:
        pass  # it has run


class _Given(importlib.abc.SourceLoader):
    """Loads a module from the content that the instructor gave."""

    def __init__(self, path: str, content: bytes) -> None:
        self._path = path
        self._content = content

    def get_filename(self, fullname: str) -> str:
        return self._path

    def get_data(self, path: str | bytes) -> bytes:
        if path != self._path:
            raise OSError(f"not given: {path!r}")
        return self._content


class Pyplot(types.ModuleType):
    """``matplotlib.pyplot`` as tests have it: its figures are those of the learner's code.

    Functions act over there, where a learner's function draws; classes and settings are one's own.
    """

    def __init__(self, ask: Callable[[str], Any]) -> None:
        """Take functions from what ``ask`` returns for their names."""
        super().__init__("matplotlib.pyplot")
        vars(self)["_ask"] = ask

    def __getattr__(self, name: str) -> Any:
        """Return a function of the other side's, or anything else of this one's."""
        own = getattr(sys.modules["matplotlib.pyplot"], name)
        return vars(self)["_ask"](name) if inspect.isfunction(own) else own

    def __dir__(self) -> list[str]:
        """Return the names in it."""
        return dir(sys.modules["matplotlib.pyplot"])
