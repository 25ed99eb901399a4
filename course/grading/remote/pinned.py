"""What a locked cell defines, taken out of it: imports, functions, classes."""

import ast
from collections.abc import Iterator

__all__ = ["bound", "definitions"]

_IMPORTS = (ast.Import, ast.ImportFrom)
_BLOCKS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
# Calls that make a class, or what annotations are made of.
_FACTORIES = frozenset("namedtuple NamedTuple Enum IntEnum make_dataclass NewType TypeVar".split())


def definitions(tree: ast.Module) -> Iterator[tuple[ast.stmt, list[str]]]:
    """Yield each statement that defines something fit to be shared, and the names it binds."""
    for statement in tree.body:
        if (
            isinstance(statement, (*_IMPORTS, *_BLOCKS))
            or _makes_class(statement)
            or (
                isinstance(statement, ast.Try)
                and all(isinstance(one, (*_IMPORTS, ast.Pass)) for one in _tried(statement))
            )
        ):
            yield statement, list(_names(statement))


def bound(tree: ast.Module) -> set[str]:
    """Return all names that a cell binds."""
    return {name for statement in tree.body for name in _names(statement)}


def _tried(statement: ast.Try) -> Iterator[ast.stmt]:
    yield from statement.body
    for handler in statement.handlers:
        yield from handler.body


def _makes_class(statement: ast.stmt) -> bool:
    if not isinstance(statement, ast.Assign) or not isinstance(statement.value, ast.Call):
        return False
    called = statement.value.func
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name in _FACTORIES


def _names(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement binds where it stands."""
    if isinstance(statement, _BLOCKS):
        yield statement.name
        return
    for node in ast.walk(statement):
        if isinstance(node, _IMPORTS):
            for alias in node.names:
                yield alias.asname or alias.name.partition(".")[0]
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, _BLOCKS):
            yield node.name
