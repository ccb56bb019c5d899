"""Submits requests, waits for their tasks, and repeats only what may be repeated.

Needs Python 3.9 and nothing else. Times are in seconds.
"""

import json
import random
import re
import time
from datetime import timezone
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

TASK_URL = "https://api.e.test/tasks/{id}"
POLL_INTERVAL = 3
MAX_FAILED_POLLS = 5  # in a row
MAX_PAUSE = 600  # before a poll or an attempt
COMPLETED = ["completed"]
FAILED = ["failed"]


class TaskError(Exception):
    """The service rejected the request, or the task failed. Both are final."""

    def __init__(self, code, message, task_id="", retry_after=0):
        super().__init__(f"{code or 'no code'}: {message}")
        self.code, self.message = code, message
        self.task_id, self.retry_after = task_id, retry_after


class OutcomeUnknown(Exception):
    """The request may have been processed and charged: do not submit it again."""


class PollError(Exception):
    """The outcome is unknown; the task may be charged: poll it again by its ID."""

    def __init__(self, task_id, reason):
        super().__init__(f"stopped polling task {task_id}: {reason}")
        self.task_id = task_id


def generate(url, key, request, timeout):
    """Submits a request and returns its completed task.

    Every submission is charged, and no listed code allows automatic retries.
    """
    return watch(submit(url, key, request), key, time.monotonic() + timeout)


def submit(url, key, request):
    """Submits a request once and returns the ID of its task."""
    body = json.dumps(request).encode()
    try:
        status, retry_after, answer = call(url, key, body)
    except (OSError, HTTPException, ValueError) as error:
        # Only the response was lost. The request may have arrived.
        raise OutcomeUnknown(f"no response to the submission: {error}") from error
    task_id = field(answer, "id")
    if 200 <= status < 300 and task_id:
        return task_id
    code = field(answer, "code")
    if code == str(status):
        code = ""  # just the status, not a code
    # Whatever its code, another answer leaves open whether the service went on.
    if not code or status == 408 or not 400 <= status < 500:
        raise OutcomeUnknown(f"HTTP {status} leaves open how the submission ended")
    message = ""
    raise TaskError(code, message, retry_after=retry_after)


def watch(task_id, key, deadline):
    """Polls a task until it ends, and returns it completed.

    The deadline is a time.monotonic() time.
    """
    failures, seen = 0, False  # seen: a response was about the task
    while True:
        try:
            url = TASK_URL.replace("{id}", quote(task_id, safe=""))
            status, retry_after, answer = call(url, key, None)
            problem = f"HTTP {status}"
        except (OSError, HTTPException, ValueError) as error:
            status, retry_after, answer, problem = 0, 0, None, str(error)
        found = state = ""
        if 200 <= status < 300:
            found = field(answer, "id")
            state = field(answer, "status")
        # A response about another task is a failed poll.
        is_own = found == task_id or not found and state and state not in FAILED
        if is_own and state in COMPLETED:
            return answer
        if is_own and state in FAILED:  # final: polling it again cannot succeed
            code = field(answer, "code")
            message = ""
            raise TaskError(code, message, task_id, retry_after)
        # Any other status: the task is still running. A failed poll, whatever its code,
        # does not reveal the outcome and must never lead to a retry.
        if is_own and (state or not field(answer, "code")):
            failures, seen = 0, True
        else:
            failures += 1
            if refused(status) and (seen or status != 404):
                raise PollError(task_id, f"the poll was refused: {problem}")
            if failures == MAX_FAILED_POLLS:
                raise PollError(task_id, f"{failures} polls in a row failed: {problem}")
        pause = POLL_INTERVAL * random.uniform(0.9, 1.1)
        if retry_after <= MAX_PAUSE:
            pause = max(pause, retry_after)
        if time.monotonic() + pause >= deadline:
            raise PollError(task_id, "out of time")
        time.sleep(pause)


def refused(status):
    """Report whether an HTTP status is a refusal that another poll does not change."""
    return 400 <= status < 500 and status not in (408, 425, 429)


def call(url, key, body):
    """Sends one HTTP request; returns its status, its Retry-After and its JSON."""
    request = Request(url, body, {"Content-Type": "application/json"})
    # Unredirected, so that the key is not sent to another host after a redirect.
    request.add_unredirected_header("Authorization", f"Bearer {key}")
    try:
        response = urlopen(request, timeout=30)
    except HTTPError as error:
        response = error  # also a response
    with response:
        text = response.read()
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        answer = None
    return response.status, seconds(response.headers.get("Retry-After", "")), answer


def seconds(retry_after):
    """Reads a Retry-After header: seconds, or an HTTP date, which is in GMT."""
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", retry_after):
        whole, _, fraction = retry_after.partition(".")
        return float(whole) + bool(fraction.strip("0"))  # rounded up
    try:
        date = parsedate_to_datetime(retry_after).replace(tzinfo=timezone.utc)
    except Exception:  # neither; the parser raises several types
        return 0
    return max(date.timestamp() - time.time(), 0)


def field(answer, *keys):
    """Returns the text at the keys, "" if there is none. Codes may be numbers."""
    for key in keys:
        answer = answer.get(key) if isinstance(answer, dict) else None
    if isinstance(answer, int) and not isinstance(answer, bool):
        answer = str(answer)
    return answer if isinstance(answer, str) else ""
