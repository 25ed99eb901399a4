"""The names that a graded cell sees: the test's own, and behind them the learner's.

A name that the test does not define is asked for when it is used. What it stands for is kept until
the learner's side says that it means something else. What a test assigns, or deletes, is brought
over before the learner's code runs; but only names that the learner is known to share (answers,
names of locked cells, names the test has read): an ``expected = 42`` stays with the test.
"""

import builtins
import types
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from course.grading.remote.errors import LearnerGoneError, RemoteError
from course.grading.remote.known import (
    NEVER_A_VARIABLE,
    check_module,
    free_names,
    helper_for,
    is_ipythons,
)
from course.grading.remote.mirror import ref_of
from course.grading.remote.trust import know

__all__ = ["Main", "Names"]

Ask = Callable[..., Any]
_MISSING = object()


class Names(dict[Any, Any]):
    """The namespace of a referee's shell. A dict of the test's own names; the rest is asked for."""

    def __init__(self, ask: Ask, answers: Iterable[str] = ()) -> None:
        """Ask by ``ask(what, *operands)``; only ``answers`` may hide what is built in."""
        super().__init__()
        self.pinned: dict[str, Any] = {}
        self.instead: dict[str, Any] = {}  # of what is built in
        self.convert: Callable[[Any], Any] = lambda value: value
        self.doubt: Callable[..., None] = lambda reason, **_: None
        self._ask = ask
        self.answers = frozenset(answers)
        self._ours = frozenset(answers) | {"open", "print"}  # names both sides are known to use
        self._open = False
        self._fetched: dict[str, Any] = {}
        self._brought: dict[str, Any] = {}

    # --- cells -----------------------------------------------------------------------------------

    def share(self, names: Iterable[str]) -> None:
        """Note names that locked cells bind."""
        self._ours |= frozenset(names)

    def open(self) -> None:
        """Ask the learner's side from now on."""
        self._fetched.clear()
        self._open = True

    def begin(self, source: str, shared: list[str], modules: list[str]) -> None:
        """Begin a cell: take back what the learner's cells have bound anew since the last.

        Functions and classes by the ``shared`` names, and in the ``modules``, are on both sides.
        """
        try:
            rebound = self._ask("rebound", shared, modules)
        except RemoteError:  # the cell finds out, if it needs the learner's side at all
            return
        for name in rebound if type(rebound) is list else ():
            if name in self._ours and name not in self.pinned:
                super().pop(name, None)
                self._brought.pop(name, None)
            elif name in free_names(source) and super().__contains__(name):
                self.doubt(
                    f"An earlier test and the learner both define the name {name}; the test's own"
                    " was used.",
                    anywhere=True,
                )

    def end(self) -> None:
        """End a cell: bring over what is left to bring, and note what names mean now."""
        try:
            self.bring_over()
            mine = [
                name
                for name in self._mine()
                if name not in self.pinned and not name.startswith("__") and not is_ipythons(name)
            ]
            self._ask("seal", mine)
        except RemoteError:
            pass
        finally:
            self._open = False
            self._fetched.clear()

    def expire(self, names: list[str]) -> None:
        """Forget what the learner's code has given another meaning."""
        for name in names:
            self._fetched.pop(name, None)

    def bring_over(self) -> None:
        """Let the learner's side know what the test made of names that are theirs, too."""
        changed = {
            name: dict.__getitem__(self, name)
            for name in self._ours
            if dict.__contains__(self, name)
            and dict.__getitem__(self, name)
            is not self._brought.get(name, self.pinned.get(name, _MISSING))
        }
        back = [name for name in self._brought if not dict.__contains__(self, name)]
        if changed or back:
            self._brought.update(changed)
            for name in back:
                del self._brought[name]
            self._ask("bind", changed, back)

    # --- lookup ----------------------------------------------------------------------------------

    def __missing__(self, name: Any) -> Any:
        """Ask for a name that the test does not define; KeyError if nobody does."""
        __tracebackhide__ = True
        if name in self.instead and name not in self.answers:
            return self.instead[name]
        if not self._asks_for(name):
            raise KeyError(name)
        if name in self._fetched:
            return self._fetched[name]
        value = self._fetched[name] = self._fetch(name)
        return value

    def _asks_for(self, name: Any) -> bool:
        return (
            self._open
            and type(name) is str
            and name.isidentifier()
            and not name.startswith("__")
            and not is_ipythons(name)
            and (name in self.answers or not hasattr(builtins, name))
        )

    def _fetch(self, name: str) -> Any:
        __tracebackhide__ = True
        try:
            value = self._ask("name", name)
        except NameError as error:
            raise KeyError(name) from error
        self._ours |= {name}
        if name not in self.answers:
            if isinstance(value, types.ModuleType) and ref_of(value) is None:
                check_module(name, value.__name__)
                return self.convert(value)
            if name in NEVER_A_VARIABLE:
                check_module(name, "")
            helper = helper_for(name, value)
            if helper is not None:
                return helper
        know(value, name)
        return value

    def __contains__(self, name: object) -> bool:
        """Whether anybody defines a name."""
        if super().__contains__(name):
            return True
        if name in self.instead and name not in self.answers:
            return False
        try:
            self.__missing__(name)
        except KeyError:
            return False
        return True

    def get(self, name: Any, default: Any = None) -> Any:
        """Return what a name means, or a default."""
        try:
            return self[name]
        except KeyError:
            return default

    def _mine(self) -> Iterator[str]:
        return dict.__iter__(self)

    def _all(self) -> list[str]:
        mine = list(self._mine())
        if not self._open:
            return mine
        try:
            theirs = self._ask("names")
        except LearnerGoneError:
            return mine
        return list(dict.fromkeys([*mine, *theirs]))

    def __iter__(self) -> Iterator[str]:
        """Iterate over all names."""
        return iter(self._all())

    def __len__(self) -> int:
        """Count all names."""
        return len(self._all())

    def keys(self) -> Any:
        """Return all names."""
        return dict.fromkeys(self._all()).keys()

    def items(self) -> Any:
        """Return all names and what they mean."""
        return {name: self[name] for name in self._all()}.items()

    def values(self) -> Any:
        """Return what all names mean."""
        return {name: self[name] for name in self._all()}.values()

    # --- changes ---------------------------------------------------------------------------------

    def __setitem__(self, name: Any, value: Any) -> None:
        """Give a name a meaning for the test."""
        super().__setitem__(name, self.convert(value))

    def __delitem__(self, name: Any) -> None:
        """Delete a name, the learner's too if both use it."""
        __tracebackhide__ = True
        mine = super().__contains__(name)
        if mine:
            super().__delitem__(name)
        if self._asks_for(name) and (not mine or name in self._ours):
            self._fetched.pop(name, None)
            self._brought.pop(name, None)
            try:
                self._ask("unbind", name)
            except NameError as error:
                if not mine:
                    raise KeyError(name) from error
        elif not mine:
            raise KeyError(name)

    def pop(self, name: Any, *default: Any) -> Any:
        """Delete a name and return what it meant."""
        try:
            value = self[name]
        except KeyError:
            if default:
                return default[0]
            raise
        del self[name]
        return value

    def setdefault(self, name: Any, default: Any = None) -> Any:
        """Return what a name means, after giving it a meaning if it has none."""
        if name not in self:
            self[name] = default
        return self[name]

    def copy(self) -> dict[Any, Any]:
        """Return the test's own names: what :func:`unittest.mock.patch.dict` puts back."""
        return {name: dict.__getitem__(self, name) for name in self._mine()}

    def update(self, *others: Any, **names: Any) -> None:
        """Give names a meaning for the test."""
        for name, value in dict(*others, **names).items():
            self[name] = value


class Main:
    """``__main__`` as tests import and patch it."""

    __spec__ = None

    def __init__(self, names: Names) -> None:
        """Have the names of ``names`` for attributes."""
        self.__dict__ = names

    def __getattr__(self, name: str) -> Any:
        """Return what a name means that the test does not define."""
        try:
            return self.__dict__[name]
        except KeyError:
            raise AttributeError(f"module '__main__' has no attribute {name!r}") from None

    def __dir__(self) -> list[str]:
        """Return the test's own names."""
        return list(self.__dict__.copy())
