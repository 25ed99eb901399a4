"""Names that everybody knows: what they must stand for, whoever has imported it."""

import ast
import re
from typing import Any

from course.grading.remote import library
from course.grading.remote.errors import Unsupported
from course.grading.remote.functions import RemoteFunction
from course.grading.remote.mirror import ref_of

__all__ = ["NEVER_A_VARIABLE", "check_module", "free_names", "helper_for", "is_ipythons"]

_SHORT = {
    "np": "numpy",
    "pd": "pandas",
    "plt": "matplotlib.pyplot",
    "mpl": "matplotlib",
    "sns": "seaborn",
}
NEVER_A_VARIABLE = ("np", "pd", "plt", "numpy", "pandas", "math", "unittest", "pytest")
# Where what tests compare with comes from: not from the learner, who may define the same names.
_HELPERS = ("numpy.testing", "pandas.testing", "math", "numpy")
_IPYTHONS = re.compile(r"_+|_\d+|_i+|_i\d+|_[oid]h")


def is_ipythons(name: str) -> bool:
    """Whether IPython keeps results or inputs under a name."""
    return _IPYTHONS.fullmatch(name) is not None


def helper_for(name: str, value: Any) -> Any:
    """Return a library's own function, where the learner's side has it or one of that name."""
    told = _library_name(value)
    if told is not None and told[1] == name:
        return library.imported(*told)
    if callable(value) and (name.startswith("assert_") or name in ("isclose", "allclose")):
        found = (library.found(module, name) for module in _HELPERS)
        return next((one for one in found if one is not None), None)
    return None


def check_module(name: str, module: str) -> None:
    """Raise Unsupported if a name that everybody knows to mean one module means another thing."""
    usual = _SHORT.get(name) or (name if library.is_installed(name) else None)
    if usual is not None and usual != module:
        raise Unsupported(f"The learner's name {name} does not stand for the module {usual}.")


def _library_name(value: Any) -> tuple[str, str] | None:
    """Return the name of a library's function or class, as the learner's side tells it."""
    if isinstance(value, type):
        ref = ref_of(value)
        told = ref.about.get("library") if ref is not None and ref.about else None
    elif type(value) is RemoteFunction:
        told = object.__getattribute__(value, "_about").get("library")
    else:
        return None
    if not isinstance(told, list | tuple) or len(told) != 2:
        return None
    return told[0], told[1]


def free_names(source: str) -> set[str]:
    """Return the names that a cell uses and does not assign, as far as it can be parsed."""
    try:
        nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)]
    except (SyntaxError, ValueError):
        return set()
    stored = {node.id for node in nodes if not isinstance(node.ctx, ast.Load)}
    return {node.id for node in nodes} - stored
