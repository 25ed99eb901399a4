"""Where submissions are executed, if not on this machine: on the workers of a Dask cluster.

They share neither a disk nor a database with this process, and never learn whose work it is: a job
goes out as bytes, a result comes back as bytes. A worker has a lane for each of its threads, and
keeps them until it closes, for the next run as well.

Dask moves code as pickles: whoever reaches the scheduler can run programs on its workers and here.
"""

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, wait
from dataclasses import replace
from functools import partial

from course import __version__
from course.answers import CourseError
from course.grading.confine import choose
from course.grading.job import Job, Limits, Result
from course.grading.lane import EXECUTOR, Lane
from course.grading.workers import LocalWorkers, Runner

__all__ = ["ClusterError", "ClusterWorkers", "lanes"]


class ClusterError(CourseError):
    """The cluster cannot run submissions; the message says why, and what to do."""


try:
    import dask
    from dask.base import tokenize
    from distributed import (
        Client,
        KilledWorker,
        Reschedule,
        Security,
        Worker,
        WorkerPlugin,
        get_worker,
    )
    from distributed.comm.core import connect
    from distributed.utils import sync
except ModuleNotFoundError as error:
    raise ClusterError(
        f"Grading on a Dask cluster needs a package that is not installed ({error.name}). "
        "Run: pip install 'lead-the-deal[cluster]'"
    ) from error

_ARRIVAL = 15.0  # seconds to wait for the scheduler, and for its first worker
_GLANCE = 2.0  # seconds between two looks at who is there
_RESUME = "What was graded is recorded; the same command again goes on from there."

# Called once on a worker; what it returns makes the runner of each of its threads.
Prepare = Callable[[], Callable[[], Runner]]


def lanes(
    *, unconfined: bool = False, limits: Limits | None = None, modules: Sequence[str] = ()
) -> Callable[[], Runner]:
    """Return what makes lanes here, in the best jail of this machine.

    ``unconfined`` states that submissions are trusted; the others are as in :class:`Lane`.
    NoConfinementError if no jail works.
    """
    return partial(Lane, jail=choose(unconfined=unconfined), limits=limits, modules=modules)


class ClusterWorkers:
    """The threads of all workers that a Dask scheduler has, those that join later included.

    What a worker had to do when it died is done by another one. A submission that took several
    workers along (the scheduler's ``allowed-failures``) has failed.
    """

    def __init__(
        self, address: str, prepare: Prepare, *, name: str = EXECUTOR, patience: float = 120.0
    ) -> None:
        """Connect; ClusterError if there is no scheduler at ``address``, or it has no workers.

        ``prepare`` is a function that is installed on the workers, or a ``partial`` of one, such as
        of :func:`lanes`. A run that has had no worker at all for ``patience`` seconds ends.
        """
        self.name = name
        self._address = address
        self._patience = patience
        self._execute = partial(_execute, prepare, f"course-grading-{tokenize(prepare)}")
        self._given: Mapping[str, bytes] = {}
        self._shared: object = {}
        self._sent: dict[Future[Result], tuple[str, float]] = {}
        # Dask warns of large tasks: their data should be sent beforehand. But what was sent
        # beforehand is lost with its worker, and a task is not.
        dask.config.set({"distributed.admin.large-graph-warning-threshold": "1TiB"})
        self._client = self._connect()
        self._executor = self._client.get_executor(pure=False)
        self.slots = self._threads()
        self._closing = threading.Event()
        self._lookout = threading.Thread(target=self._look, daemon=True)
        self._lookout.start()

    def submit(self, student: str, job: Job) -> Future[Result]:
        """Have a job run by the next thread that is free, anywhere."""
        future: Future[Result] = Future()
        future.set_running_or_notify_cancel()  # nothing is taken back but by closing
        self._sent[future] = (student, time.monotonic())
        try:
            self._send(job).add_done_callback(partial(self._done, future))
        except Exception as error:  # Dask has no error of its own for a connection that is closed
            self._settle(future, self._lost(f"{type(error).__name__}: {error}"))
        return future

    def _send(self, job: Job) -> Future[bytes]:
        # The instructor's files, which every submission has, go to each worker once.
        if job.given != self._given:
            self._given = job.given
            self._shared = self._client.submit(dict, dict(job.given), pure=False)
        same = tuple(name for name, data in job.files.items() if job.given.get(name) == data)
        own = {name: data for name, data in job.files.items() if name not in same}
        data = replace(job, files=own, given={}).to_bytes()
        task: Future[bytes] = self._executor.submit(
            self._execute, __version__, data, same, self._shared
        )
        return task

    def running(self) -> dict[str, float]:
        """Return whose work was sent first, as many as run at once, each with the seconds since."""
        now = time.monotonic()
        oldest = list(self._sent.values())[: self.slots]
        return {student: now - sent for student, sent in oldest}

    def close(self, *, now: bool = False) -> None:
        """Disconnect. Workers keep their lanes; with ``now`` they drop what they have not begun."""
        if not now:
            wait(list(self._sent))
        self._closing.set()
        self._lookout.join()
        with contextlib.suppress(Exception):  # as above; there is nothing left to say
            self._executor.shutdown(wait=False)  # tells the workers to forget the rest
        self._client.close()
        for future in list(self._sent):
            self._settle(future, ClusterError("The run was ended."))

    def _connect(self) -> Client:
        try:
            # First by hand: a Client that cannot connect is never closed, and may block the next.
            asyncio.run(_reach(self._address))
            client = Client(self._address, timeout=_ARRIVAL, set_as_default=False)
        except (OSError, TypeError, ValueError) as error:  # no address; TLS without keys
            raise ClusterError(
                f"No Dask scheduler can be reached at {self._address}: {error}. "
                "Start one with `dask scheduler`, and give --scheduler the address it prints."
            ) from error
        try:
            client.wait_for_workers(1, timeout=_ARRIVAL)
        except TimeoutError as error:
            client.close()
            raise ClusterError(
                f"The Dask scheduler at {self._address} has no workers. Start at least one: "
                f"dask worker {self._address}"
            ) from error
        # Beforehand: a worker that lacks the package ends when it is sent a task of ours.
        for worker, found in client.run(_version, on_error="return").items():
            if found != __version__:
                client.close()
                raise _unlike(worker, found)
        return client

    def _threads(self) -> int:
        return sum(self._client.nthreads().values())

    def _look(self) -> None:
        """Keep count of the threads; end the run if there have been none for long."""
        seen = time.monotonic()
        while not self._closing.wait(_GLANCE):
            with contextlib.suppress(Exception):  # the connection: Dask itself ends all tasks then
                if threads := self._threads():
                    self.slots = threads
                    seen = time.monotonic()
            if time.monotonic() - seen > self._patience:
                reason = f"it has had no worker for {self._patience:g} seconds"
                for future in list(self._sent):
                    self._settle(future, self._lost(reason))

    def _lost(self, reason: str) -> ClusterError:
        return ClusterError(
            f"The Dask scheduler at {self._address} was lost on the way: {reason}. {_RESUME}"
        )

    def _done(self, future: Future[Result], task: Future[bytes]) -> None:
        """Make a task's end the future's."""
        if task.cancelled():
            return self._settle(future, self._lost("the connection broke"))
        match task.exception():
            case None:
                return self._settle(future, Result.from_bytes(task.result()))
            case KilledWorker() as killed:
                reason = f"{killed.allowed_failures + 1} workers died while they had it."
                return self._settle(future, Result("failed", reason=reason, executor=self.name))
            case ClusterError() as said:
                return self._settle(future, said)
            case error:
                return self._settle(
                    future,
                    ClusterError(
                        f"A Dask worker could not run a submission: {type(error).__name__}: "
                        f"{error}. {_RESUME}"
                    ),
                )

    def _settle(self, future: Future[Result], end: Result | ClusterError) -> None:
        if self._sent.pop(future, None) is None:
            return  # it was given up before
        if isinstance(end, Result):
            future.set_result(end)
        else:
            future.set_exception(end)


async def _reach(address: str) -> None:
    """Connect once; OSError if nobody is there, ValueError if ``address`` is none."""
    options = Security().get_connection_args("client")
    comm = await connect(address, timeout=_ARRIVAL, **options)
    await comm.close()


# ------------------------------------------------------------------ on a worker


def _version() -> str:
    return __version__


def _unlike(worker: str, found: object, version: str = __version__) -> ClusterError:
    return ClusterError(
        f"The Dask worker at {worker} must have version {version} of lead-the-deal, as the machine "
        f"that sends it submissions; it answers: {found}. Install that version there."
    )


def _unable(worker: Worker, error: Exception) -> ClusterError:
    return ClusterError(
        f"The Dask worker at {worker.address} cannot run submissions: {error} {_RESUME}"
    )


class _Lanes(WorkerPlugin):
    """A worker's lanes: a plugin, because Dask tells those when the worker closes."""

    def __init__(self, prepare: Prepare, threads: int) -> None:
        self.workers = LocalWorkers(prepare(), slots=threads, name=EXECUTOR)
        self.closing = False

    async def teardown(self, worker: Worker) -> None:
        self.closing = True
        await asyncio.to_thread(self.workers.close, now=True)


_preparing = threading.Lock()


def _execute(
    prepare: Prepare,
    name: str,
    version: str,
    data: bytes,
    same: tuple[str, ...],
    given: Mapping[str, bytes],
) -> bytes:
    """Run a job on this worker. ``same`` are files that are as in ``given``."""
    worker = get_worker()
    if version != __version__:  # it joined later, or would have been found out
        raise _unlike(worker.address, __version__, version)
    job = Job.from_bytes(data)
    job = replace(job, files={**{one: given[one] for one in same}, **job.files}, given=given)
    try:
        lanes = _lanes_of(worker, prepare, name)
    except Exception as error:
        raise _unable(worker, error) from error
    try:
        result = lanes.workers.submit(str(worker.get_current_task()), job).result()
    except Exception as error:
        if not lanes.closing:
            sync(worker.loop, worker.plugin_remove, name)  # the next job tries anew
            raise _unable(worker, error) from error
    if lanes.closing:  # what a lane says that is closed on the way is no result
        raise Reschedule
    return result.to_bytes()


def _lanes_of(worker: Worker, prepare: Prepare, name: str) -> _Lanes:
    with _preparing:
        if name not in worker.plugins:
            plugin = _Lanes(prepare, worker.state.nthreads)
            sync(worker.loop, worker.plugin_add, plugin, name)
        found = worker.plugins[name]
    assert isinstance(found, _Lanes)
    return found
