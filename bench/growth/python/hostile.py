"""Measures a generated package with hostile text: hostile.py KIND SIZE.

Prints the CPU time in nanoseconds.
"""

import itertools
import sys
import time

import evolink


def hostile(size):
    """Texts that start like each phrase again and again, and that consist of runs."""
    texts = ["9", "1.", "9 ", " ", "\u0130", "\ud800", "file size exceeds 9"]
    for phrase in evolink._PHRASES:
        texts.append(phrase.hint.decode() + " ")
        texts.append(phrase.hint.decode() + " 9")
    for text in texts:
        yield (text * (size // len(text) + 1))[:size]


def classify(size):
    for text in hostile(size):
        for code in (evolink.Code.CONTENT_POLICY_VIOLATION, evolink.Code.INVALID_PARAMETERS):
            evolink.classify(code, text)
            evolink.value_in(code, text, "limit_mb")
        evolink.match(text)


def response(size):
    for text in ("{", "[", '{"a":', '"\\ud800', "\xff", "1", " ", "\x00", '{"a":1},', "[[],"):
        body = (text * (size // len(text) + 1))[:size].encode("latin-1")
        evolink.decode_error(500, None, body)
        evolink.decode_error(500, None, b'{"error":[' + body)
    for text in hostile(size):
        error = {"code": "service_error", "message": text}
        evolink.decode_error(400, None, evolink.json.dumps({"error": error}))


def line(size):
    for text in itertools.chain(hostile(size), ["a\x1b", "\u2028", "é"]):
        error = evolink.EvolinkError(text, text)
        str(error), evolink.explain(error)
        evolink.parse_retry_after(text)


def main(kind, size):
    measured = {"classify": classify, "decode_error": response, "str": line}[kind]
    measured(100)  # compiles patterns
    before = time.process_time_ns()
    measured(size)
    print(time.process_time_ns() - before)


main(sys.argv[1], int(sys.argv[2]))
