"""Runs the sample in Python against a fake of the API, in a time of its own.

Takes {"site": of the service, "base": of the fake, "key": of the API or "", "timeouts":
[seconds of each run]} and writes the outcome of each run.
"""

import importlib.util
import json
import sys

spec = importlib.util.spec_from_file_location("sample", sys.argv[1])
sample = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sample)


class Clock:
    """Stands in for the module time, and begins with the year 2000."""

    def __init__(self, events):
        self.now, self.events = 0.0, events

    def monotonic(self):
        return 1000 + self.now

    def time(self):
        return 946684800 + self.now

    def sleep(self, seconds):
        self.now += seconds
        self.events.append({"Kind": "pause", "Seconds": seconds})


urlopen = sample.urlopen


def run(given, base, timeout):
    events = []
    sample.time = Clock(events)

    def open_fake(request, timeout):
        events.append({"Kind": "post" if request.get_method() == "POST" else "poll"})
        request.full_url = request.full_url.replace(given["site"], base)
        return urlopen(request, timeout=timeout)

    sample.urlopen = open_fake
    outcome = {"Events": events}
    key = [given["key"]] if given["key"] else []
    try:
        url = given["site"] + "/v1/images/generations"
        outcome["Task"] = sample.generate(url, *key, {"prompt": "a"}, timeout)
    except (sample.TaskError, sample.OutcomeUnknown, sample.PollError) as error:
        outcome["Error"] = type(error).__name__
        outcome["Code"] = getattr(error, "code", "")
        outcome["TaskID"] = getattr(error, "task_id", "")
        outcome["Text"] = str(error)
    return outcome


given = json.load(sys.stdin)
bases = (f"{given['base']}/{i}" for i in range(len(given["timeouts"])))
json.dump([run(given, *each) for each in zip(bases, given["timeouts"])], sys.stdout)
