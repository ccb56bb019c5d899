"""Tests of the runtime with the package of a table that uses every feature."""

import asyncio
import copy
import json
import pickle
import sys
import time
import unittest
from unittest import mock

import standin
from standin import (
    Code,
    Poll,
    StandinError,
    StandinPollError,
    StandinResponseError,
    Task,
    decode_error,
    decode_task,
    next_pause,
)


def error_of(code="busy", status=429, **fields):
    body = json.dumps({"error": {"code": code, **fields}})
    return decode_error(status, None, body)


def task_of(**members):
    return decode_task(200, None, json.dumps(members))


class Requests(dict):
    """Headers as requests has them: one text a name, names without case."""


class Headers(unittest.TestCase):
    def test_all_clients(self):
        for headers in (
            {"retry-after": "7"},
            {"RETRY-AFTER": ["7"]},
            Requests({"Retry-After": "7"}),
            {"Retry-After": ("3", "7")},
        ):
            error = decode_error(429, headers, b"{}")
            self.assertEqual(error.retry_after, 7.0, headers)
        self.assertEqual(decode_error(429, None, "{}").retry_after, 0)
        self.assertEqual(decode_error(429, {"Retry-After": None}, "{}").retry_after, 0)

    def test_urllib(self):
        from email.message import Message

        headers = Message()
        headers["Retry-After"] = "3"
        headers["retry-after"] = "9"
        self.assertEqual(decode_error(429, headers, b"").retry_after, 3.0)


class Errors(unittest.TestCase):
    def test_pickle_and_copy(self):
        error = error_of(message="too many", reason="used_up")
        error.__cause__ = OSError("reset")
        stopped = Poll("task-1").stopped(error)
        unreadable = decode_error(200, {"X-Request-Id": "r1"}, b"<html>")
        self.assertIsInstance(unreadable, StandinResponseError)
        for original in (error, stopped, unreadable, StandinError(), task_of(id="a")):
            twins = [copy.copy(original), copy.deepcopy(original)]
            for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
                twins.append(pickle.loads(pickle.dumps(original, protocol)))
            for twin in twins:
                self.assertIs(type(twin), type(original))
                self.assertEqual(str(twin), str(original))
                if isinstance(original, StandinError):
                    self.assertEqual(twin.decision, original.decision)
                    self.assertEqual(twin.to_json(), original.to_json())

    def test_stored(self):
        error = error_of(message="slow", param="p", doc_url="https://example.com")
        again = StandinError.from_json(error.to_json())
        self.assertEqual(vars(again).keys(), vars(error).keys())
        self.assertEqual((again.param, again.error_doc_url), ("p", "https://example.com"))
        self.assertEqual(again.http_status, 429)
        own = StandinError(Code.BUSY, "m", wire="busy", task_id="t", http_status=429)
        again = StandinError.from_json(own.to_json())
        self.assertEqual((again.code, again.message, again.task_id), ("busy", "m", "t"))
        self.assertTrue(own.decision.automatic)
        self.assertFalse(again.decision.automatic)
        for text in ("", "null", "[]", "{", "7", '{"x-errspec":7}', '{"id":"a"}'):
            with self.assertRaises(ValueError, msg=text):
                StandinError.from_json(text)
        with self.assertRaises(ValueError):
            Task.from_json('{"error":{"code":"busy"}, "x-errspec":{"status":500}}')
        task = Task(id="a", status="done")
        self.assertEqual(json.loads(task.to_json()), {"id": "a", "status": "done"})
        self.assertTrue(Task.from_json(task.to_json()).done)

    def test_one_line(self):
        error = StandinError("no:code\n", "a\x1b[31m \u2028 b" + "é" * 400)
        text = str(error)
        self.assertNotIn("\n", text)
        self.assertNotIn("\x1b", text)
        self.assertTrue(text.startswith('standin: "no:code\\n": a [31m b'), text)
        self.assertLess(len(text.encode()), 400)

    def test_hostile(self):
        start = time.monotonic()
        for part in (b"{", b"[", b'{"a":', b'"\\ud800', b"\xff", b"1", b" ", b"\x00"):
            decode_error(500, None, part * 200_000)
        for text in ("version 1", "1.", "field ", "\u0130", " ", "\ud800", "9"):
            standin.classify(Code.BAD_INPUT, text * 150_000)
            standin.match(text * 150_000)
            standin.parse_retry_after(text * 150_000)
            str(StandinError(text * 150_000, text * 150_000))
        self.assertLess(time.monotonic() - start, 30)

    def test_surrogates(self):
        error = error_of("\ud83d", message="\ud83d\ude00 \ud83d")
        self.assertEqual(error.message, "😀 \ufffd")
        (str(error) + standin.explain(error) + error.to_json()).encode()


class Retries(unittest.TestCase):
    def test_automatic(self):
        self.assertEqual(next_pause(error_of("hiccup", 429), 1), 5.0)
        self.assertEqual(next_pause(error_of("hiccup", 429), 2), 10.0)
        self.assertIsNone(next_pause(error_of("hiccup", 429), 4))
        self.assertIsNone(next_pause(error_of("hiccup", 429), 0))
        for fraction, want in ((-1.0, 10.0), (0.5, 15.0), (2.0, 20.0)):
            pause = next_pause(error_of("broken", 429), 1, rand=lambda: fraction)
            self.assertEqual(pause, want)
        self.assertIsNone(next_pause(error_of("gone", 429), 1))
        self.assertIsNone(next_pause(error_of("hiccup", 500), 1))
        self.assertIsNone(next_pause(error_of("hiccup", 408), 1))
        self.assertIsNone(next_pause(error_of(), 1, allow=lambda d: not d.throttle))
        self.assertIsNone(next_pause(error_of(), 1, deadline=time.monotonic() + 1))
        slow = decode_error(429, {"Retry-After": "7"}, '{"error":{"code":"hiccup"}}')
        self.assertEqual(next_pause(slow, 1), 7.0)
        self.assertIsNone(next_pause(slow, 1, cap=6))

    def test_tree(self):
        error = error_of()

        def caused(outer, inner):
            outer.__cause__ = inner
            return outer

        self.assertIsNotNone(next_pause(caused(RuntimeError(), error), 1))
        self.assertIsNone(next_pause(caused(TimeoutError(), error), 1))
        self.assertIsNone(next_pause(caused(asyncio.TimeoutError(), error), 1))
        self.assertIsNone(next_pause(caused(asyncio.CancelledError(), error), 1))
        self.assertIsNone(next_pause(caused(KeyboardInterrupt(), error), 1))
        self.assertIsNone(next_pause(type("ReadTimeout", (OSError,), {})(), 1))
        self.assertIsNone(next_pause(OSError(), 1))
        self.assertIsNone(next_pause(None, 1))
        self.assertIsNone(next_pause(Poll("t").stopped(error), 1))
        handled = RuntimeError()
        handled.__context__ = error  # was being handled, and is not the cause
        self.assertIsNone(next_pause(handled, 1))
        cycle = RuntimeError()
        cycle.__cause__ = cycle
        self.assertIsNone(next_pause(cycle, 1))
        self.assertIsNone(standin.error_in(cycle))
        chain = error
        for _ in range(5000):
            chain = caused(RuntimeError(), chain)
        self.assertIsNone(next_pause(chain, 1))

    @unittest.skipIf(sys.version_info < (3, 11), "ExceptionGroup is of Python 3.11")
    def test_groups(self):
        error = error_of()
        both = ExceptionGroup("", [error, error_of("hiccup")])  # noqa: F821
        self.assertIsNotNone(next_pause(both, 1))
        mixed = ExceptionGroup("", [error, OSError()])  # noqa: F821
        self.assertIsNone(next_pause(mixed, 1))
        self.assertFalse(standin.decision_of(mixed).automatic)

    def test_retry_after(self):
        now = 1_800_000_000.0  # Fri, 15 Jan 2027 08:00:00 GMT
        for text, want in {
            "3": 3.0,
            " 1.5 ": 1.5,
            "1.5s": 1.5,
            "1h30m": 5400.0,
            "Fri, 15 Jan 2027 08:00:10 GMT": 10.0,
            "friday, 15-jan-27 08:00:10 GMT": 10.0,
            "Fri Jan 15 08:00:10 2027": 10.0,
            "Fri, 15 Jan 2027 07:00:00 GMT": 0.0,
            "Fri, 30 Feb 2027 08:00:10 GMT": None,
            "-1": None,
            "²": None,
            "3\n": None,
            "1_000": None,
            "0x10": None,
            "": None,
            "inf": None,
            "9" * 5000: ((1 << 63) - 1) / 1e9,
        }.items():
            self.assertEqual(standin.parse_retry_after(text, now), want, text[:40])


class Polling(unittest.TestCase):
    def setUp(self):
        self.slept = []
        patch = mock.patch.object(standin.time, "sleep", self.slept.append)
        patch.start()
        self.addCleanup(patch.stop)

    def wait(self, *responses, **options):
        todo = list(responses)

        def get(task_id):
            response = todo.pop(0)
            if isinstance(response, BaseException):
                raise response
            return response

        try:
            return standin.wait_for_task(get, "a", **options)
        finally:
            self.left = len(todo)

    def test_completes(self):
        polled = []
        running = task_of(id="a", status="queued")
        done = task_of(id="a", status="done", progress=100)
        task = self.wait(running, OSError(), running, done, on_poll=polled.append)
        self.assertEqual(task.progress, 100)
        self.assertEqual(polled, [running, running, done])
        self.assertEqual(len(self.slept), 3)
        self.assertTrue(all(1.8 <= pause <= 2.2 for pause in self.slept))

    def test_failed_task_is_final(self):
        failed = task_of(id="a", status="failed", error={"code": "hiccup"})
        with self.assertRaises(StandinError) as caught:
            self.wait(failed, failed)
        self.assertEqual((self.left, caught.exception.task_id), (1, "a"))
        self.assertTrue(caught.exception.decision.automatic)

    def test_stops(self):
        other = task_of(id="b", status="done")
        strange = Task(status="failed")
        for responses in ([OSError("x")] * 5, [other] * 5, [strange] * 5, [None] * 5):
            with self.assertRaises(StandinPollError) as caught:
                self.wait(*responses)
            stopped = caught.exception
            self.assertEqual((self.left, stopped.task_id, stopped.last), (0, "a", None))
            self.assertIsNone(next_pause(stopped, 1))
        self.assertIsNone(standin.error_in(stopped))
        self.assertIn("do not submit it again", standin.explain(stopped))

    def test_refused(self):
        running = task_of(id="a", status="queued")
        missing = error_of("gone", 404)
        with self.assertRaises(StandinPollError) as caught:
            self.wait(missing, running, missing, running)
        self.assertEqual(self.left, 1)
        self.assertIs(caught.exception.refusal, missing)
        self.assertIsNone(caught.exception.__cause__)
        self.assertIn("The service refused the poll:\ngone", standin.explain(caught.exception))
        with self.assertRaises(StandinPollError):
            self.wait(error_of("gone", 403), running)
        self.assertEqual(self.left, 1)

    def test_throttled_poll_waits(self):
        slow = decode_error(429, {"Retry-After": "30"}, "{}")
        self.wait(slow, task_of(id="a", status="done"))
        self.assertEqual(self.slept, [30.0])

    def test_timeout(self):
        running = task_of(id="a", status="queued")
        with self.assertRaises(StandinPollError) as caught:
            self.wait(running, running, timeout=1)
        self.assertIsInstance(caught.exception.__cause__, TimeoutError)
        with self.assertRaises(StandinPollError):
            standin.wait_for_task(lambda id: running, "")

    def test_interrupt_passes(self):
        with self.assertRaises(KeyboardInterrupt):
            self.wait(KeyboardInterrupt())


class Work(unittest.TestCase):
    def setUp(self):
        self.slept = []
        patch = mock.patch.object(standin.time, "sleep", self.slept.append)
        patch.start()
        self.addCleanup(patch.stop)

    def test_first(self):
        work = standin.Attempts("a", keys=True)
        self.assertEqual((work.key, work.headers()), ("", {}))
        self.assertTrue(work.again())
        key = work.headers()[standin.IDEMPOTENCY_HEADER]
        self.assertRegex(key, "^[0-9a-f]{32}$")
        self.assertFalse(work.again())
        self.assertEqual((work.why, work.headers()), ("done", {}))
        self.assertFalse(work.again(error_of("hiccup")))

    def test_lost_submission(self):
        for keys in (False, True):
            work = standin.Attempts("a", keys=keys)
            self.assertTrue(work.again())
            before = work.headers()
            self.assertEqual(work.again(OSError()), keys)
            if keys:
                self.assertEqual(work.headers(), before)
                self.assertTrue(work.again(error_of("busy")))  # does not settle it
                self.assertEqual(work.headers(), before)
                self.assertFalse(work.again(error_of("gone", 410)))
            self.assertEqual(work.why, "outcome_unknown")

    def test_key_that_was_not_sent(self):
        work = standin.Attempts("a", keys=True)
        self.assertTrue(work.again())
        self.assertFalse(work.again(OSError()))

    def test_failed_task(self):
        failed = task_of(id="t", status="failed", error={"code": "hiccup"}).error
        work = standin.Attempts("a", keys=True)
        self.assertTrue(work.again())
        before = work.headers()
        self.assertTrue(work.again(failed))
        self.assertNotEqual(work.headers(), before)

    def test_refused_poll(self):
        refused = error_of("busy")
        refused.task_id = "t"
        for keys in (False, True):
            work = standin.Attempts("a", keys=keys)
            self.assertTrue(work.again() and isinstance(work.headers(), dict))
            work.task_id = "t"
            self.assertFalse(work.again(refused))
            self.assertEqual(work.why, "outcome_unknown")

    def test_polling_stopped(self):
        work = standin.Attempts("a", keys=True)
        self.assertTrue(work.again() and work.headers())
        self.assertFalse(work.again(Poll("t").stopped(OSError())))
        self.assertEqual((work.task_id, work.why), ("t", "outcome_unknown"))
        again = standin.Attempts("a", keys=True)
        again.resume(work.to_json())
        self.assertEqual(again.task_id, "t")
        self.assertFalse(again.again())

    def test_resume(self):
        work = standin.Attempts("a", keys=True)
        work.again()
        without = work.to_json()  # the key was not sent yet
        key = work.headers()
        bare = standin.Attempts("a", keys=True)
        bare.resume(without)
        self.assertFalse(bare.again())
        again = standin.Attempts("a", keys=True)
        again.resume(work.to_json())
        self.assertTrue(again.again())
        self.assertEqual(again.headers(), key)
        for stored in (
            "", "null", "[]", "7", '{"version":2}', '{"version":1,"table":"x"}',
            work.to_json().replace('"key":1', '"key":"1"'),
            work.to_json().replace("Z", "X"), "[" * 100_000,
            standin.Attempts("b").to_json(),
        ):
            other = standin.Attempts("a", keys=True)
            with self.assertRaises(ValueError, msg=stored[:50]):
                other.resume(stored)
            self.assertFalse(other.again())
        text = work.to_json()
        moved = text.replace("Z", "+00:00")
        for twin in (text, moved):
            other = standin.Attempts("a", keys=True)
            other.resume(twin)
            self.assertEqual(other.to_json(), text)

    def test_expired(self):
        work = standin.Attempts("a", keys=True)
        work.again()
        work.headers()
        later = time.time_ns() + int(standin._KEY_LIFE * 0.95e9)
        with mock.patch.object(standin.time, "time_ns", lambda: later):
            self.assertFalse(work.again(OSError()))
        self.assertTrue(work.again(OSError()))

    def test_limits(self):
        for options, why in (
            ({"attempts": 1}, "attempts_used"),
            ({"cap": 1, "rand": lambda: 0.0}, "too_long"),
            ({"allow": lambda decision: False}, "forbidden"),
        ):
            work = standin.Attempts(**options)
            self.assertTrue(work.again())
            self.assertFalse(work.again(error_of("broken")))
            self.assertEqual(work.why, why)
        work = standin.Attempts()
        self.assertTrue(work.again())
        self.assertFalse(work.again(error_of("hiccup"), time.monotonic() + 1))
        self.assertEqual(work.why, "deadline")
        self.assertTrue(work.again(error_of("hiccup")))


class Asyncio(unittest.TestCase):
    def test_completes(self):
        responses = [OSError(), task_of(id="a", status="x"), task_of(id="a", status="done")]

        async def get(task_id):
            response = responses.pop(0)
            if isinstance(response, Exception):
                raise response
            return response

        wait = standin.wait_for_task_async(get, "a", every=0.001)
        self.assertTrue(asyncio.run(wait).done)

    def test_cancellation_ends_at_once(self):
        async def get(task_id):
            return task_of(id="a", status="queued")

        async def main():
            wait = standin.wait_for_task_async(get, "a", every=60)
            await asyncio.wait_for(wait, 0.05)

        start = time.monotonic()
        with self.assertRaises(asyncio.TimeoutError) as caught:
            asyncio.run(main())
        self.assertLess(time.monotonic() - start, 5)
        self.assertIsNone(next_pause(caught.exception, 1))

    def test_fails(self):
        async def get(task_id):
            return task_of(id="a", status="failed", error={"code": "hiccup"})

        with self.assertRaises(StandinError):
            asyncio.run(standin.wait_for_task_async(get, "a"))


if __name__ == "__main__":
    unittest.main()
