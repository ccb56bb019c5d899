"""Runs the sample in Python against a fake of the API, in a time of its own.

Takes {"site": of the service, "base": of the fake, "key": of the API or "", "timeouts":
[seconds of each run]} and writes the outcome of each run. The second argument is the name
of the generated package that the sample imports, if it imports one.
"""

import importlib.util
import json
import os
import sys
import time

sys.path.insert(0, os.path.dirname(sys.argv[1]))
package = importlib.import_module(sys.argv[2]) if len(sys.argv) > 2 else None
spec = importlib.util.spec_from_file_location("sample", sys.argv[1])
sample = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sample)


class Clock:
    """Stands in for the module time, and begins with the year 2000."""

    def __init__(self, events):
        self.now, self.events = 0.0, events

    def __getattr__(self, name):
        return getattr(time, name)  # conversions

    def monotonic(self):
        return 1000 + self.now

    def time(self):
        return 946684800 + self.now

    def time_ns(self):
        return int(self.time() * 1e9)

    def sleep(self, seconds):
        self.now += seconds
        self.events.append({"Kind": "pause", "Seconds": seconds})


urlopen = sample.urlopen


def run(given, base, timeout):
    events = []
    sample.time = Clock(events)
    if package:
        package.time = sample.time

    def open_fake(request, timeout):
        events.append({"Kind": "post" if request.get_method() == "POST" else "poll"})
        request.full_url = request.full_url.replace(given["site"], base)
        return urlopen(request, timeout=timeout)

    sample.urlopen = open_fake
    outcome = {"Events": events}
    key = [given["key"]] if given["key"] else []
    work = ["order-1"] if package else []
    try:
        url = given["site"] + "/v1/images/generations"
        task = sample.generate(*work, url, *key, {"prompt": "a"}, timeout)
        outcome["Task"] = json.loads(task.to_json()) if package else task
    except Exception as error:
        outcome["Error"] = kind(error)
        if outcome["Error"] == "TaskError":
            outcome["Code"] = str(error.code)
        outcome["TaskID"] = getattr(error, "task_id", "")
        outcome["Text"] = str(error)
    return outcome


def kind(error):
    """Returns the kind of outcome that an exception reports."""
    if not package:
        if not isinstance(
            error, (sample.TaskError, sample.OutcomeUnknown, sample.PollError)
        ):
            raise error
        return type(error).__name__
    if type(error).__name__.endswith("PollError") and error.task_id:
        return "PollError"  # without an ID, the response to the submission is lost
    decision, status = package.decision_of(error), getattr(error, "http_status", 0)
    if decision is None:
        return "OutcomeUnknown"
    named = decision.known or error.wire and error.wire != str(status)
    refusal = 400 <= status < 500 and status != 408
    return "TaskError" if not status or named and refusal else "OutcomeUnknown"


given = json.load(sys.stdin)
bases = (f"{given['base']}/{i}" for i in range(len(given["timeouts"])))
json.dump([run(given, *each) for each in zip(bases, given["timeouts"])], sys.stdout)
