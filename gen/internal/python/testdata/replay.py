"""Replays vectors: replay.py (PACKAGE VECTORS)..., with the packages in sys.path.

VECTORS is a file, or - for standard input with vectors on each line. Prints each
difference, and the number of cases as the last line.
"""

import base64
import copy
import importlib
import json
import pickle
import re
import sys
from email.utils import parsedate_to_datetime
from functools import lru_cache

UNITS = {"h": 3600, "m": 60, "s": 1, "ms": 1e-3, "µs": 1e-6, "us": 1e-6, "ns": 1e-9}
failures = 0


def report(*what):
    global failures
    failures += 1
    if failures <= 10:
        print(*what)


@lru_cache(1000)
def seconds(text):
    """A Go duration in seconds."""
    parts = re.findall(r"([0-9.]+)(ms|µs|us|ns|h|m|s)", text or "")
    return sum(float(number) * UNITS[unit] for number, unit in parts)


def close(a, b, least=0.0):
    return abs(a - b) <= max(1e-6 * max(abs(a), abs(b), 1e-3), least)


def same_decision(got, want):
    wait = want.get("wait") or {}
    low, high = seconds(wait.get("min")), seconds(wait.get("max"))
    got_wait = (got.wait.min, got.wait.max) if got.wait else (0, 0)
    return (
        got.code == want["code"]
        and got.known == want["known"]
        and (got.subtype or "") == want.get("subtype", "")
        and (got.class_ or "") == want.get("class", "")
        and got.action == want["action"]
        and got.automatic == want["automatic"]
        and got.throttle == want["throttle"]
        and got.charged == want.get("charged", "unknown")
        and close(got_wait[0], low)
        and close(got_wait[1], high)
    )


def readable(text):
    """Python reads unpaired surrogates of responses as U+FFFD, as Go does."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def check_error(package, name, body, error, want):
    for attribute, key in (
        ("wire", "wire"),
        ("message", "message"),
        ("task_id", "task"),
        ("param", "param"),
        ("request_id", "request_id"),
    ):
        if hasattr(error, attribute) and getattr(error, attribute) != readable(
            want.get(key, "")
        ):
            report(name, body, attribute, repr(getattr(error, attribute)), want.get(key))
    if not close(error.retry_after, seconds(want.get("retry_after"))):
        report(name, body, "retry_after", error.retry_after, want.get("retry_after"))
    for value, text in want.get("values", {}).items():
        if error.value(value) != text:
            report(name, body, value, error.value(value), "want", text)
    listed = package.parse_code(error.wire)
    if listed is not None and listed != want["decision"]["code"]:
        report(name, body, "parse_code", error.wire, listed, want["decision"])
    if not same_decision(error.decision, want["decision"]):
        report(name, body, error.decision, want["decision"])


def outcome_of(package, prefix, case):
    status, headers = case["status"], case.get("header", case.get("headers"))
    body = base64.b64decode(case["data"]) if "data" in case else case["body"].encode()
    response_error = getattr(package, prefix + "ResponseError")
    if hasattr(package, "decode_task") and case.get("call") != "plain":
        try:
            task = package.decode_task(status, headers, body)
        except response_error as error:
            return "unreadable", error, None
        except getattr(package, prefix + "Error") as error:
            return "error", error, None
        if task.error is not None:
            return "failed", task.error, task
        return "ok" if task.done else "running", None, task
    error = package.decode_error(status, headers, body)
    if error is None:  # decode_error does not tell a running task apart
        return "running" if case["outcome"] == "running" else "ok", None, None
    if isinstance(error, response_error):
        return "unreadable", error, None
    return "failed" if case["outcome"] == "failed" else "error", error, None


def check_response(package, prefix, case):
    outcome, error, task = outcome_of(package, prefix, case)
    name, body = case.get("name"), case.get("data", case.get("body"))
    if outcome != case["outcome"]:
        report(name, case["status"], body, "outcome", outcome, "want", case["outcome"])
        return
    if task is not None:
        again = package.Task.from_json(task.to_json())
        if again != task or again.done != task.done:
            report(name, body, "task is stored as", task.to_json())
    if outcome not in ("error", "failed"):
        return
    check_error(package, name, body, error, case["error"])
    stored = type(error).from_json(error.to_json())
    pickled = pickle.dumps(error, len(body or "") % 6)
    for twin in (stored, copy.copy(error), pickle.loads(pickled)):
        check_error(package, name + " again", body, twin, case["error"])
        if str(twin) != str(error):
            report(name, body, str(twin), "want", str(error))


def expanded(value, spaces):
    """Returns a case or a response with spaces for its pads."""
    if isinstance(value, dict):
        return {key: expanded(member, spaces) for key, member in value.items()}
    return value.replace("<pad>", " " * spaces) if isinstance(value, str) else value


def add_long(vectors):
    for row in vectors.get("long") or []:
        for key, name in (("case", "cases"), ("response", "responses")):
            if key in row:
                vectors[name].append(expanded(row[key], row["pad"]))


def check_stored(package, prefix, case):
    name, data, response = case["name"], case["json"], case.get("response")
    task_type, error_type = package.__dict__.get("Task"), getattr(package, prefix + "Error")
    is_task = case["type"] == "task"
    if response is not None:
        args = response["status"], response.get("headers"), response["body"]
        made = package.decode_task(*args) if is_task else package.decode_error(*args)
        if json.loads(made.to_json()) != json.loads(data):
            report(name, "stored as", made.to_json(), "want", data)
    try:
        restored = (task_type if is_task else error_type).from_json(data)
    except ValueError:
        if case["outcome"] != "unreadable":
            report(name, data, "unreadable, want", case["outcome"])
        return
    error = restored
    outcome = "failed" if case["outcome"] == "failed" else "error"
    if is_task:
        error = restored.error
        outcome = "failed" if error is not None else "running"
        if restored.done and error is None:
            outcome = "ok"
    if outcome != case["outcome"]:
        report(name, data, "outcome", outcome, "want", case["outcome"])
    elif case.get("error"):
        check_error(package, name, data, error, case["error"])


def check_pause(package, prefix, case):
    error = getattr(package, prefix + "Error")(case["code"], case.get("message", ""))
    error.retry_after = case.get("retry_after_ms", 0) / 1000
    pause = package.next_pause(error, case["attempt"], rand=lambda: case["fraction"])
    want = case.get("pause_ms")
    if (pause is None) != (want is None) or pause and abs(pause * 1000 - want) > 1:
        report("pause", case, pause)


def check_keys(package, case):
    for n, want in enumerate(case["keys"], 1):
        seed = package._hash("work", case["work"])
        key = package._hash("key", f"{seed}\n{n}")
        if (seed, key) != (case["seed"], want):
            report("key", case["work"], n, key, want)


def check_retry_after(package, case):
    now = parsedate_to_datetime(case["now"]).timestamp()
    got, want = package.parse_retry_after(case["value"], now), case.get("ms")
    # JSON numbers beyond 2^53 are not exact.
    if (got is None) != (want is None) or got and not close(got * 1000, want, 0.5):
        report("Retry-After", case, got)


def replay(package, vectors):
    """Checks all vectors. Returns how many there are."""
    errors = [name for name in package.__all__ if name.endswith("Error")]
    prefix = min(errors, key=len)[: -len("Error")]
    add_long(vectors)
    if package.REVISION != vectors["revision"] or not vectors["cases"]:
        report("revision", package.REVISION, vectors["revision"])
    for case in vectors["cases"]:
        got = package.classify(case["code"], case["message"])
        if not same_decision(got, case["decision"]):
            report(case["code"], repr(case["message"]), got, case["decision"])
        listed, known = package.parse_code(str(case["code"])), case["decision"]["known"]
        if listed != (case["decision"]["code"] if known else None):
            report("parse_code", case["code"], listed, case["decision"])
        for name, value in (case.get("values") or {}).items():
            found = package.value_in(case["code"], case["message"], name)
            if found != value:
                report(case["code"], repr(case["message"]), name, found, value)
    responses = vectors.get("responses") or []
    for case in responses:
        check_response(package, prefix, case)
    others = [vectors.get(key) or [] for key in ("pauses", "retry_after", "stored", "keys")]
    for case in others[0]:
        check_pause(package, prefix, case)
    for case in others[1]:
        check_retry_after(package, case)
    for case in others[2]:
        check_stored(package, prefix, case)
    for case in others[3]:
        check_keys(package, case)
    return len(vectors["cases"]) + len(responses) + sum(map(len, others))


def main():
    total = 0
    for name, path in zip(sys.argv[1::2], sys.argv[2::2]):
        package, before = importlib.import_module(name), failures
        if path == "-":
            total += sum(replay(package, json.loads(line)) for line in sys.stdin.buffer)
        else:
            with open(path, encoding="utf-8") as file:
                total += replay(package, json.load(file))
        if failures > before:
            print(f"{name}: {failures - before} differences")
    print(f"{total} cases, {failures} differences")
    sys.exit(failures > 0)


main()
