"""Prints the facts that a package reads from responses: read.py PACKAGE < responses.

Both are JSON, one on each line.
"""

import importlib
import json
import sys

package = importlib.import_module(sys.argv[1])
for line in sys.stdin.buffer:
    response = json.loads(line)
    error = package.decode_error(response["status"], response["headers"], response["body"].encode())
    values = {name: error.value(name) for name in response["want"]["values"]}
    facts = {
        "code": str(error.code),
        "subtype": str(error.decision.subtype or ""),
        "automatic": error.decision.automatic,
        "message": error.message,
        "values": {name: value for name, value in values.items() if value is not None},
        "param": error.param,
        "request_id": error.request_id,
        "retry_after_ms": error.retry_after * 1000,
    }
    print(json.dumps(facts))
