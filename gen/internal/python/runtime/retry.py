"""Whether and when a request may be retried."""

from __future__ import annotations

import random
import time
from typing import Callable, Literal, Optional

# errspec:copy


def next_pause(
    error: Optional[BaseException],
    attempt: int,
    *,
    attempts: int = _BACKOFF_ATTEMPTS,
    cap: float = _BACKOFF_CAP,
    deadline: Optional[float] = None,
    allow: Optional[Callable[[Decision], bool]] = None,
    rand: Callable[[], float] = random.random,
) -> Optional[float]:
    """Returns the pause in seconds before a request is retried automatically, or None if
    clients must not retry it automatically. Compare the result with None: 0.0 is a
    pause. This function submits nothing. Every retry is a new submission, which is
    charged again if the work is paid.

    attempt is the number of submissions so far, at least 1, and error is the exception
    of the last one. The result is None

    - if a branch of the exception contains no StandinError: without a response, the
      request may still be carried out and charged,
    - if a timeout or a cancellation is part of it,
    - if it contains a StandinPollError: the task may still be running,  # errspec:if poll
    - if a decision is not automatic, or allow forbids the retry,
    - if no attempts are left,
    - if the pause would exceed cap, or pass deadline, a time of time.monotonic().

    The pause is a random duration from the wait of the decision, or the backoff of the
    table if the decision has no wait. It grows with each attempt and is never shorter
    than the wait that the service requested.
    """
    found = _decide_retry(error, attempt, attempts, cap, allow)
    if found is None:
        return None
    pause = found.pause(attempt, cap, rand)
    if deadline is not None and time.monotonic() + pause >= deadline:
        return None
    return pause


class _Summary:
    """The combined meaning of all errors in an exception."""

    def __init__(
        self,
        error: Optional[BaseException],
        allow: Optional[Callable[[Decision], bool]],
    ) -> None:
        self.automatic = True  # whether clients may retry automatically
        self.allowed = True  # whether the caller does not forbid it
        self.low = self.high = 0.0  # the longest wait
        self.retry_after = 0.0  # the longest that the service requested
        self.refused = False  # whether one is of a request, not of a failed task
        # errspec:if id
        self.task = ""
        # errspec:end
        # errspec:if conflict
        self.conflict = False  # whether the key belongs to another request
        # errspec:end
        self._allow = allow
        # Whether it is known that the request came to nothing:
        self.settled = _each_error(error, self._add)
        self.failed = False  # whether all are of a failed task
        # errspec:if task
        self.failed = self.settled and not self.refused
        # errspec:end
        # errspec:if id
        self.failed = self.failed and self.task != ""
        # errspec:end

    def _add(self, error: StandinError) -> bool:
        decision = error.decision
        self.automatic = self.automatic and decision.automatic
        if decision.automatic and self._allow is not None:
            self.allowed = self._allow(decision) and self.allowed
        if decision.wait is not None:
            self.low = max(self.low, decision.wait.min)
            self.high = max(self.high, decision.wait.max)
        self.retry_after = max(self.retry_after, error.retry_after)
        self.refused = self.refused or error.http_status != 0
        # errspec:if id
        self.task = error.task_id
        # errspec:end
        # errspec:if conflict
        self.conflict = self.conflict or _index(error.code) in _CONFLICT
        # errspec:end
        return _is_settled(error)

    def pause(self, attempt: int, cap: float, rand: Callable[[], float]) -> float:
        """Returns the pause after an attempt."""
        growth = _BACKOFF_MULTIPLIER ** min(attempt - 1, 1000)
        if self.high <= 0:
            pause = min(_BACKOFF_INITIAL * growth, cap)
        else:
            low, high = min(self.low * growth, cap), min(self.high * growth, cap)
            pause = low + min(max(rand(), 0.0), 1.0) * (high - low)
        return max(pause, self.retry_after)


def _decide_retry(
    error: Optional[BaseException],
    attempt: int,
    attempts: int,
    cap: float,
    allow: Optional[Callable[[Decision], bool]],
) -> Optional[_Summary]:
    """Returns the meaning of an exception that allows another attempt, or None."""
    if not 1 <= attempt < attempts:
        return None
    found = _Summary(error, allow)
    # A wait above the cap forbids the retry: after a shorter one it would be too early.
    too_long = max(found.low, found.retry_after) > cap
    allowed = found.settled and found.automatic and found.allowed
    return found if allowed and not too_long else None


Reason = Literal[
    "",
    "done",
    "not_automatic",
    "outcome_unknown",
    "attempts_used",
    "deadline",
    "too_long",
    "forbidden",
]
"""Why `Attempts.again` returned False: "done", no error was reported; "not_automatic",
clients must not retry automatically; "outcome_unknown", the request may be carried out
and charged; "attempts_used"; "deadline", before the retry, again may be called again;
"too_long", the wait would exceed the cap; "forbidden" by allow; "" if it did not.
"""
