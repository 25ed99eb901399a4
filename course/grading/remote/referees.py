"""What the referee lends, and what it believes the learner's side: names it knows itself."""

import importlib
import types
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course.grading.remote import library
from course.grading.remote.codec import expect
from course.grading.remote.errors import MalformedError
from course.grading.remote.mirror import ref_of
from course.grading.remote.modules import RemoteModule
from course.grading.remote.references import References
from course.grading.remote.refs import Ref

if TYPE_CHECKING:
    from course.grading.remote.examiner import Examiner

__all__ = ["Referees"]


class Referees(References):
    """The referee's view."""

    shows_lines = False  # they are a test's, and may be hidden

    def __init__(self, asker: "Examiner") -> None:
        """Start with nothing lent and nothing borrowed."""
        super().__init__(asker, first_twin=1)
        self.pinned: dict[str, Any] = {}
        self.given: set[str] = set()  # modules of the instructor's

    def is_tests(self, thing: Any) -> bool:
        """Whether a function or class is defined by the test, or by the instructor's files."""
        if ref_of(thing) is not None:
            return False
        module = getattr(thing, "__module__", None)
        return module == "__main__" or (type(module) is str and module in self.given)

    def shared_name(self, thing: Any) -> str | None:
        """Return the name by which the other side has the same thing, or None."""
        name = getattr(thing, "__name__", None)
        if type(name) is not str:
            return None
        if self.pinned.get(name) is thing:
            return name
        module = getattr(thing, "__module__", None)
        is_given = type(module) is str and module in self.given
        return f"{module}:{name}" if is_given and library.found(module, name) is thing else None

    def shared(self, name: str) -> Any:
        """Return what both sides have by a name."""
        module, colon, attribute = expect(name, str).rpartition(":")
        if colon and module in self.given:
            importlib.import_module(module)
            found = library.found(module, attribute)
        else:
            found = self.pinned.get(name)
        if found is None:
            raise MalformedError("expected a name that both sides have")
        return found

    def by_name(self, thing: Any) -> tuple[str, str] | None:
        """Return the name by which the other side can find a library's thing, or None."""
        return library.name_of(thing)

    def look_up(self, module: Any, qualname: Any) -> Any:
        """Return a library's thing by the name that the other side told."""
        found = library.imported(module, qualname)
        if found is None or not library.is_given(found):
            raise MalformedError("expected the name of a type")
        return found

    def method_of(self, owner: Any, name: str) -> Any:
        """Return a method of a value or object."""
        if name.startswith("_"):
            raise MalformedError("expected a public method")
        if ref_of(owner) is None and type(owner).__module__ not in ("builtins", "collections"):
            return self.asker.guard.do_attribute(owner, name)  # type: ignore[attr-defined]
        return getattr(owner, name)

    def module_by_name(self, name: str) -> types.ModuleType:
        """Return a library's module."""
        module: types.ModuleType | None = library.imported(name)
        if module is None:
            raise MalformedError("expected the name of a module")
        return module

    def is_own_module(self, module: types.ModuleType) -> bool:
        """Whether the other side does not have a module."""
        return False

    def own_class(self, name: Any) -> type | None:
        """Return this side's own class of a name, or None."""
        if type(name) is not list or len(name) != 2:
            return None
        found = library.found(*name)
        if not isinstance(found, type) or self.is_tests(found):
            return None
        return None if library.steers_tests(found) else found

    def real_base(self, base: type) -> type | None:
        """Return a base for a stand-in, if that can have it."""
        return base if self.is_tests(base) or library.may_be_base(base) else None

    def claimed(self, cls: type) -> type | None:
        """Return the class that a stand-in may say it is of, or None."""
        return cls if library.may_be_claimed(cls) else None

    def remote_module(self, ref: Ref, name: str) -> Any:
        """Return what stands for a module."""
        return RemoteModule(ref, name)

    def arrived(self, cls: type) -> None:
        """Doubt a cell that fails with something that looks like data, but is not taken for it."""
        ref = ref_of(cls)
        kinds = ref.about["data"] if ref is not None else []
        if kinds:
            self.asker.doubts.add(  # type: ignore[attr-defined]
                f"The learner's value is of the class {cls.__name__}, a kind of {kinds[0]} of its"
                " own, which cannot be compared as data.",
                anywhere=True,
            )

    def label(self, file: str) -> str:
        """Return what a reader knows a source file by."""
        return Path(file).name
