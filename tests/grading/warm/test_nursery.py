"""A fork server with a thread of its own, for callers in any other."""

import asyncio
import signal
import socket
import threading
from collections.abc import Iterator

import pytest

from course.grading.confine import Unconfined
from course.grading.warm import Warm, WarmError
from course.grading.warm.nursery import Nursery
from tests.grading.warm.forks import processes, server

pytestmark = pytest.mark.kernel

SOON = 30.0


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    found = Nursery(server(Unconfined()))
    found.started.result(60)
    yield found
    found.close()


def test_every_end_is_told_even_of_children_that_end_at_once(nursery: Nursery) -> None:
    for _ in range(100):
        control, theirs = socket.socketpair()
        with theirs:
            forked = nursery.fork(theirs, theirs)
            control.close()  # so it has nothing to do
            _pid, end = forked.result(SOON)
        assert "ChannelClosedError" in end.result(SOON).status


def test_many_threads_may_ask_at_once(nursery: Nursery) -> None:
    ends: list[str] = []

    def one() -> None:
        control, theirs = socket.socketpair()
        with control, theirs:
            pid, end = nursery.fork(theirs, theirs).result(SOON)
            nursery.call(lambda warm: warm.signal(pid, signal.SIGKILL)).result(SOON)
            ends.append(end.result(SOON).status)

    threads = [threading.Thread(target=one) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ends == ["stopped by the grader"] * 10


def test_who_waits_no_longer_takes_nothing_from_others(nursery: Nursery) -> None:
    async def main() -> str:
        control, theirs = socket.socketpair()
        with theirs:
            pid, end = await asyncio.wrap_future(nursery.fork(theirs, theirs))
        with control:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(asyncio.wrap_future(end), 0.01)
            await asyncio.wrap_future(nursery.call(lambda warm: warm.signal(pid, signal.SIGKILL)))
            return (await asyncio.wait_for(asyncio.wrap_future(end), SOON)).status

    assert asyncio.run(main()) == "stopped by the grader"


def test_errors_of_calls_are_the_callers(nursery: Nursery) -> None:
    with pytest.raises(ZeroDivisionError):
        nursery.call(lambda _: 1 / 0).result(SOON)
    assert nursery.alive


def test_with_its_server_all_children_have_ended() -> None:
    nursery = Nursery(server(Unconfined()))
    control, theirs = socket.socketpair()
    with control, theirs:
        _pid, end = nursery.fork(theirs, theirs).result(60)

        def kill(warm: Warm) -> None:
            processes(warm)[0].kill()

        nursery.call(kill).result(SOON)
        assert end.result(SOON).code == -signal.SIGKILL
    nursery.close()
    assert not nursery.alive
    with pytest.raises(WarmError, match="has ended"):
        nursery.call(lambda _: None).result(SOON)


def test_a_server_that_does_not_start_is_an_error_for_who_asks() -> None:
    nursery = Nursery(server(Unconfined(), session="no_such_session"))
    with pytest.raises(WarmError, match="no_such_session"):
        nursery.started.result(60)
    with pytest.raises(WarmError):
        nursery.call(lambda warm: warm.clean()).result(SOON)
    nursery.close()
