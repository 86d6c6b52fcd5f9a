"""Run a function over many jobs, in order, on threads, processes or another engine's workers."""

from __future__ import annotations

import os
import pickle
import signal
from collections import deque
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TYPE_CHECKING, Generic, Literal, TypeAlias, TypeVar

from geo_events.errors import InvalidInputError, WorkerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["Engine", "check_workers", "run_in_order"]

Engine: TypeAlias = Literal["threads", "processes"] | Executor

_AHEAD = 3  # jobs that wait for each worker, so that none is idle and memory stays bounded
_OTHERS = 16  # workers that another engine is taken to have, where that is not said
_Job = TypeVar("_Job")
_Result = TypeVar("_Result")


def check_workers(workers: int | None) -> int | None:
    """Return the number of workers; None where it is left to us."""
    if workers is None:
        return None
    if not isinstance(workers, int) or isinstance(workers, bool) or workers < 1:
        raise InvalidInputError(f"workers: expected a whole number from 1; got {workers!r}")
    return workers


def run_in_order(
    work: Callable[[_Job], _Result],
    jobs: Iterable[_Job],
    *,
    executor: Engine,
    workers: int | None,
    split: Callable[[_Job], list[_Job]],
    lose: Callable[[_Job], _Result],
) -> Iterator[_Result]:
    """Run a function over jobs and yield what it returns, in the order of the jobs.

    Parameters
    ----------
    work : callable
        What to do; with processes and other engines it and its jobs must be picklable.
    jobs : iterable
        Taken one by one, only a few more than there are workers.
    executor : {"threads", "processes"} or concurrent.futures.Executor
        Where to run.
    workers : int or None
        How many; by default the processor's cores.
    split : callable
        Parts a job into smaller ones, or returns it alone: what a job that kills its worker
        process is parted into, to find the culprit.
    lose : callable
        Gives the result of a job that cannot be parted and kills its worker every time.

    Yields
    ------
    object
        One result for each job (or each part of one), once.

    Raises
    ------
    WorkerError
        When worker processes cannot be started.
    InvalidInputError
        For another executor.
    """
    count = check_workers(workers) or _count_cores()
    if executor == "processes":
        _check_picklable(work)
        yield from _Processes(work, count, split, lose).run(jobs)
    elif executor == "threads":
        with ThreadPoolExecutor(count, thread_name_prefix="geo_events") as pool:
            yield from _run(pool, work, jobs, count)
    elif isinstance(executor, Executor):
        yield from _run(executor, work, jobs, workers or _OTHERS)
    else:
        raise InvalidInputError(
            "executor: expected 'threads', 'processes' or a concurrent.futures.Executor; "
            f"got {executor!r}"
        )


def _check_picklable(work: object) -> None:
    """Refuse what cannot travel to another process, such as a function made inside another."""
    try:
        pickle.dumps(work)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise InvalidInputError(
            f"executor: what is given cannot be sent to another process ({error}); define "
            "functions at the top of a module, or use threads"
        ) from error


def _count_cores() -> int:
    """Return how many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _run(
    pool: Executor, work: Callable[[_Job], _Result], jobs: Iterable[_Job], workers: int
) -> Iterator[_Result]:
    """Keep a few jobs waiting; when the caller stops, those that have not begun are dropped."""
    waiting: deque[Future[_Result]] = deque()
    try:
        for job in jobs:
            waiting.append(pool.submit(work, job))
            if len(waiting) >= workers * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


class _Processes(Generic[_Job, _Result]):
    """Worker processes that are started anew when one of them dies."""

    def __init__(
        self,
        work: Callable[[_Job], _Result],
        workers: int,
        split: Callable[[_Job], list[_Job]],
        lose: Callable[[_Job], _Result],
    ) -> None:
        self._work, self._workers, self._split, self._lose = work, workers, split, lose
        self._pool: ProcessPoolExecutor | None = None
        self._deaths = 0  # since the last result
        self._waiting: deque[_Job] = deque()
        self._futures: deque[Future[_Result]] = deque()

    def run(self, jobs: Iterable[_Job]) -> Iterator[_Result]:
        """Run all jobs; those that a dead worker had not finished are run again."""
        source = iter(jobs)
        try:
            while True:
                self._submit(source)
                if not self._waiting:
                    return
                try:
                    result = self._futures[0].result()
                except BrokenProcessPool:
                    self._deaths += 1
                    self._stop()
                    if self._deaths < 2:
                        continue
                    parts = self._split(self._waiting[0])
                    if len(parts) > 1:
                        self._waiting.popleft()
                        self._waiting.extendleft(reversed(parts))
                        self._deaths = 1
                        continue
                    result = self._lose(self._waiting[0])
                else:
                    self._futures.popleft()
                self._deaths = 0
                self._waiting.popleft()
                yield result
        finally:
            self._stop()

    def _submit(self, source: Iterator[_Job]) -> None:
        """Hand out what waits: all, or after a death the first alone, to find the culprit."""
        if self._pool is None:
            self._pool = self._start()
        while len(self._waiting) < self._workers * _AHEAD:
            try:
                self._waiting.append(next(source))
            except StopIteration:
                break
        most = 1 if self._deaths else len(self._waiting)
        for job in list(self._waiting)[len(self._futures) : most]:
            try:
                self._futures.append(self._pool.submit(self._work, job))
            except BrokenProcessPool:
                return  # a worker died just now: the first future tells

    def _start(self) -> ProcessPoolExecutor:
        """Start all workers and wait until one answers."""
        pool = ProcessPoolExecutor(self._workers, get_context("spawn"), initializer=_ignore_ctrl_c)
        with _holding_ctrl_c():
            answers = [pool.submit(os.getpid) for _ in range(self._workers)]
        try:
            answers[0].result()
        except BrokenProcessPool as error:
            raise WorkerError(
                "the worker processes do not start. In a script, put what calls this under "
                "'if __name__ == \"__main__\":'; where there is no script file, use threads"
            ) from error
        return pool

    def _stop(self) -> None:
        """End the workers at once, whatever they do."""
        self._futures.clear()
        pool, self._pool = self._pool, None
        if pool is None:
            return
        workers = list((pool._processes or {}).values())  # noqa: SLF001 - public only from 3.14 on
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.terminate()


@contextmanager
def _holding_ctrl_c() -> Iterator[None]:
    """Hold Ctrl-C back for a moment; processes that begin meanwhile hold it back for good."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _ignore_ctrl_c() -> None:
    """Leave Ctrl-C to the main process, which ends the workers itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
