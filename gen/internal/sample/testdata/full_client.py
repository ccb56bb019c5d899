"""Submit requests, poll their tasks, and retry only where that is allowed.

Requires only Python 3.9, and the package that errspec generate --python writes.
"""

import json
import time
from typing import Optional
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from full_errors import Attempts, Task, decode_task, wait_for_task

TASK_URL = "https://api.e.test/jobs?id={id}&full=1"


def generate(work: str, url: str, request: object, timeout: float) -> Task:
    """Submit a request and return its completed task.

    work is your ID of the work, such as that of an order. Every submission is charged.
    It is retried only if the table allows it. After a lost response, it is retried with
    the same key if Attempts(work, keys=True) enables keys.

    After ClientPollError, the task may still be running: call poll with its task_id.
    explain(error) describes an error for people.
    """
    body = json.dumps(request).encode()
    deadline = time.monotonic() + timeout
    attempts = Attempts(work)
    error: Optional[Exception] = None
    while attempts.again(error, deadline):  # waits before a retry
        try:
            task = call(url, attempts.headers(), body)
            attempts.task_id = task.data_job_id
            return poll(task.data_job_id, deadline - time.monotonic())
        except Exception as caught:
            error = caught
    raise error or TimeoutError("the timeout has passed")


def poll(task_id: str, timeout: float) -> Task:
    """Poll a task until it ends. A failed task is final: raise its error."""
    url = TASK_URL.replace("{id}", quote(task_id, safe=""))
    return wait_for_task(lambda _: call(url, {}, None), task_id, timeout=timeout)


def call(url: str, headers: dict[str, str], body: Optional[bytes]) -> Task:
    """Send one HTTP request."""
    headers = {"Content-Type": "application/json", **headers}
    request = Request(url, body, headers)
    try:
        response = urlopen(request, timeout=30)
    except HTTPError as error:
        response = error  # also a response
    with response:
        return decode_task(response.status, response.headers, response.read())
