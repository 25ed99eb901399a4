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
from typing import Any, ClassVar

from course.grading.remote import (  # noqa: F401  # these make their kinds of values known
    buffers,
    containers,
    dice,
    failures,
    frames,
    library,
    plain,
)
from course.grading.remote.codec import Packer
from course.grading.remote.describe import (
    IMMUTABLE,
    describe_class,
    describe_function,
    value_type,
)
from course.grading.remote.functions import BoundMethod
from course.grading.remote.instances import INSTANCE, is_simple
from course.grading.remote.kinds import base_kind, kind_of
from course.grading.remote.mirror import ref_of
from course.grading.remote.refs import Ref
from course.grading.remote.resolving import Resolving

__all__ = ["References"]

_FUNCTIONS = (
    types.FunctionType,
    types.MethodType,
    types.BuiltinFunctionType,
    types.MethodWrapperType,
)
_LAZY = (types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType)


class References(Resolving):
    """What both sides have in common; each says for itself what it lends."""

    shows_lines: ClassVar[bool]  # whether the other side may see where in the code an error arose

    # --- what each side decides ------------------------------------------------------------------

    @abstractmethod
    def shared_name(self, thing: Any) -> str | None:
        """Return the name of a function or class that both sides have from a locked cell."""

    @abstractmethod
    def by_name(self, thing: Any) -> tuple[str, str] | None:
        """Return the name by which the other side is to look ``thing`` up itself, or None."""

    @abstractmethod
    def is_own_module(self, module: types.ModuleType) -> bool:
        """Whether a module is no library, so that the other side does not have it."""

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
        if self._is_data(cls):
            return ["twin", self.twins.number(value, INSTANCE)]
        base = base_kind(cls)
        if base is not None:
            return ["twin", self.twins.number(value, base)]
        held_type = value_type(cls)
        if held_type is not None:
            return self._refer_value(packer, value, held_type)
        return self._refer_thing(packer, value)

    def _is_data(self, cls: type) -> bool:
        """Whether both sides have a class, and all that its instances hold is attributes."""
        if self.shared_name(cls) is not None:
            return is_simple(cls)
        return library.is_record(cls) and self.by_name(cls) is not None

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
        return self._lend(
            packer, cls, "class", lambda: describe_class(packer, cls, library.name_of(cls))
        )

    def _refer_error(self, packer: Packer, error: BaseException) -> list[Any]:
        known = self.by_name(type(error)) or self.shared_name(type(error))
        number = None if known else self.lent.number(error)[0]
        label = self.label if self.shows_lines else None
        return ["error", number, *failures.pack_error(packer, error, label)]

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
        cls = type(value)
        known = self.shared_name(cls) is not None or self._is_data(cls)
        return [packer(cls), None if known else self.lent.number(value)[0]]


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
