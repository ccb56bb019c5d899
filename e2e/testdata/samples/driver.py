"""Runs the sample in Python against a fake of the API, in a time of its own.

Takes {"base": …, "timeouts": [seconds of each run]} and writes the outcome of each.
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


def run(base, timeout):
    events = []
    sample.time = Clock(events)

    def open_fake(request, timeout):
        events.append({"Kind": "post" if request.get_method() == "POST" else "poll"})
        request.full_url = request.full_url.replace("https://api.evolink.ai", base)
        return urlopen(request, timeout=timeout)

    sample.urlopen = open_fake
    outcome = {"Events": events}
    try:
        url = "https://api.evolink.ai/v1/images/generations"
        task = sample.generate(url, "key", {"prompt": "a"}, timeout)
        assert task["status"] == "completed", task
    except (sample.TaskError, sample.OutcomeUnknown, sample.LostSight) as error:
        outcome["Error"] = type(error).__name__
        outcome["Code"] = getattr(error, "code", "")
        outcome["TaskID"] = getattr(error, "task_id", "")
        outcome["Text"] = str(error)
    return outcome


given = json.load(sys.stdin)
json.dump([run(f"{given['base']}/{i}", t) for i, t in enumerate(given["timeouts"])], sys.stdout)
