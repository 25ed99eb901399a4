"""What both sides have by themselves: classes, functions and modules, known by name.

A name is only looked up among what this process has imported already.
"""

import dataclasses
import importlib
import importlib.machinery
import sys
import types
from pathlib import Path
from typing import Any

__all__ = [
    "found",
    "imported",
    "is_given",
    "is_installed",
    "is_record",
    "may_be_base",
    "may_be_claimed",
    "module_named",
    "name_of",
    "steers_tests",
]

# Classes that are themselves on either side: what they make is a plain value.
_DATA = frozenset(
    "builtins datetime decimal fractions collections collections.abc numbers pathlib uuid abc"
    " typing re array zoneinfo enum numpy pandas types io functools operator random".split()
)
# A stand-in is never a subclass of a class from these: others would take it for data. And a mock
# may be equal to anything.
_NO_BASE = frozenset("numpy pandas unittest mock pytest _pytest hypothesis".split())

# Classes written in C whose instances do something, and hold no data that a test compares.
_CLAIMED = frozenset("builtins itertools functools _io _csv re sqlite3 _sqlite3 _thread".split())
_VALUES = (
    *(bool, int, float, complex, str, bytes, bytearray, memoryview),
    *(tuple, list, dict, set, frozenset, range, slice, type, object),
)
_HEAP_TYPE = 1 << 9
# Built-in types whose own name leads nowhere.
_TYPES = {
    thing: name
    for name, thing in vars(types).items()
    if isinstance(thing, type) and thing.__module__ == "builtins"
}
_OURS = ("__main__", "course")
_TESTING = frozenset("unittest pytest _pytest nose doctest bdb IPython".split())


def found(module: Any, qualname: Any) -> Any:
    """Return what an imported module has under a (dotted) name, or None."""
    thing: Any = sys.modules.get(module) if type(module) is str else None
    for part in qualname.split(".") if type(qualname) is str else [""]:
        thing = vars(thing).get(part) if isinstance(thing, type | types.ModuleType) else None
    return thing


def name_of(thing: Any) -> tuple[str, str] | None:
    """Return the module and the qualified name that ``thing`` is found by, or None."""
    if isinstance(thing, type) and thing in _TYPES:
        return "types", _TYPES[thing]
    origin = getattr(thing, "__objclass__", None) or type(getattr(thing, "__self__", None))
    names = [getattr(thing, name, None) for name in ("__qualname__", "__name__")]
    for module in (getattr(thing, "__module__", None), getattr(origin, "__module__", None)):
        for name in names:
            if module != "__main__" and found(module, name) is thing:
                return str(module), str(name)
    return None


def is_record(cls: type) -> bool:
    """Whether a class is a library's dataclass: its instances are data."""
    made_by_python = all(base.__flags__ & _HEAP_TYPE for base in cls.__mro__[:-1])
    return dataclasses.is_dataclass(cls) and made_by_python and cls.__module__ != "__main__"


def is_given(thing: Any) -> bool:
    """Whether the referee may take its own ``thing`` for the learner's, if both have its name."""
    if isinstance(thing, type):
        return thing.__module__ in _DATA or is_record(thing)
    owner = getattr(thing, "__objclass__", None)  # of object.__eq__ and the like
    return isinstance(thing, types.WrapperDescriptorType) and owner is object


def may_be_claimed(cls: type) -> bool:
    """Whether what stands for an instance may say that it is one of ``cls``: never of data."""
    return cls.__module__ in _CLAIMED and cls not in _VALUES


def module_named(name: Any) -> types.ModuleType | None:
    """Return a library's module that is imported here, or None; not the grader's own."""
    module = sys.modules.get(name) if type(name) is str else None
    return None if str(name).partition(".")[0] in _OURS else module


def is_installed(module: str) -> bool:
    """Whether there is a library of that name; what lies in the working folder is none."""
    top = module.partition(".")[0]
    if top in sys.builtin_module_names or top in sys.stdlib_module_names:
        return True
    paths = [entry for entry in sys.path if entry not in ("", ".", str(Path.cwd()))]
    return importlib.machinery.PathFinder.find_spec(top, paths) is not None


def imported(module: Any, qualname: Any = "") -> Any:
    """Return a library's module, or what it has under a name, importing it here; None if not."""
    if type(module) is str and module not in sys.modules:
        if not is_installed(module):
            return None
        try:
            importlib.import_module(module)
        except Exception:  # whatever a library does when it is imported
            return None
    return found(module, qualname) if qualname else module_named(module)


def steers_tests(cls: type) -> bool:
    """Whether an exception tells a testing tool something, such as that a test does not count."""
    top = cls.__module__.partition(".")[0]
    return issubclass(cls, BaseException) and top in _TESTING


def may_be_base(cls: type) -> bool:
    """Whether what stands for a subclass of ``cls`` may be a subclass of it here.

    It must be written in Python: others keep their data where a stand-in has none.
    """
    for base in cls.__mro__[:-1]:
        new = vars(base).get("__new__")
        if not base.__flags__ & _HEAP_TYPE or not (new is None or isinstance(new, staticmethod)):
            return False
    return cls.__module__.partition(".")[0] not in _NO_BASE
