"""Whether and when a request may be retried."""

from __future__ import annotations

import random
import time
from typing import Callable, Optional

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
    decided = _decide_retry(error, attempt, attempts, cap, allow)
    if decided is None:
        return None
    low, high, retry_after = decided
    growth = _BACKOFF_MULTIPLIER ** min(attempt - 1, 1000)
    if high <= 0:
        pause = min(_BACKOFF_INITIAL * growth, cap)
    else:
        low, high = min(low * growth, cap), min(high * growth, cap)
        fraction = rand()
        pause = low + min(max(fraction, 0.0), 1.0) * (high - low)
    pause = max(pause, retry_after)
    if deadline is not None and time.monotonic() + pause >= deadline:
        return None
    return pause


def _decide_retry(
    error: Optional[BaseException],
    attempt: int,
    attempts: int,
    cap: float,
    allow: Optional[Callable[[Decision], bool]],
) -> Optional[tuple[float, float, float]]:
    """Returns the wait after an exception and the wait that the service requested, each
    the longest of all errors in it. Returns None unless all allow another attempt.
    """
    if not 1 <= attempt < attempts:
        return None
    low = high = retry_after = 0.0

    def allows(e: StandinError) -> bool:
        nonlocal low, high, retry_after
        decision = e.decision
        if decision.wait is not None:
            low, high = max(low, decision.wait.min), max(high, decision.wait.max)
        retry_after = max(retry_after, e.retry_after)
        return decision.automatic and (allow is None or allow(decision))

    # A wait above the cap forbids the retry: after a shorter one it would be too early.
    if not _each_error(error, allows) or max(low, retry_after) > cap:
        return None
    return low, high, retry_after
