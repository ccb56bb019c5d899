"""Runs the blocks of docs/python.md: docs.py BLOCK...

The stand-ins for requests, tenacity, stamina and Celery have the parts of their
interfaces that the page uses.
"""

import ast
import asyncio
import http.server
import json
import pathlib
import sys
import threading
import time
import types
import urllib.error
import urllib.request

blocks = [pathlib.Path(name).read_text(encoding="utf-8") for name in sys.argv[1:]]
program, sample, clients, poll, once, recipes, matches = blocks
slept = []
time.sleep = slept.append


class Response:
    def __init__(self, status, body, headers=None):
        self.status_code = status
        self.headers = headers or {}
        self.content = body if isinstance(body, bytes) else json.dumps(body).encode()

    def json(self):
        return json.loads(self.content)


class Service:
    """Responds with what it was given, and counts submissions."""

    def __init__(self, *script):
        self.script = list(script)
        self.submissions = 0
        self.polls = 0

    def request(self, method, url, headers, timeout, **more):
        assert headers == {"Authorization": "Bearer key"} and timeout
        self.submissions += method == "POST"
        self.polls += method == "GET"
        step = self.script.pop(0)
        if isinstance(step, Exception):
            raise step
        return step

    def get(self, url, headers):
        return self.request("GET", url, headers, 1)


def task(status, code=None, **more):
    body = {"id": "task-1", "status": status, **more}
    if code is not None:
        body["error"] = {"code": code, "message": "m"}
    return Response(200, body)


def run(*script):
    """Runs the program. Returns the service, and the results or the exception."""
    service = Service(*script)
    sys.modules["requests"] = types.SimpleNamespace(request=service.request)
    scope = {"__name__": "program"}
    exec(compile(program, "program", "exec"), scope)
    try:
        return service, scope["generate"]({"prompt": "a lighthouse"}, "key")
    except Exception as error:
        return service, error


def expect(what, got, want):
    if got != want:
        sys.exit(f"{what}: got {got!r}, want {want!r}")


import evolink  # noqa: E402

service, result = run(task("pending"), task("processing"), task("completed", results=["u"]))
expect("results", (result, service.submissions, service.polls), (["u"], 1, 2))

service, result = run(
    task("pending"), OSError("reset"), task("failed", "service_error"),
    task("pending"), task("completed", results=["u"]),
)
expect("a retry after a failed task", (result, service.submissions), (["u"], 2))
if not 30 <= slept[-1] <= 60 and not any(30 <= pause <= 60 for pause in slept):
    sys.exit(f"the wait of service_error: {slept}")

for name, script in {
    "lost submission": [OSError("reset")],
    "unreadable": [Response(200, b"<html>")],
    "502": [Response(502, {})],
    "fixable": [task("pending"), task("failed", "content_policy_violation")],
    "lost task": [task("pending"), *[OSError("reset")] * 5],
    "refused poll": [task("pending"), Response(401, {})],
    "cancelled": [task("pending"), task("cancelled")],
    "unlisted": [task("pending"), task("failed", "new_code")],
}.items():
    service, result = run(*script)
    expect(name + ": submissions", (service.submissions, service.script), (1, []))
    if not isinstance(result, Exception):
        sys.exit(f"{name}: {result!r}")
    evolink.explain(result)
service, result = run(Response(429, {}, {"Retry-After": "700"}))
expect("a wait above the cap", service.submissions, 1)
service, result = run(*[Response(429, {}, {"Retry-After": "7"})] * 3)
expect("attempts", service.submissions, 3)

# The sample, for the table of the page.
def original(*script):
    service = Service(*script)
    body = "def poll_task(task_id, headers, max_retries=3):\n" + "".join(
        f"    {line}\n" for line in sample.split("\n")
    )
    scope = {"requests": types.SimpleNamespace(get=service.get), "time": time}
    exec(body, scope)
    try:
        return service, scope["poll_task"]("a", {"Authorization": "Bearer key"})
    except Exception as error:
        return service, error


service, error = original(*[task("processing")] * 3)
expect("it gives up", str(error), "Max polling attempts exceeded")
service, error = original(*[task("failed", "service_error")] * 3)
expect("it polls a failed task again", service.polls, 3)
service, error = original(Response(429, {"error": {"code": "x"}}))
expect("it does not check the status", type(error).__name__, "KeyError")
service, error = original(Response(200, {"status": "failed", "error": None}))
expect("it does not expect null", type(error).__name__, "AttributeError")

# The other blocks.
scope = {"decode_task": evolink.decode_task}
exec(clients, scope)
httpx = types.SimpleNamespace(status_code=200, headers={}, content=task("pending").content)
task_of = scope["with_httpx"](httpx)
expect("httpx", task_of.id, "task-1")


class AsyncResponse:  # of aiohttp
    status, headers = 200, {}

    async def read(self):
        return task("pending").content


expect("aiohttp", asyncio.run(scope["with_aiohttp"](AsyncResponse())).id, "task-1")


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        status = 429 if self.path == "/limit" else 200
        body = b"{}" if status == 429 else task("pending").content
        self.send_response(status)
        self.send_header("Retry-After", "7")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    scope["urllib"] = urllib
    expect("urllib", scope["with_urllib"](urllib.request.Request(address)).id, "task-1")
    try:
        scope["with_urllib"](urllib.request.Request(address + "/limit"))
        sys.exit("urllib: no error")
    except evolink.EvolinkError as error:
        limit = (error.http_status, error.code, error.retry_after)
        expect("urllib", limit, (429, "rate_limit_error", 7.0))
    server.shutdown()
scope = {"Poll": evolink.Poll, "task_id": "task-1", "task": task_of}
exec(poll, scope)
if not 2.7 <= scope["pause"] <= 3.3:
    sys.exit(f"pause {scope['pause']}")
if sys.version_info >= (3, 10):
    ast.parse(matches)


stored = []
scope.update(
    Attempts=evolink.Attempts,
    wait_for_task=evolink.wait_for_task,
    save=lambda *what: stored.append(what),
)
exec(once, scope)


def submits(*script):
    """Runs the block. Returns the submissions, and the task or the exception."""
    service, stored[:] = Service(*script), []

    def call(method):
        response = service.request(method, "", {"Authorization": "Bearer key"}, 1)
        return evolink.decode_task(response.status_code, response.headers, response.content)

    try:
        task = scope["charge_once"]("order-1", lambda: call("POST"), lambda id: call("GET"))
        return service.submissions, task.id
    except Exception as error:
        return service.submissions, type(error).__name__


done = task("completed")
busy = Response(429, {})
expect("once", submits(task("pending"), done), (1, "task-1"))
expect("once, refused", submits(busy, task("pending"), done), (2, "task-1"))
expect("once, lost", submits(OSError()), (1, "OSError"))
expect("once, lost task", submits(task("pending"), *[OSError()] * 5), (1, "EvolinkPollError"))
expect("stored", json.loads(stored[0][1])["submissions"], 1)


class Retried(Exception):
    pass


class Celery:
    def task(self, bind, acks_late):
        return lambda function: function

    def retry(self, exc, countdown, max_retries):
        return Retried(countdown)


settings = {}
kept = []
scope = {
    "tenacity": types.SimpleNamespace(
        retry=lambda **how: settings.update(how), retry_if_exception=lambda test: test
    ),
    "stamina": types.SimpleNamespace(retry=lambda on: kept.append(on)),
    "app": Celery(),
    "next_pause": evolink.next_pause,
    "EvolinkError": evolink.EvolinkError,
}
exec(recipes, scope)
slow = evolink.decode_error(
    429, {"Retry-After": "7"}, b'{"error":{"code":"quota_exceeded"}}'
)
state = types.SimpleNamespace(
    outcome=types.SimpleNamespace(exception=lambda: slow), attempt_number=1
)
expect("tenacity", (settings["retry"](slow), settings["retry"](OSError())), (True, False))
expect("tenacity", (settings["wait"](state), settings["stop"](state)), (7.0, False))
state.attempt_number = 3
expect("tenacity", settings["stop"](state), True)
expect("stamina", (kept[0](slow), kept[0](OSError())), (7.0, False))


def generate_once(request):
    raise slow


scope["generate_once"] = generate_once
worker = types.SimpleNamespace(
    request=types.SimpleNamespace(retries=0), retry=Celery().retry
)
try:
    scope["submit"](worker, {})
except Retried as retried:
    expect("celery", retried.args, (7.0,))
