"""Special methods: which of them cross between the sides, and in what company.

What is not named here does not exist for the other side. Left out on purpose are the protocols by
which libraries would take a learner's word for data (``__array_interface__`` names an address in
memory), or hand over the very comparison that a test makes (``__array_ufunc__``).
"""

from collections.abc import Callable
from typing import Any

__all__ = ["ATTRIBUTES", "BINARY", "COMPARISONS", "SPECIALS", "special_of"]

COMPARISONS = frozenset({"__lt__", "__le__", "__gt__", "__ge__"})
_ARITHMETIC = (
    "add sub mul matmul truediv floordiv mod divmod pow lshift rshift and xor or"
).split()
BINARY = frozenset(f"__{way}{name}__" for name in _ARITHMETIC for way in ("", "r", "i"))
_UNARY = frozenset(
    f"__{name}__"
    for name in (
        "neg pos abs invert round trunc floor ceil int float complex index bool str repr format"
        " bytes hash len fspath array copy deepcopy dir"
    ).split()
)
_CONTAINER = frozenset(
    f"__{name}__"
    for name in "contains getitem setitem delitem iter next reversed length_hint call".split()
)
_CONTEXT = frozenset(f"__{name}__" for name in "enter exit aenter aexit await aiter anext".split())
SPECIALS = BINARY | COMPARISONS | _UNARY | _CONTAINER | _CONTEXT | {"__eq__", "__ne__"}

# Other names with two underscores that a test may ask for.
ATTRIBUTES = SPECIALS | frozenset(
    f"__{name}__"
    for name in (
        "all annotations bases closure code dataclass_fields dataclass_params defaults dict doc"
        " file func init kwdefaults match_args members module name new post_init qualname self"
        " slots version wrapped get set delete set_name isabstractmethod"
    ).split()
)


def special_of(owner: Any, name: str) -> Callable[..., Any]:
    """Return a special method as the interpreter finds it: the class's, bound to ``owner``."""
    cls = type(owner)
    for base in cls.__mro__:
        if name in vars(base):
            found = vars(base)[name]
            bind = getattr(type(found), "__get__", None)
            return bind(found, owner, cls) if bind else found  # type: ignore[no-any-return]
    raise AttributeError(f"type object {cls.__name__!r} has no attribute {name!r}")
