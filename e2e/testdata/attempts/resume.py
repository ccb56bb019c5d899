"""Resumes stored attempts after their task failed, and submits again: resume.py DIR WORK.
Prints the key and what is stored next.
"""

import sys
import time

sys.path.insert(0, sys.argv[1])

from evolink import Attempts, EvolinkError

time.sleep = lambda seconds: None  # waits take no time

order = Attempts(sys.argv[2], keys=True, attempts=9)
order.resume(sys.stdin.read())
error = EvolinkError("service_error", wire="service_error", task_id=order.task_id)
if not order.again(error):
    sys.exit(order.why)
order.headers()
order.task_id = "task-of-python"
print(f"{order.key}\n{order.to_json()}")
