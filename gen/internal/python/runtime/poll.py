"""Polling a task: a core without I/O, and its loops."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Awaitable
from typing import Callable, Optional, Union

# errspec:copy


class StandinPollError(Exception):
    """Polling stopped before the task ended. The outcome of the task is unknown: it may
    still be running, may have finished, and may have been charged. Poll it again; do
    not submit it again. Therefore this is not a StandinError, and its cause is not.
    """

    def __init__(
        self, task_id: str = "", last: Optional[Task] = None, reason: str = ""
    ) -> None:
        super().__init__(task_id, last, reason)
        self.task_id = task_id
        self.last = last
        """The last response about the task, None if there was none."""
        self.reason = reason
        self.refusal: Optional[StandinError] = None
        """What the service responded to the last poll if it refused it."""

    def __str__(self) -> str:
        text = f"{_TABLE}: stopped polling task {_one_line(self.task_id)}"
        return f"{text}: {_one_line(self.reason)}" if self.reason else text


class Poll:
    """Decides what to do after each poll of a task. It does no I/O itself and can be
    used with any client and event loop; see `wait_for_task`.
    """

    def __init__(
        self, task_id: str, *, every: float = _POLL_INTERVAL, max_failures: int = 5
    ) -> None:
        self.task_id = task_id
        self.every = every
        self.max_failures = max_failures
        self.last: Optional[Task] = None
        self._failures = 0
        self._seen = False  # whether a response was about the task
        if not task_id:
            raise self.stopped("the task has no ID")

    def received(self, task: Task) -> Optional[float]:
        """Records the response to a poll. Returns the pause in seconds before the next
        one, or None if the task has completed. Raises StandinError if it has failed.
        """
        mismatch = _mismatch(task, self.task_id)
        if mismatch:
            return self.failed(mismatch)
        self.last = task
        error = task.error
        if _status_of(task) == "" and error is not None:
            return self.failed(error)  # an error of the poll
        if error is not None:
            raise error
        if task.done:
            return None
        self._failures, self._seen = 0, True
        return self._pause(None)

    def failed(self, error: Union[BaseException, str]) -> float:
        """Records a failed poll. Returns the pause in seconds before the next one.
        Raises StandinPollError after too many in a row, and if the service would
        refuse another poll.
        """
        self._failures += 1
        inner = error if isinstance(error, BaseException) else None
        refusal = _refusal_in(inner)
        refused = refusal is not None and (refusal.http_status != 404 or self._seen)
        found = error_in(inner)
        if refused or self._failures >= self.max_failures:
            raise self.stopped(error)
        return self._pause(found)

    def stopped(self, error: Union[BaseException, str]) -> StandinPollError:
        """Returns the exception for a task that is no longer polled."""
        stopped = StandinPollError(self.task_id, self.last, str(error))
        stopped.__suppress_context__ = True
        if isinstance(error, BaseException):
            stopped.reason = str(error) or type(error).__name__
            stopped.args = (self.task_id, self.last, stopped.reason)
            stopped.refusal = _refusal_in(error)
            if error_in(error) is None:
                stopped.__cause__ = error
        return stopped

    def _pause(self, error: Optional[StandinError]) -> float:
        pause = self.every * random.uniform(0.9, 1.1)
        if error is None or error.retry_after > _BACKOFF_CAP:
            return pause
        return max(pause, error.retry_after)


def wait_for_task(
    get: Callable[[str], Task],
    task_id: str,
    *,
    timeout: Optional[float] = None,
    every: float = _POLL_INTERVAL,
    max_failures: int = 5,
    on_poll: Optional[Callable[[Task], object]] = None,
) -> Task:
    """Polls a task until it has ended: immediately, and then at every interval, plus or
    minus 10%. get requests the status of the task once; on_poll is called with every
    response about the task. Returns the completed task.

    Raises StandinError if the task failed, which is final, and StandinPollError if
    polling stopped before the task ended: after timeout seconds, after max_failures
    consecutive failed polls, and if the service refuses a poll with an HTTP status from
    400 to 499. HTTP 408, 425 and 429 are failed polls, and so is 404 before any response
    about the task.
    """
    deadline = math.inf if timeout is None else time.monotonic() + timeout
    poll = Poll(task_id, every=every, max_failures=max_failures)
    while True:
        try:
            task = get(task_id)
        except Exception as error:
            pause = poll.failed(error)
        else:
            if on_poll is not None and not _mismatch(task, task_id):
                on_poll(task)
            following = poll.received(task)
            if following is None:
                return task
            pause = following
        if time.monotonic() + pause >= deadline:
            raise poll.stopped(TimeoutError("the timeout has passed"))
        time.sleep(pause)


async def wait_for_task_async(
    get: Callable[[str], Awaitable[Task]],
    task_id: str,
    *,
    timeout: Optional[float] = None,
    every: float = _POLL_INTERVAL,
    max_failures: int = 5,
    on_poll: Optional[Callable[[Task], object]] = None,
) -> Task:
    """Polls a task as `wait_for_task` does, with asyncio. A cancellation ends it at
    once, so that asyncio.timeout and asyncio.wait_for bound it.
    """
    import asyncio

    deadline = math.inf if timeout is None else time.monotonic() + timeout
    poll = Poll(task_id, every=every, max_failures=max_failures)
    while True:
        try:
            task = await get(task_id)
        except Exception as error:  # asyncio.CancelledError is not an Exception
            pause = poll.failed(error)
        else:
            if on_poll is not None and not _mismatch(task, task_id):
                on_poll(task)
            following = poll.received(task)
            if following is None:
                return task
            pause = following
        if time.monotonic() + pause >= deadline:
            raise poll.stopped(TimeoutError("the timeout has passed"))
        await asyncio.sleep(pause)


def _mismatch(task: object, task_id: str) -> str:
    """Returns the reason why a response is not about a task, or ""."""
    if not isinstance(task, Task):
        return "get did not return a Task"
    own, status = _id_of(task), _status_of(task)
    if own and own != task_id:
        return f"the response is about another task, {_one_line(own)}"
    if not own and status and task.error is not None:
        return "the response is about a failed task without an ID"
    if not own and not status and task.error is None:
        return "the response is not a task: it has neither an ID nor a status"
    return ""


def _refusal_in(error: Optional[BaseException]) -> Optional[StandinError]:
    """Returns the error of a request that the service refused, or None. A request that
    was only too early or too slow is not refused.
    """
    found = error_in(error)
    if found is None or not 400 <= found.http_status <= 499:
        return None
    return None if found.http_status in (408, 425, 429) else found
