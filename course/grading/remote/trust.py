"""What a learner's object may be asked about the test's own values: next to nothing.

An object that claims to equal everything must not pass a test. So no comparison of it with a
value of the test's ever reaches the learner's code: it is unequal, and in arithmetic, order and
membership it cannot be graded by machine. Two objects of the learner's may compare as they like.

Objects *made* by the test itself, by calling a class that it knows by a name written like one
(``Vector(1, 2)``), are what the test is about. These may meet plain values in arithmetic, in order
and as containers; not in equality.
"""

from collections.abc import Callable
from typing import Any

from course.grading.remote.errors import Unsupported
from course.grading.remote.mirror import ref_of
from course.grading.remote.refs import Ref
from course.grading.remote.specials import BINARY, COMPARISONS

__all__ = ["COMPARING", "Doubt", "judge", "judge_call", "know"]

Doubt = Callable[[str], None]

# Methods by which tables, arrays, texts and sets are compared.
COMPARING = frozenset(
    "equals identical compare eq ne lt le gt ge isin sub rsub subtract difference issubset"
    " issuperset isdisjoint symmetric_difference startswith endswith is_ almost_equals allclose"
    " array_equal".split()
)


def judge(ref: Ref, cls: type, name: str, operands: tuple[Any, ...], doubt: Doubt) -> Any:
    """Return ``...`` if a special method may be asked for; else its result, or Unsupported.

    ``doubt`` takes the reason why the cell may have failed for no fault of the learner's.
    """
    other = operands[0] if operands else None
    if name in ("__eq__", "__ne__"):
        if ref_of(other) is not None:
            return ...
        about = _about(cls)
        if about and (about["compares"] or about["data"]):
            doubt(_compared(cls, other))
        return NotImplemented
    if name == "__contains__":
        if ref.made or ref_of(other) is not None:
            return ...
        raise Unsupported(
            f"The test looks for {_kind(other)} in an object of the learner's class"
            f" {cls.__name__}, which it did not make itself. Only the learner's own code could"
            " say whether that is in it."
        )
    if (name in BINARY or name in COMPARISONS) and not ref.made and ref_of(other) is None:
        raise Unsupported(_compared(cls, other))
    return ...


def judge_call(owner: Any, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """Raise Unsupported if a method would compare the learner's object with a test's value."""
    ref = ref_of(owner)
    if name not in COMPARING or ref is None or ref.made or isinstance(owner, type):
        return
    if any(ref_of(value) is None for value in (*args, *kwargs.values())):
        raise Unsupported(
            f"The test asks an object of the learner's class {type(owner).__name__} itself,"
            f" by its method {name}(), how it compares with the test's value."
        )


def know(thing: Any, name: str) -> None:
    """Note that the test knows something by a name: as a class, if the name is written like one."""
    if isinstance(thing, type) and name.lstrip("_")[:1].isupper():
        ref = ref_of(thing)
        if ref is not None:
            ref.known = True


def _about(cls: type) -> Any:
    ref = ref_of(cls)
    return ref.about if ref is not None else None


def _kind(value: Any) -> str:
    return f"a value of type {type(value).__name__}"


def _compared(cls: type, other: Any) -> str:
    return (
        f"The test compares an object of the learner's class {cls.__name__} with {_kind(other)}."
        " Only the learner's own code could say how they compare."
    )
