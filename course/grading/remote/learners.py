"""What the learner's side lends and looks up: anything."""

import importlib
import types
from pathlib import Path
from typing import Any

from course.grading.remote import library
from course.grading.remote.errors import MalformedError, NotSendableError
from course.grading.remote.references import References
from course.grading.remote.refs import Asker, Ref

__all__ = ["Learners"]


class Learners(References):
    """The learner's side's view."""

    shows_lines = True

    def __init__(self, asker: Asker, namespace: dict[str, Any], shell: Any) -> None:
        """Start with nothing lent and nothing borrowed."""
        super().__init__(asker, first_twin=2)
        self._names = namespace
        self._shell = shell
        self._folder = str(Path.cwd())
        self.shared_names: set[str] = set()
        self.shared_modules: set[str] = set()

    def shared_name(self, thing: Any) -> str | None:
        """Return the name by which the other side has the same thing, or None."""
        name = getattr(thing, "__name__", None)
        if type(name) is not str:
            return None
        if name in self.shared_names and self._names.get(name) is thing:
            return name
        module = getattr(thing, "__module__", None)
        is_shared = type(module) is str and module in self.shared_modules
        return f"{module}:{name}" if is_shared and library.found(module, name) is thing else None

    def shared(self, name: str) -> Any:
        """Return what both sides have by a name."""
        module, colon, attribute = name.rpartition(":")
        return getattr(importlib.import_module(module), attribute) if colon else self._names[name]

    def by_name(self, thing: Any) -> tuple[str, str] | None:
        """Return the name by which the other side can find a library's thing, or None."""
        return library.name_of(thing) if library.is_given(thing) else None

    def look_up(self, module: Any, qualname: Any) -> Any:
        """Return a library's thing by the name that the other side told."""
        importlib.import_module(module)
        thing = library.found(module, qualname)
        if thing is None:
            raise NotSendableError(f"The learner's side has no {module}.{qualname}.")
        return thing

    def method_of(self, owner: Any, name: str) -> Any:
        """Return a method of a value or object."""
        return getattr(owner, name)

    def module_by_name(self, name: str) -> types.ModuleType:
        """Return a library's module."""
        return importlib.import_module(name)

    def is_own_module(self, module: types.ModuleType) -> bool:
        """Whether the other side does not have a module."""
        file = getattr(module, "__file__", None)
        if file is None:
            return module.__name__ == "__main__"
        return str(file).startswith(self._folder)

    def own_class(self, name: Any) -> type | None:
        """Return this side's own class of a name, or None."""
        found = library.found(*name) if name else None
        return found if isinstance(found, type) else None

    def real_base(self, base: type) -> type | None:
        """Return a base for a stand-in, if that can have it."""
        return base if library.may_be_base(base) else None

    def claimed(self, cls: type) -> type | None:
        """Return the class that a stand-in may say it is of, or None."""
        return cls

    def remote_module(self, ref: Ref, name: str) -> Any:
        """Return what stands for a module."""
        raise MalformedError("a test's module cannot be lent")

    def label(self, file: str) -> str:
        """Return what a reader knows a source file by."""
        known = self._shell.ip.compile.format_code_name(file)
        return " ".join(known) if known else Path(file).name
