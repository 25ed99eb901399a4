"""SIGINT: a KeyboardInterrupt while a learner's or a test's code runs, nothing at other times."""

import contextlib
import signal
from collections.abc import Iterator

__all__ = ["ignore_interrupts", "interruptible"]


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Let SIGINT raise a KeyboardInterrupt in here; one that nothing else took ends the block."""
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        yield
    except KeyboardInterrupt:
        pass
    finally:
        ignore_interrupts()


def ignore_interrupts() -> None:
    """Ignore SIGINT, and one that has just come as well."""
    while signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        with contextlib.suppress(KeyboardInterrupt):
            signal.signal(signal.SIGINT, signal.SIG_IGN)
