"""Generators and coroutines of the other side: real ones here, that go on over there.

So they are lazy, take what is sent or thrown into them, and pass for what they are.
"""

from collections.abc import AsyncGenerator, Coroutine, Generator
from typing import Any

from course.grading.remote.mirror import note_stand_in
from course.grading.remote.refs import Ref

__all__ = ["driver"]


def driver(ref: Ref, kind: str, name: str, qualname: str) -> Any:
    """Return what stands for a generator, a coroutine or an asynchronous generator."""
    drive: Any = {
        "generator": _generator,
        "coroutine": _coroutine,
        "async_generator": _async_generator,
    }[kind]
    made = drive(ref)
    made.__name__, made.__qualname__ = name, qualname
    note_stand_in(made, ref)
    return made


def _generator(ref: Ref) -> Generator[Any, Any, Any]:
    __tracebackhide__ = True
    step: tuple[str, Any] = ("send", None)
    while True:
        try:
            value = ref.asker.ask("step", ref, *step)
        except StopIteration as stop:
            return stop.value
        try:
            step = ("send", (yield value))
        except GeneratorExit:
            ref.asker.close(ref)
            raise
        except BaseException as error:
            step = ("throw", error)


async def _coroutine(ref: Ref) -> Coroutine[Any, Any, Any]:
    __tracebackhide__ = True
    return ref.asker.ask("await", ref)  # type: ignore[no-any-return]


async def _async_generator(ref: Ref) -> AsyncGenerator[Any, Any]:
    __tracebackhide__ = True
    while True:
        try:
            value = ref.asker.ask("anext", ref)
        except StopAsyncIteration:
            return
        yield value
