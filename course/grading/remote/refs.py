"""What a stand-in knows of the object that it stands for."""

from typing import Any, Protocol

__all__ = ["Asker", "Ref"]


class Asker(Protocol):
    """What a stand-in needs of its side."""

    def ask(self, what: str, *operands: Any) -> Any:
        """Have the other side do something; return the result, or raise what it raised."""

    def special(
        self, thing: Any, ref: "Ref", name: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Call a special method."""

    def attribute(self, thing: Any, ref: "Ref", name: str) -> Any:
        """Return an attribute."""

    def construct(
        self, cls: type, ref: "Ref", args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Call a class."""

    def call(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a function."""

    def close(self, ref: "Ref") -> None:
        """Close a generator."""


class Ref:
    """Which object of the other side something stands for.

    ``hash`` is the object's, if it came along. ``made`` tells that the test itself made it, by
    calling a class that it knows as one (``known``, of classes).
    """

    __slots__ = ("__weakref__", "about", "asker", "hash", "known", "made", "number")

    def __init__(self, asker: Asker, number: int, about: Any = None) -> None:
        """Refer to object ``number``."""
        self.asker = asker
        self.number = number
        self.about = about
        self.hash: int | None = None
        self.made = self.known = False
