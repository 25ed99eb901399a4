"""Signals at the wrong moment: between a message and what it means."""

import signal
from typing import Self

__all__ = ["Uninterrupted"]

_SIGNALS = {signal.SIGINT, signal.SIGALRM, signal.SIGVTALRM, signal.SIGIO}


class Uninterrupted:
    """No signal's handler runs in here: half a message would be the end of the conversation.

    They run when it is left. Not for use inside of itself. Threads that were started without this
    may still be chosen to take a signal of the process.
    """

    def __enter__(self) -> Self:
        """Block signals."""
        try:
            signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        except BaseException:  # a handler ran that had been due before
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Let them come."""
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
