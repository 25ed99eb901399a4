"""Names that a namespace looks up elsewhere (``__missing__``), in every place a cell may use them.

CPython subscribes a namespace of a subclass of dict for the names of a cell and of its functions,
but not for those in a class's body: after the class's own names it takes the globals for a plain
dict, and then subscribes the builtins. So the builtins of such a namespace ask it for what they
lack.
"""

import builtins
from typing import Any

__all__ = ["Builtins"]

# What CPython's own C code takes from the builtins without subscribing them.
_PLAIN = ("__build_class__", "__import__", "getattr", "iter", "reversed")


class Builtins(dict[str, Any]):
    """The builtins, as they are at any moment, and behind them a namespace."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        """Stand behind ``namespace``, as its ``__builtins__``."""
        super().__init__({name: getattr(builtins, name) for name in _PLAIN})
        self._namespace = namespace

    def __missing__(self, name: str) -> Any:
        """Return a builtin, else what the namespace has; KeyError if it has none."""
        found = vars(builtins)
        return found[name] if name in found else self._namespace[name]
