"""Attempts at work that is to be charged once."""

from __future__ import annotations

import math
import os
import random
import time
from typing import Callable, Optional, Union

# errspec:copy


class Attempts:
    """The submissions of one piece of work that is to be charged once. Create them
    outside the loop:

        work, error = Attempts(order_id), None
        while work.again(error):
            try:
                return submit(order)
            except Exception as failed:
                error = failed
        raise error

    work is the program's own ID of the work, such as that of an order; the attempts
    have a random ID without it. The other arguments are those of `next_pause`.
    keys enables idempotency keys, whose effect the service does not document.  # errspec:if optin
    """

    def __init__(
        self,
        work: str = "",
        *,
        attempts: int = _BACKOFF_ATTEMPTS,
        cap: float = _BACKOFF_CAP,
        allow: Optional[Callable[[Decision], bool]] = None,
        rand: Callable[[], float] = random.random,
        keys: bool = False,  # errspec:if optin
    ) -> None:
        self._attempts = attempts
        self._cap = cap
        self._allow = allow
        self._rand = rand
        self._seed: str = _hash("work", work) if work else ""
        self._named = work != ""
        # errspec:if keys
        self._keys = True
        # errspec:end
        # errspec:if optin
        self._keys = keys
        # errspec:end
        # errspec:if keys
        self._seed = self._seed or os.urandom(16).hex()
        self._key = 0  # number of the key, from 1
        self._since = 0  # when the key was submitted first, in nanoseconds since 1970
        self._keyed = False  # whether the last submission contains the key
        self._shared = False  # whether another run may submit further keys
        # errspec:end
        # errspec:if id
        self._task = ""
        # errspec:end
        self._submissions = 0
        self._open = False  # whether the last submission has not been reported
        self._resumed = False  # whether the last submission is one of an earlier run
        self._barred = False  # whether an earlier run, which may go on, sends no key
        self._unknown = False  # whether the request may be, or was, carried out
        self._failed = False  # whether the last submission ended in a failed task
        self._why: Reason = ""
        self._ended = False

    def again(
        self, error: Optional[BaseException] = None, deadline: Optional[float] = None
    ) -> bool:
        """Returns whether to submit the request, for the first time or as a retry, and
        waits before a retry. error is that of the last submission or of polling its
        task, None before the first submission. deadline is a time of time.monotonic().

        A retry is allowed if `next_pause` allows it, unless the outcome of an earlier
        submission is unknown: a later refusal does not settle it. After a submission
        with a key, a retry with the same key is allowed even then,  # errspec:if keys
        as long as the service keeps the key.  # errspec:if keys
        """
        pause = self._decide(error, deadline)
        if pause is None:
            return False
        if pause > 0:
            time.sleep(pause)
        return self._submit()

    async def again_async(
        self, error: Optional[BaseException] = None, deadline: Optional[float] = None
    ) -> bool:
        """Does what `again` does, with asyncio. After a cancellation during the wait,
        nothing counts as submitted.
        """
        import asyncio

        pause = self._decide(error, deadline)
        if pause is None:
            return False
        if pause > 0:
            await asyncio.sleep(pause)
        return self._submit()

    @property
    def why(self) -> Reason:
        """Why `again` returned False, "" if it did not."""
        return self._why

    def _decide(
        self, error: Optional[BaseException], deadline: Optional[float]
    ) -> Optional[float]:
        """Returns the pause before the next submission, or None without one."""
        if self._ended:
            return None
        found = self._report(error)
        pause = 0.0
        if self._submissions > 0:
            pause = found.pause(self._submissions, self._cap, self._rand)
            self._why = self._refusal(error, found, pause)
        limit = math.inf if deadline is None else deadline
        if not self._why and time.monotonic() + pause >= limit:
            self._why = "deadline"
        if self._why:
            self._ended = self._why not in ("deadline", "outcome_unknown")
            return None
        self._failed = found.failed
        return pause

    def _report(self, error: Optional[BaseException]) -> _Summary:
        """Records what an exception reveals about the last submission."""
        found = _Summary(error, self._allow)
        self._why, self._open = "", False
        if error is None:
            return found
        self._resumed = False
        if self._submissions == 0:
            self._submissions, self._unknown = 1, True  # made without again
        # errspec:if poll
        if not self._task:
            stopped = (e for e in _tree(error) if isinstance(e, StandinPollError))
            self._task = next((e.task_id for e in stopped), "")
        # errspec:end
        # errspec:if id
        if self._task and (found.task != self._task or found.refused):
            found.settled = found.failed = False  # the error is that of a poll
        # errspec:end
        if not found.settled:
            self._unknown = True
        elif found.failed:
            self._unknown = False
        return found

    def _refusal(
        self, error: Optional[BaseException], found: _Summary, pause: float
    ) -> Reason:
        """Returns why the request must not be submitted after a pause."""
        if error is None and not self._resumed:
            return "done"
        if not self._unknown and not found.automatic:
            return "not_automatic"
        repeatable = False
        # errspec:if keys
        if (self._unknown or self._shared) and self._is_expired(pause):
            return "outcome_unknown"
        repeatable = self._unknown and self._is_repeatable(found)
        # errspec:end
        if not repeatable and (self._unknown or self._barred):
            return "outcome_unknown"
        why = self._limit(found)
        return "outcome_unknown" if why and self._unknown else why

    def _limit(self, found: _Summary) -> Reason:
        """Returns why the settings forbid another submission."""
        if not found.allowed:
            return "forbidden"
        if self._submissions >= self._attempts:
            return "attempts_used"
        return "too_long" if max(found.low, found.retry_after) > self._cap else ""

    def _submit(self) -> bool:
        """Records another submission."""
        # errspec:if keys
        shared = self._unknown or self._shared
        if shared and self._submissions > 0 and self._is_expired(0):
            self._why = "outcome_unknown"  # the wait took longer
            return False
        if self._key == 0 or self._failed:
            self._key += 1
        first = self._key == 1 and self._submissions == 0
        if first or self._failed and not self._shared:
            self._since = time.time_ns()
        self._keyed = False
        # errspec:end
        # errspec:if id
        self._task = ""
        # errspec:end
        self._submissions += 1
        self._open, self._resumed = True, False
        return True

    # errspec:if id
    @property
    def task_id(self) -> str:
        """The ID of the task that the last submission started, "" if it is not known.
        Poll the task; do not submit the request again.
        """
        return self._task

    @task_id.setter
    def task_id(self, task_id: str) -> None:
        if self._submissions > 0:
            self._task = task_id

    # errspec:end
    # errspec:if keys
    @property
    def key(self) -> str:
        """The key of the last submission: 32 characters of 0-9 and a-f. It is "" before
        the first submission, and if keys are not enabled.

        Packages for other languages derive the same keys. Key n, from 1, is the start
        of a SHA-256 hash in hexadecimal; LF is a line feed:

            seed = hash("work" LF table LF work)
            key  = hash("key" LF table LF seed LF n)

        n increases only after a task that failed with key n.
        """
        if not self._key or not self._keys:
            return ""
        return _hash("key", f"{self._seed}\n{self._key}")

    def headers(self) -> dict[str, str]:
        """Returns the header with the key of this submission, {} if it has none. Send
        it with each submission, after `again` has returned True.
        """
        key = self.key
        if not key or not self._open:
            return {}
        self._keyed = True
        return {IDEMPOTENCY_HEADER: key}

    def _is_repeatable(self, found: _Summary) -> bool:
        """Returns whether the last submission, whose outcome is unknown, may be repeated
        with the same key: the service carries out the request once.
        """
        # errspec:if id
        if self._task:
            return False  # it can be polled
        # errspec:end
        # errspec:if conflict
        if found.conflict:
            return False
        # errspec:end
        usable = self._keyed and self.key != ""
        return usable and (not found.settled or found.automatic)

    def _is_expired(self, pause: float) -> bool:
        """Returns whether the service may have removed the key at the end of a pause. A
        tenth of the time that it keeps keys is left for slow requests and clocks.
        """
        age = (time.time_ns() - self._since) / 1e9
        return age < 0 or age >= _KEY_LIFE - _KEY_LIFE / 10 - pause

    # errspec:end
    def to_json(self) -> str:
        """Returns the attempts as JSON. Store it before each submission, after `again`.
        Packages for other languages read and write the same members.
        """
        return _attempts_json(self)

    def resume(self, stored: Union[str, bytes]) -> None:
        """Continues the attempts of an earlier run, which must be at the same work. A
        stored submission counts as submitted, and its outcome is unknown. Call it
        before the first `again`, which expects no error then.

        If the ID of the task is stored, poll it; see `task_id`.  # errspec:if id
        After a ValueError, `again` always returns False.
        """
        _resume(self, stored)
