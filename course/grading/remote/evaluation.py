"""``eval``, ``exec`` and the like, in tests: of what the instructor wrote, and nothing else.

A text that a test evaluates may come from the learner, in more ways than can be followed. So it
must stand in a test's own code; or be so simple that it can only say which of the learner's
functions to call with what.
"""

import ast
import builtins
import sys
import types
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from course.grading.remote.errors import Unsupported

__all__ = ["Evaluation"]

_SIMPLE = (
    *(ast.Module, ast.Expression, ast.Interactive, ast.Expr, ast.Assign, ast.Name, ast.Constant),
    *(ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.operator, ast.unaryop, ast.boolop),
    *(ast.cmpop, ast.Call, ast.keyword, ast.Starred, ast.Attribute, ast.Subscript, ast.Slice),
    *(ast.List, ast.Tuple, ast.Dict, ast.Set, ast.IfExp, ast.expr_context),
)
_HARMLESS = frozenset(
    "abs all any bool bytes dict divmod enumerate float frozenset int len list max min pow range"
    " repr reversed round set sorted str sum tuple zip".split()
)


class Evaluation:
    """Takes the place of the built-in functions that turn text into code.

    ``is_tests_own`` tells of a name whether the test itself gives it a meaning.
    """

    def __init__(self, is_tests_own: Callable[[str], bool]) -> None:
        """Allow nothing yet; see :meth:`allow`."""
        self._is_tests_own = is_tests_own
        self._allowed: set[str] = set()
        self._compiled: weakref.WeakSet[types.CodeType] = weakref.WeakSet()

    def allow(self, source: str) -> None:
        """Let the texts in a test's code be evaluated."""
        try:
            nodes = list(ast.walk(ast.parse(source)))
        except (SyntaxError, ValueError, RecursionError):
            return
        self._allowed |= {
            node.value
            for node in nodes
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }

    def functions(self) -> dict[str, Any]:
        """Return what tests find in the place of built-in functions."""

        def eval_(source: Any, globals: Any = None, locals: Any = None, /) -> Any:
            return self._run(builtins.eval, "eval", source, globals, locals)

        def exec_(source: Any, globals: Any = None, locals: Any = None, /, **words: Any) -> None:
            self._run(builtins.exec, "exec", source, globals, locals, **words)

        def compile_(
            source: Any, filename: Any, mode: str, flags: int = 0, *args: Any, **words: Any
        ) -> Any:
            if not flags & ast.PyCF_ONLY_AST:
                self._check(source)
            code = builtins.compile(source, filename, mode, flags, *args, **words)
            if isinstance(code, types.CodeType):
                self._compiled.add(code)
            return code

        named = {"eval": eval_, "exec": exec_, "compile": compile_}
        for name, function in named.items():
            function.__name__ = function.__qualname__ = name
        return named

    def guard_pandas(self) -> None:
        """Check what tables are asked to evaluate; this cannot be undone in this process."""
        for owner, name in ((pd.DataFrame, "query"), (pd.DataFrame, "eval"), (pd, "eval")):
            setattr(owner, name, self._checked(getattr(owner, name)))

    def _checked(self, evaluate: Any) -> Any:
        def checked(*args: Any, **kwargs: Any) -> Any:
            __tracebackhide__ = True
            for text in (*args, kwargs.get("expr")):
                # Names of the test's own (@name), calls, and what begins with underscores.
                if isinstance(text, str) and any(sign in text for sign in ("@", "(", "__")):
                    self._check(text, simple=False)
            # It looks for names in the frame that called it, at this distance.
            kwargs["level"] = kwargs.get("level", 0) + 1
            return evaluate(*args, **kwargs)

        checked.__name__, checked.__doc__ = evaluate.__name__, evaluate.__doc__
        return checked

    def _run(self, run: Any, name: str, source: Any, names: Any, locals_: Any, **words: Any) -> Any:
        __tracebackhide__ = True
        if isinstance(source, types.CodeType):
            if source not in self._compiled:
                raise _refusal(name)
        else:
            self._check(source)
        if names is None:
            frame = sys._getframe(2)
            names = frame.f_globals
            locals_ = frame.f_locals if locals_ is None else locals_
        return run(source, names, names if locals_ is None else locals_, **words)

    def _check(self, source: Any, *, simple: bool = True) -> None:
        if isinstance(source, bytes | bytearray):
            source = bytes(source).decode("utf-8", "replace")
        if isinstance(source, str) and source in self._allowed:
            return
        if not (simple and isinstance(source, str) and self._is_simple(source)):
            raise _refusal("evaluate")

    def _is_simple(self, source: str) -> bool:
        try:
            nodes = list(ast.walk(ast.parse(source.strip())))
        except (SyntaxError, ValueError, RecursionError):
            return len(source) < 1000  # which is an error, whoever wrote it
        return all(isinstance(node, _SIMPLE) for node in nodes) and not any(self._unfit(nodes))

    def _unfit(self, nodes: list[ast.AST]) -> Iterator[str]:
        """Yield the names in it that could say more than which of the learner's things is meant."""
        for node in nodes:
            if isinstance(node, ast.Attribute) and node.attr.startswith("_"):
                yield node.attr
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                name = node.id
                known = hasattr(builtins, name) and name not in _HARMLESS
                if known or name.startswith("_") or self._is_tests_own(name):
                    yield name


def _refusal(name: str) -> Unsupported:
    return Unsupported(
        f"The test has a text evaluated ({name}) that it does not hold itself. If that came from"
        " the learner, the learner's code would run where the tests do."
    )
