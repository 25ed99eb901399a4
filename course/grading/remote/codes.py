"""What may be looked at in a function of the other side: its code, its text, its signature."""

import inspect
import linecache
import types
from collections.abc import Callable
from typing import Any

from course.grading.remote.codec import expect, fields
from course.grading.remote.errors import MalformedError, Unsupported

__all__ = ["CodeView", "code_facts", "signature_from", "signature_of"]


class CodeView:
    """What tests look at in a function's code object. It cannot be run."""

    def __init__(self, facts: Any) -> None:
        """Show these facts; a file that is a learner's cell becomes readable to :mod:`inspect`."""
        self.__dict__.update(_code_facts(facts))

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        """What :func:`inspect.iscode` asks for."""
        return types.CodeType

    def __getattr__(self, name: str) -> Any:
        """Refuse the rest."""
        if name.startswith("co_"):
            raise Unsupported(f"The test looks at {name} of a function that is in another process.")
        raise AttributeError(f"'code' object has no attribute '{name}'")


_NUMBERS = "argcount posonlyargcount kwonlyargcount nlocals flags firstlineno".split()
_NAMES = "varnames names freevars cellvars".split()


def code_facts(code: types.CodeType, label: Callable[[str], str]) -> dict[str, Any]:
    """Return what the other side may know of a code object; ``label`` names its file."""
    facts = {f"co_{name}": getattr(code, f"co_{name}") for name in (*_NUMBERS, *_NAMES)}
    facts["co_name"], facts["co_filename"] = code.co_name, label(code.co_filename)
    facts["co_qualname"] = code.co_qualname
    inner = [code_facts(c, label) if isinstance(c, types.CodeType) else c for c in code.co_consts]
    facts["co_consts"] = tuple(inner)
    facts["lines"] = "".join(linecache.getlines(code.co_filename))
    return facts


def _code_facts(facts: Any) -> dict[str, Any]:
    checked: dict[str, Any] = {}
    for name in _NUMBERS:
        checked[f"co_{name}"] = expect(facts[f"co_{name}"], int)
    for name in _NAMES:
        names = expect(facts[f"co_{name}"], tuple)
        checked[f"co_{name}"] = tuple(expect(one, str) for one in names)
    for name in ("co_name", "co_qualname"):
        checked[name] = expect(facts[name], str)
    checked["co_consts"] = tuple(
        CodeView(one) if type(one) is dict else one for one in expect(facts["co_consts"], tuple)
    )
    checked["co_filename"] = _readable(facts["co_filename"], facts["lines"])
    return checked


def _readable(file: Any, text: Any) -> str:
    """Make a learner's source text known to :mod:`linecache`; return the name it has there.

    The name is one that no file, no module and no cell of the test has.
    """
    name = f"<learner: {''.join(c for c in expect(file, str)[-80:] if c.isprintable())}>"
    lines = expect(text, str)[:_LONGEST].splitlines(keepends=True)
    if lines:
        linecache.cache[name] = (len(text), None, lines, name)
    return name


_LONGEST = 1 << 20


def signature_of(function: Any) -> Any:
    """Return a signature for the other side: plain values, in lists."""
    signature = inspect.signature(function)
    parameters = [
        (p.name, int(p.kind), _given(p.default), _given(p.annotation))
        for p in signature.parameters.values()
    ]
    return (tuple(parameters), _given(signature.return_annotation))


def signature_from(told: Any) -> inspect.Signature:
    """Return the signature that the other side told."""
    try:
        parameters, result = told
        return inspect.Signature(
            [
                inspect.Parameter(
                    expect(name, str),
                    inspect._ParameterKind(kind),
                    default=_taken(default),
                    annotation=_taken(annotation),
                )
                for name, kind, default, annotation in parameters
            ],
            return_annotation=_taken(result),
        )
    except (TypeError, ValueError) as error:
        raise MalformedError(f"no signature: {error}") from error


def _given(value: Any) -> tuple[Any, ...]:
    return () if value is inspect.Parameter.empty else (value,)


def _taken(told: Any) -> Any:
    return fields(list(told), 1)[0] if told else inspect.Parameter.empty
