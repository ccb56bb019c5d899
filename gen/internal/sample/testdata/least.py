"""Submit requests, poll their tasks, and retry only where that is allowed.

Requires only Python 3.9. Times are in seconds.
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
MAX_FAILED_POLLS = 5  # consecutive
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
    """The task may be running or charged: poll it again, do not submit it again."""

    def __init__(self, task_id, reason):
        super().__init__(f"stopped polling task {task_id}: {reason}")
        self.task_id = task_id


def generate(url, key, request, timeout):
    """Submit a request and return its completed task.

    Every submission is charged, and no listed code allows automatic retries.
    """
    return poll(submit(url, key, request), key, time.monotonic() + timeout)


def submit(url, key, request):
    """Submit a request once and return the ID of its task."""
    body = json.dumps(request).encode()
    try:
        status, retry_after, data = call(url, key, body)
    except (OSError, HTTPException, ValueError) as error:
        # Only the response was lost. The request may have arrived.
        raise OutcomeUnknown(f"no response to the submission: {error}") from error
    task_id = field(data, "id")
    if 200 <= status < 300 and task_id:
        return task_id
    code = field(data, "code")
    if code == str(status):
        code = ""  # only repeats the status
    # After any other status, the request may be running, with any code.
    if not code or status == 408 or not 400 <= status < 500:
        raise OutcomeUnknown(f"HTTP {status} leaves the outcome open")
    message = ""
    raise TaskError(code, message, retry_after=retry_after)


def poll(task_id, key, deadline):
    """Poll a task until it ends, and return it if it is completed.

    The deadline is a time.monotonic() time.
    """
    failures, seen = 0, False  # seen: a response was about the task
    while True:
        try:
            url = TASK_URL.replace("{id}", quote(task_id, safe=""))
            status, retry_after, data = call(url, key, None)
            problem = f"HTTP {status}"
        except (OSError, HTTPException, ValueError) as error:
            status, retry_after, data, problem = 0, 0, None, str(error)
        found = state = ""
        if 200 <= status < 300:
            found = field(data, "id")
            state = field(data, "status")
        # A response about another task is a failed poll.
        is_own = found == task_id or not found and state and state not in FAILED
        if is_own and state in COMPLETED:
            return data
        if is_own and state in FAILED:  # final: polling it again cannot succeed
            code = field(data, "code")
            message = ""
            raise TaskError(code, message, task_id, retry_after)
        # Any other status: the task is still running. A failed poll, with any code,
        # does not reveal the outcome and must never lead to a retry.
        if is_own and (state or not field(data, "code")):
            failures, seen = 0, True
        else:
            failures += 1
            if refused(status) and (seen or status != 404):
                raise PollError(task_id, f"the poll was refused: {problem}")
            if failures == MAX_FAILED_POLLS:
                raise PollError(task_id, f"{failures} polls failed: {problem}")
        pause = POLL_INTERVAL * random.uniform(0.9, 1.1)
        if retry_after <= MAX_PAUSE:
            pause = max(pause, retry_after)
        if time.monotonic() + pause >= deadline:
            raise PollError(task_id, "out of time")
        time.sleep(pause)


def refused(status):
    """Report whether the service would also refuse another poll."""
    return 400 <= status < 500 and status not in (408, 425, 429)


def call(url, key, body):
    """Send one HTTP request and return its status, Retry-After and JSON."""
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
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    return response.status, seconds(response.headers.get("Retry-After", "")), data


def seconds(retry_after):
    """Read a Retry-After header: seconds, or an HTTP date in GMT."""
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", retry_after):
        whole, _, fraction = retry_after.partition(".")
        return float(whole) + bool(fraction.strip("0"))  # rounded up
    try:
        date = parsedate_to_datetime(retry_after).replace(tzinfo=timezone.utc)
    except Exception:  # neither; the parser raises several types
        return 0
    return max(date.timestamp() - time.time(), 0)


def field(data, *keys):
    """Return the text at a path, or "" if it has no text. Codes may be numbers."""
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    if isinstance(data, int) and not isinstance(data, bool):
        data = str(data)
    return data if isinstance(data, str) else ""
