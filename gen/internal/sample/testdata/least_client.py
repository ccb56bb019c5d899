"""Submit requests, poll their tasks, and retry only where that is allowed.

Requires only Python 3.9, and the package that errspec generate --python writes.
"""

import json
import time
from typing import Optional
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from least_errors import Attempts, Task, decode_task, wait_for_task

TASK_URL = "https://api.e.test/tasks/{id}"


def generate(work: str, url: str, key: str, request: object, timeout: float) -> Task:
    """Submit a request and return its completed task.

    work is your ID of the work, such as that of an order. Every submission is charged.
    It is retried only if the table allows it, and never after a lost response.

    After LeastPollError, the task may still be running: call poll with its task_id.
    explain(error) describes an error for people.
    """
    body = json.dumps(request).encode()
    deadline = time.monotonic() + timeout
    attempts = Attempts(work)
    error: Optional[Exception] = None
    while attempts.again(error, deadline):  # waits before a retry
        try:
            task = call(url, key, {}, body)
            attempts.task_id = task.id
            return poll(task.id, key, deadline - time.monotonic())
        except Exception as caught:
            error = caught
    raise error or TimeoutError("the timeout has passed")


def poll(task_id: str, key: str, timeout: float) -> Task:
    """Poll a task until it ends. A failed task is final: raise its error."""
    url = TASK_URL.replace("{id}", quote(task_id, safe=""))
    return wait_for_task(lambda _: call(url, key, {}, None), task_id, timeout=timeout)


def call(url: str, key: str, headers: dict[str, str], body: Optional[bytes]) -> Task:
    """Send one HTTP request."""
    headers = {"Content-Type": "application/json", **headers}
    request = Request(url, body, headers)
    # Unredirected, so that the key is not sent to another host after a redirect.
    request.add_unredirected_header("Authorization", f"Bearer {key}")
    try:
        response = urlopen(request, timeout=30)
    except HTTPError as error:
        response = error  # also a response
    with response:
        return decode_task(response.status, response.headers, response.read())
