"""The loop of a forked child: it answers the lane, and attends to other sockets meanwhile."""

import contextlib
import select
from collections.abc import Callable, Mapping
from typing import Any

from course.grading.job import Ran
from course.grading.sessions.interrupts import ignore_interrupts, interruptible
from course.grading.wire import Channel, WireError

__all__ = ["Attend", "Operation", "answer", "serve"]

Operation = Callable[[dict[str, Any]], dict[str, Any]]
Attend = Callable[[], None]


def serve(
    control: Channel,
    operations: Mapping[str, Operation],
    others: Mapping[Channel, Attend] | None = None,
) -> None:
    """Answer each message on ``control`` by the operation that its ``op`` names, until ``end``.

    ``others`` are channels to attend to between two messages: when something arrives on one, its
    function is called, interruptibly. One whose other side is gone is not attended to any more.
    Returns as well when the other side of ``control`` is gone, or says what is no message (nobody
    is left who could make use of an answer), and when no operations are left.
    """
    watched = dict(others or {})
    ignore_interrupts()
    with contextlib.suppress(WireError):
        while operations:
            for channel in _ready([*watched, control]):
                if channel is control:
                    message = control.receive()
                    operation = message.get("op") if isinstance(message, dict) else None
                    if not isinstance(operation, str) or operation not in operations:
                        return
                    control.send(operations[operation](message))
                elif not _attend(watched[channel]):
                    del watched[channel]


def answer(ran: Ran, index: int) -> dict[str, Any]:
    """Return the answer to ``run``: what the cell with this index did."""
    return {
        "index": index,
        "outputs": list(ran.outputs),
        "count": ran.execution_count,
        "seconds": ran.seconds,
        "problem": ran.problem,
        "reason": ran.reason,
    }


def _attend(call: Attend) -> bool:
    with interruptible():
        try:
            call()
        except WireError:
            return False
    return True


def _ready(channels: list[Channel]) -> list[Channel]:
    """Return the channels that have something to say, and wait until there is one."""
    said = [channel for channel in channels if channel.pending]
    return said or select.select(channels, [], [])[0]
