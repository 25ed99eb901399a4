"""One side's view of both: what it lends, what it borrows, and the twins.

How something that is no data is packed (always a list; the first item says how to read it):

========= ======================= =====================================================
tag       operands                stands for
========= ======================= =====================================================
twin      number                  a value that can change
mine      number                  an object of the sender's; described beside, the first time
yours     number                  an object of the receiver's
keyed     packed, hash            what was packed, with its hash
shared    name                    a function or class that a locked cell defines on both sides
library   module, qualname        a class or function that both sides have
module    name                    a module that both sides have
bound     packed, name            a method of what was packed
member    class, name             a member of an enumeration
flags     class, value            a combination of an enumeration's flags
valued    class, value, number    an instance of a subclass of ``int``, ``tuple`` …
error     number, ...             an exception (:mod:`.failures`)
========= ======================= =====================================================
"""

import enum
import types
from abc import abstractmethod
from collections.abc import Callable
from typing import Any

from course.grading.remote import dice, failures, frames, plain  # noqa: F401  # kinds of values
from course.grading.remote.codec import Packer, Unpacker, expect, fields
from course.grading.remote.describe import (
    IMMUTABLE,
    describe_class,
    describe_function,
    value_type,
)
from course.grading.remote.errors import MalformedError
from course.grading.remote.functions import BoundMethod, RemoteFunction
from course.grading.remote.generators import driver
from course.grading.remote.instances import INSTANCE, is_simple
from course.grading.remote.kinds import Kind, base_kind, kind_of
from course.grading.remote.library import name_of
from course.grading.remote.mirror import Asker, Ref, attach, ref_of
from course.grading.remote.objects import Borrowed, Lent
from course.grading.remote.stand_ins import make_class
from course.grading.remote.twins import Twins

__all__ = ["References"]

_FUNCTIONS = (
    types.FunctionType,
    types.MethodType,
    types.BuiltinFunctionType,
    types.MethodWrapperType,
)
_LAZY = (types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType)


class References:
    """What both sides have in common; each says for itself what it lends and looks up."""

    def __init__(self, asker: Asker, *, first_twin: int) -> None:
        """Start with nothing; ``asker`` is what stand-ins ask through."""
        self.asker = asker
        self.twins = Twins(first_twin)
        self.lent = Lent()
        self.borrowed = Borrowed()

    # --- what each side decides ------------------------------------------------------------------

    @abstractmethod
    def shared_name(self, thing: Any) -> str | None:
        """Return the name of a function or class that both sides have from a locked cell."""

    @abstractmethod
    def shared(self, name: str) -> Any:
        """Return what a locked cell defined; MalformedError if nothing."""

    @abstractmethod
    def by_name(self, thing: Any) -> tuple[str, str] | None:
        """Return the name by which the other side is to look ``thing`` up itself, or None."""

    @abstractmethod
    def look_up(self, module: Any, qualname: Any) -> Any:
        """Return what the other side meant by a name; MalformedError if nothing."""

    @abstractmethod
    def method_of(self, owner: Any, name: str) -> Any:
        """Return a method of a value or object of this side; MalformedError if it is not lent."""

    @abstractmethod
    def module_by_name(self, name: str) -> types.ModuleType:
        """Return a module; MalformedError if there is none to give."""

    @abstractmethod
    def is_own_module(self, module: types.ModuleType) -> bool:
        """Whether a module is no library, so that the other side does not have it."""

    @abstractmethod
    def real_base(self, base: type) -> type | None:
        """Return what to derive a stand-in from, for a base that was looked up here."""

    @abstractmethod
    def label(self, file: str) -> str:
        """Return what a reader knows a source file by."""

    # --- packing ---------------------------------------------------------------------------------

    def refer(self, packer: Packer, value: Any) -> list[Any]:
        """Return what stands for a value that is no data."""
        kind = kind_of(value)
        if kind is not None:
            return ["twin", self.twins.number(value, kind)]
        packed = self._refer(packer, value)
        return ["keyed", packed, hash(value)] if packer.keyed else packed

    def _refer(self, packer: Packer, value: Any) -> list[Any]:
        ref = value if type(value) is Ref else ref_of(value)
        if ref is not None:
            return ["yours", ref.number]
        cls = type(value)
        if issubclass(cls, type):  # list[int] would say that it is one, too
            return self._refer_class(packer, value)
        if cls is BoundMethod:
            return ["bound", packer(value.__self__), value._name]
        if isinstance(value, enum.Enum) and isinstance(cls, enum.EnumType):
            name = value._name_
            if name in cls.__members__:
                return ["member", packer(cls), name]
            return ["flags", packer(cls), packer(value._value_)]
        if isinstance(value, types.ModuleType):
            if not self.is_own_module(value):
                return ["module", value.__name__]
            return self._lend(packer, value, "module", lambda: str(value.__name__))
        if issubclass(cls, BaseException):
            return self._refer_error(packer, value)
        if self.shared_name(cls) is not None and is_simple(cls):
            return ["twin", self.twins.number(value, INSTANCE)]
        base = base_kind(cls)
        if base is not None:
            return ["twin", self.twins.number(value, base)]
        held_type = value_type(cls)
        if held_type is not None:
            return self._refer_value(packer, value, held_type)
        return self._refer_thing(packer, value)

    def _refer_thing(self, packer: Packer, value: Any) -> list[Any]:
        cls = type(value)
        if callable(value):
            name = self.shared_name(value)
            if name is not None:
                return ["shared", name]
            known = self.by_name(value)
            if known is not None:
                return ["library", *known]
        if cls in _FUNCTIONS:
            owner = getattr(value, "__self__", None)
            ours = type(owner).__module__ in ("builtins", "_io")
            if cls is types.BuiltinFunctionType and ours and type(owner) is not types.ModuleType:
                return ["bound", packer(owner), value.__name__]
            return self._lend(packer, value, "function", lambda: describe_function(value))
        if cls in _LAZY:
            names = [str(value.__name__), str(value.__qualname__)]
            return self._lend(packer, value, cls.__name__, lambda: names)
        return self._lend(packer, value, "object", lambda: self._lend_class(packer, cls))

    def _refer_class(self, packer: Packer, cls: type) -> list[Any]:
        name = self.shared_name(cls)
        if name is not None:
            return ["shared", name]
        known = self.by_name(cls)
        if known is not None:
            return ["library", *known]
        return self._lend_class(packer, cls)

    def _lend_class(self, packer: Packer, cls: type) -> list[Any]:
        return self._lend(packer, cls, "class", lambda: describe_class(packer, cls, name_of(cls)))

    def _refer_error(self, packer: Packer, error: BaseException) -> list[Any]:
        known = self.by_name(type(error)) or self.shared_name(type(error))
        number = None if known else self.lent.number(error)[0]
        return ["error", number, *failures.pack_error(packer, error, self.label)]

    def _refer_value(self, packer: Packer, value: Any, held_type: Any) -> list[Any]:
        held = _HELD[held_type](value)
        number = None if self.shared_name(type(value)) else self.lent.number(value)[0]
        return ["valued", packer(type(value)), packer(held), number]

    def _lend(
        self, packer: Packer, thing: Any, kind: str, describe: Callable[[], Any]
    ) -> list[Any]:
        number, new = self.lent.number(thing)
        if new:
            packer.described[number] = [kind, describe()]
        return ["mine", number]

    def describe_twin(self, packer: Packer, value: Any) -> Any:
        """Return what a twin is besides its kind: its class, and its number as a lent object."""
        if kind_of(value) is not None or ref_of(value) is not None:
            return None
        number = None if self.shared_name(type(value)) else self.lent.number(value)[0]
        return [packer(type(value)), number]

    # --- unpacking -------------------------------------------------------------------------------

    def resolve(self, unpacker: Unpacker, packed: list[Any]) -> Any:
        """Return what a reference stands for."""
        tag, *operands = packed
        read = _READERS.get(tag)
        if read is None:
            raise MalformedError(f"expected a packed value, got one tagged {tag[:40]!r}")
        return read(self, unpacker, operands)

    def make_twin(self, unpacker: Unpacker, kind: Kind, packed: Any, about: Any) -> Any:
        """Return an empty twin, described by :meth:`describe_twin` of the other side."""
        if about is None:
            return kind.make(None, packed)
        kind_class, number = fields(about, 2)
        cls = expect_class(unpacker(kind_class))
        known = None if number is None else self.borrowed.get(expect(number, int))
        if known is not None:
            return known
        value = kind.make(cls, packed)
        if number is not None:
            self._borrow_value(number, about, value)
        return value

    def _borrow_value(self, number: int, about: Any, value: Any) -> Any:
        if ref_of(type(value)) is None:  # its class is no stand-in, so neither is the value
            self.borrowed.decline(number)
            return value
        ref = self.borrowed.ref(number) or Ref(self.asker, number)
        attach(value, ref)
        self.borrowed.add(number, about, value)
        return value

    def _mine(self, unpacker: Unpacker, operands: list[Any]) -> Any:
        number = expect(fields(operands, 1)[0], int)
        known = self.borrowed.get(number)
        if known is not None:
            return known
        described = unpacker.described.get(number) or self.borrowed.about(number)
        made = self._stand_in(unpacker, number, *fields(described, 2))
        self.borrowed.add(number, described, made)
        return made

    def _stand_in(self, unpacker: Unpacker, number: int, kind: Any, about: Any) -> Any:
        ref = Ref(self.asker, number)
        match kind:
            case "function":
                return RemoteFunction(ref, about)
            case "class":
                return make_class(self, ref, unpacker, about)
            case "object":
                cls = expect_class(unpacker(about))
                if ref_of(cls) is None:
                    raise MalformedError("expected an object of a class of the other side's")
                return attach(object.__new__(cls), ref)
            case "generator" | "coroutine" | "async_generator":
                return driver(ref, kind, *(expect(name, str) for name in fields(about, 2)))
            case "module":
                return self.remote_module(ref, expect(about, str))
        raise MalformedError("expected a kind of object")

    @abstractmethod
    def remote_module(self, ref: Ref, name: str) -> Any:
        """Return what stands for a module of the other side's own."""

    def _keyed(self, unpacker: Unpacker, operands: list[Any]) -> Any:
        packed, number = fields(operands, 2)
        value = unpacker(packed)
        ref = ref_of(value)
        if ref is not None:
            ref.hash = expect(number, int)
        return value

    def _bound(self, unpacker: Unpacker, operands: list[Any]) -> Any:
        owner, name = fields(operands, 2)
        return self.method_of(unpacker(owner), expect(name, str))

    def _member(self, unpacker: Unpacker, operands: list[Any]) -> Any:
        cls, name = fields(operands, 2)
        return self._enumeration(unpacker(cls)).__members__[expect(name, str)]

    def _flags(self, unpacker: Unpacker, operands: list[Any]) -> Any:
        cls, value = fields(operands, 2)
        return self._enumeration(unpacker(cls))(unpacker(value))

    @staticmethod
    def _enumeration(cls: Any) -> Any:
        if not isinstance(cls, enum.EnumType):
            raise MalformedError("expected an enumeration")
        return cls

    def _valued(self, unpacker: Unpacker, operands: list[Any]) -> Any:
        cls, held, number = fields(operands, 3)
        cls, held = expect_class(unpacker(cls)), unpacker(held)
        held_type: Any = value_type(cls)
        if held_type not in IMMUTABLE or type(held) is not held_type:
            raise MalformedError("expected an instance with the value it holds")
        known = None if number is None else self.borrowed.get(expect(number, int))
        if known is not None:
            return known
        value = held_type.__new__(cls, held)
        return value if number is None else self._borrow_value(number, operands, value)

    def _error(self, unpacker: Unpacker, operands: list[Any]) -> Any:
        number, *packed = operands
        error = failures.unpack_error(unpacker, packed)
        if number is None:
            return error
        known = self.borrowed.get(expect(number, int))
        if known is not None:
            return known
        return self._borrow_value(number, operands, error)


def expect_class(value: Any) -> type:
    """Return a class; MalformedError if it is none."""
    if not isinstance(value, type):
        raise MalformedError("expected a class")
    return value


# The value that an instance of a subclass holds, whatever its class says of itself.
_HELD: dict[type, Any] = {
    int: int.__int__,
    float: float.__float__,
    complex: complex.__complex__,
    str: str.__str__,
    bytes: lambda value: bytes.__getnewargs__(value)[0],
    tuple: lambda value: tuple(tuple.__iter__(value)),
    frozenset: lambda value: frozenset(frozenset.__iter__(value)),
}
assert set(_HELD) == set(IMMUTABLE)
_READERS: dict[Any, Any] = {
    "twin": lambda side, unpacker, operands: side.twins.value(*fields(operands, 1)),
    "mine": References._mine,
    "yours": lambda side, unpacker, operands: side.lent.thing(*fields(operands, 1)),
    "keyed": References._keyed,
    "shared": lambda side, unpacker, operands: side.shared(*fields(operands, 1)),
    "library": lambda side, unpacker, operands: side.look_up(*fields(operands, 2)),
    "module": lambda side, unpacker, operands: side.module_by_name(*fields(operands, 1)),
    "bound": References._bound,
    "member": References._member,
    "flags": References._flags,
    "valued": References._valued,
    "error": References._error,
}
