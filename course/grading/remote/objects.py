"""What does not travel as data: referred to by number, on both sides.

Each side numbers the objects it lends to the other, and keeps them until the other side has no use
for them. A reference that comes home is the object itself again.
"""

import weakref
from collections import deque
from typing import Any

from course.grading.remote.errors import MalformedError
from course.grading.remote.mirror import ref_of
from course.grading.remote.refs import Ref

__all__ = ["Borrowed", "Lent"]


class Lent:
    """Objects of this side that the other side may refer to."""

    def __init__(self) -> None:
        """Start with none."""
        self._objects: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}
        self._next = 1
        self._fresh: list[int] = []

    def number(self, thing: Any) -> tuple[int, bool]:
        """Return the number of an object, and whether it is new."""
        number = self._numbers.get(id(thing))
        if number is not None:
            return number, False
        number, self._next = self._next, self._next + 1
        self._objects[number] = thing
        self._numbers[id(thing)] = number
        self._fresh.append(number)
        return number, True

    def settle(self, *, sent: bool) -> None:
        """Note that the new ones were described to the other side, or take them back."""
        if not sent:
            self.take_back(self._fresh)
        self._fresh.clear()

    def thing(self, number: Any) -> Any:
        """Return an object; MalformedError if none was lent by this number."""
        if type(number) is not int or number not in self._objects:
            raise MalformedError("expected an object of the other side's")
        return self._objects[number]

    def take_back(self, numbers: Any) -> None:
        """Forget objects that the other side has done with."""
        for number in numbers:
            thing = self._objects.pop(number, None)
            if thing is not None:
                del self._numbers[id(thing)]


class Borrowed:
    """What stands here for objects of the other side, as long as somebody has it."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._about: dict[int, Any] = {}
        self._alive: dict[int, weakref.ref[Any]] = {}
        self._dead: deque[int] = deque()
        self._declined: list[int] = []

    def get(self, number: int) -> Any:
        """Return what stands for an object, or None if nobody has it any more."""
        thing = self._watched(number)
        return None if type(thing) is Ref else thing

    def ref(self, number: int) -> Ref | None:
        """Return the Ref of what stands for an object, if that is all that can be watched."""
        thing = self._watched(number)
        return thing if type(thing) is Ref else None

    def about(self, number: Any) -> Any:
        """Return how an object was described; MalformedError if it never was."""
        if type(number) is not int or number not in self._about:
            raise MalformedError("expected an object that was described before")
        return self._about[number]

    def add(self, number: int, about: Any, stand_in: Any) -> None:
        """Note what stands for an object from now on."""
        self._about[number] = about
        try:
            self._watch(number, stand_in)
        except TypeError:  # some subclasses of tuple and int cannot be watched: their Ref can
            self._watch(number, ref_of(stand_in))

    def decline(self, number: int) -> None:
        """Have no use for an object that came with its value."""
        self._declined.append(number)

    def _watched(self, number: int) -> Any:
        alive = self._alive.get(number)
        return None if alive is None else alive()

    def _watch(self, number: int, thing: Any) -> None:
        self._alive[number] = weakref.ref(thing, lambda _: self._dead.append(number))

    def done_with(self) -> list[int]:
        """Return the numbers of those that nobody has any more; they must be described anew."""
        numbers, self._declined = self._declined, []
        while self._dead:
            number = self._dead.popleft()
            alive = self._alive.get(number)
            if alive is not None and alive() is None:
                del self._alive[number], self._about[number]
                numbers.append(number)
        return numbers
