"""What a reference that arrived stands for. How it is packed is told in :mod:`.references`."""

import enum
import types
from abc import abstractmethod
from typing import Any

from course.grading.remote import failures
from course.grading.remote.codec import Unpacker, expect, fields
from course.grading.remote.describe import IMMUTABLE, value_type
from course.grading.remote.errors import MalformedError
from course.grading.remote.functions import RemoteFunction
from course.grading.remote.generators import driver
from course.grading.remote.kinds import Kind
from course.grading.remote.mirror import attach, ref_of
from course.grading.remote.objects import Borrowed, Lent
from course.grading.remote.refs import Asker, Ref
from course.grading.remote.stand_ins import make_class
from course.grading.remote.twins import Twins

__all__ = ["Resolving"]


class Resolving:
    """The half of a side's view that reads; each side says for itself what it looks up."""

    def __init__(self, asker: Asker, *, first_twin: int) -> None:
        """Start with nothing; ``asker`` is what stand-ins ask through."""
        self.asker = asker
        self.twins = Twins(first_twin)
        self.lent = Lent()
        self.borrowed = Borrowed()

    # --- what each side decides ------------------------------------------------------------------

    @abstractmethod
    def shared(self, name: str) -> Any:
        """Return what a locked cell defined; MalformedError if nothing."""

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
    def own_class(self, name: Any) -> type | None:
        """Return this side's class of a name that the other side told, or None."""

    @abstractmethod
    def claimed(self, cls: type) -> type | None:
        """Return ``cls`` if what stands for its instances may say that it is one, else None."""

    @abstractmethod
    def real_base(self, base: type) -> type | None:
        """Return what to derive a stand-in from, for a base that was looked up here."""

    @abstractmethod
    def remote_module(self, ref: Ref, name: str) -> Any:
        """Return what stands for a module of the other side's own."""

    def arrived(self, cls: type) -> None:
        """Take note that something of a stand-in's class has come."""

    # --- reading ---------------------------------------------------------------------------------

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
                return RemoteFunction(ref, _function_facts(about))
            case "class":
                return make_class(self, ref, unpacker, about)
            case "object":
                cls = expect_class(unpacker(about))
                if ref_of(cls) is None:
                    raise MalformedError("expected an object of a class of the other side's")
                self.arrived(cls)
                return attach(object.__new__(cls), ref)
            case "generator" | "coroutine" | "async_generator":
                return driver(ref, kind, *(expect(name, str) for name in fields(about, 2)))
            case "module":
                return self.remote_module(ref, expect(about, str))
        raise MalformedError("expected a kind of object")

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


def _function_facts(about: Any) -> dict[str, Any]:
    """Return how a function was described, if it was."""
    expect(about, dict)
    texts = {key: expect(about.get(key), str) for key in ("type", "name", "qualname", "module")}
    doc = expect(about.get("doc"), str, type(None))
    return {**texts, "doc": doc, "library": about.get("library")}


_READERS: dict[Any, Any] = {
    "twin": lambda side, unpacker, operands: side.twins.value(*fields(operands, 1)),
    "mine": Resolving._mine,
    "yours": lambda side, unpacker, operands: side.lent.thing(*fields(operands, 1)),
    "keyed": Resolving._keyed,
    "shared": lambda side, unpacker, operands: side.shared(*fields(operands, 1)),
    "library": lambda side, unpacker, operands: side.look_up(*fields(operands, 2)),
    "module": lambda side, unpacker, operands: side.module_by_name(*fields(operands, 1)),
    "bound": Resolving._bound,
    "member": Resolving._member,
    "flags": Resolving._flags,
    "valued": Resolving._valued,
    "error": Resolving._error,
}
