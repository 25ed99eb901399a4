"""Exceptions: raised on one side, caught on the other, with the lines where it happened."""

import builtins
import linecache
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from course.grading.remote.codec import Packer, Unpacker, expect, fields
from course.grading.remote.errors import MalformedError, NotSendableError
from course.grading.remote.mirror import Remote, RemoteType

__all__ = ["Label", "base_of", "pack_error", "show", "unpack_error"]

Label = Callable[[str], str]

_HERE = str(Path(__file__).parent)
_LINES = "__learners_lines__"  # in an error's dict, until it is shown
_MOST_LINES = 20
_LONGEST_LINE = 200
_MOST_CAUSES = 5
_ATTRIBUTES = ("name", "path")  # of built-in errors, besides what their constructor takes


def pack_error(
    packer: Packer, error: BaseException, label: Label | None, depth: int = 0
) -> list[Any]:
    """Return an exception packed: class, arguments, attributes, notes, cause, context, lines.

    ``label`` turns the name of a source file into what a reader knows it by; without it no lines
    are told.
    """
    base = base_of(type(error))
    made = base.__reduce__(error)
    state = made[2] if len(made) > 2 and isinstance(made[2], dict) else {}
    notes = state.get("__notes__")
    state = {key: state[key] for key in state if type(key) is str and not key.startswith("__")}
    for name in _ATTRIBUTES:
        if isinstance(error, NameError | AttributeError | ImportError) and hasattr(base, name):
            state.setdefault(name, getattr(base, name).__get__(error))
    causes: list[Any] = [None, None]
    if depth < _MOST_CAUSES:
        causes = [
            cause and pack_error(packer, cause, label, depth + 1)
            for cause in (error.__cause__, error.__context__)
        ]
    return [
        packer(type(error)),
        _sendable(packer, made[1]),
        [[name, _sendable(packer, value)] for name, value in state.items()],
        [str(note) for note in notes] if isinstance(notes, list) else [],
        *causes,
        bool(error.__suppress_context__),
        list(_lines(error.__traceback__, label)) if label else [],
    ]


def unpack_error(unpacker: Unpacker, packed: Any) -> BaseException:
    """Return an exception that was packed; no constructor but a built-in one is called."""
    kind, args, state, notes, cause, context, suppress, lines = fields(packed, 8)
    cls = unpacker(kind)
    if not (isinstance(cls, type) and issubclass(cls, BaseException)):
        raise MalformedError("expected the class of an exception")
    base = base_of(cls)
    arguments = expect(unpacker(args), tuple)
    try:
        error: BaseException = base.__new__(cls, *arguments)
        base.__init__(error, *arguments)
    except TypeError:  # arguments of the class's own
        error = BaseException.__new__(cls, *arguments)
    attributes = object.__getattribute__(error, "__dict__")
    for name, value in (fields(one, 2) for one in expect(state, list)):
        if expect(name, str) in _ATTRIBUTES and hasattr(base, name):
            getattr(base, name).__set__(error, unpacker(value))
        elif not name.startswith("__"):
            attributes[name] = unpacker(value)
    for note in expect(notes, list):
        error.add_note(expect(note, str))
    error.__cause__ = None if cause is None else unpack_error(unpacker, cause)
    error.__context__ = None if context is None else unpack_error(unpacker, context)
    error.__suppress_context__ = expect(suppress, bool)
    attributes[_LINES] = _shown(expect(lines, list))
    return error


def base_of(cls: type) -> Any:
    """Return the built-in class that an exception class derives from."""
    return next(
        base
        for base in type.mro(cls)
        if base.__module__ == "builtins"
        and vars(builtins).get(base.__name__) is base
        and not issubclass(type(base), RemoteType)
        and base is not Remote
    )


def _sendable(packer: Packer, value: Any) -> Any:
    try:
        return packer(value)
    except NotSendableError:
        return packer(tuple(repr(one)[:200] for one in value) if type(value) is tuple else None)


def _lines(traceback: types.TracebackType | None, label: Label) -> Iterator[list[Any]]:
    """Yield where an error passed: file, line, function, and what stands there."""
    passed = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if not code.co_filename.startswith(_HERE):
            passed.append((code.co_filename, traceback.tb_lineno or 0, code.co_name))
        traceback = traceback.tb_next
    if len(passed) > _MOST_LINES:
        passed = passed[:2] + passed[2 - _MOST_LINES :]
    for file, line, name in passed:
        yield [label(file), line, name, linecache.getline(file, line).strip()[:_LONGEST_LINE]]


def _shown(lines: list[Any]) -> str:
    """Return where an error passed as text, like a traceback."""
    text = []
    for line in lines[:_MOST_LINES]:
        file, number, name, source = (expect(part, str, int) for part in fields(line, 4))
        text.append(f"  {file}, line {number}, in {name}")
        text += [f"    {source}"] if source else []
    return "\n".join(text)


def show(error: BaseException | None, depth: int = 0) -> None:
    """Prepare an error to be shown: with lines of the learner's, without those of this package."""
    if error is None or depth > _MOST_CAUSES:
        return
    held = object.__getattribute__(error, "__dict__")
    lines = held.pop(_LINES, None)
    if lines:
        error.add_note(f"In the learner's code:\n{lines}")
    before: Any = types.SimpleNamespace(tb_next=error.__traceback__)
    first = before
    while before.tb_next is not None:
        if before.tb_next.tb_frame.f_code.co_filename.startswith(_HERE):
            before.tb_next = before.tb_next.tb_next
        else:
            before = before.tb_next
    error.__traceback__ = first.tb_next
    for cause in (error.__cause__, error.__context__):
        show(cause, depth + 1)
