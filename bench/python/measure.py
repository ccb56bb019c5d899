import sys
import time

before = time.process_time()
import collections.abc, copy, dataclasses, datetime, functools, json, math, os  # noqa: E401
import random, re, types, typing, unicodedata  # noqa: E401

library = time.process_time() - before
before = time.process_time()
import evolink

own = time.process_time() - before
calls = []
for code, message in json.loads(sys.argv[1]):
    evolink.classify(code, message)  # compiles patterns
    before = time.perf_counter()
    for _ in range(20_000):
        evolink.classify(code, message)
    calls.append((time.perf_counter() - before) / 20_000 * 1e9)
version = ".".join(map(str, sys.version_info[:3]))
result = {"version": version, "calls": calls, "import": own * 1e3, "library": library * 1e3}
print(json.dumps(result))
