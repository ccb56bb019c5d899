"""Simulates programs that submit work, and a service with faults: simulation.py COUNT.

The clock is simulated. Schedules differ by seed: faults of requests, restarts of the
program, and a second program at the same work. With an even seed, programs are
synchronous and there is one; with an odd one, they use asyncio. No work may be paid
twice. Of the work that an oracle, which sees the state of the service, finishes, a
program with keys must finish 95 %.
"""

import asyncio
import collections
import json
import random
import selectors
import sys
import time

import standin

EPOCH = 1_800_000_000


class Clock:
    """Stands in for the module time of the package."""

    gmtime = staticmethod(time.gmtime)

    def __init__(self):
        self.now = 0.0

    def sleep(self, seconds):
        self.now += seconds

    def monotonic(self):
        return self.now

    def time(self):
        return EPOCH + self.now

    def time_ns(self):
        return int(self.time() * 1e9)


class Selector(selectors.SelectSelector):
    """Passes the time instead of waiting."""

    def __init__(self, clock):
        super().__init__()
        self.clock = clock

    def select(self, timeout=None):
        if timeout is None:
            raise RuntimeError("every program waits for another one")
        self.clock.now += max(timeout, 0)
        return super().select(0)


class Loop(asyncio.SelectorEventLoop):
    def __init__(self, clock):
        super().__init__(Selector(clock))
        self.clock = clock

    def time(self):
        return self.clock.now


def pick(chance, weighted):
    return chance.choices(list(weighted), list(weighted.values()))[0]


SUBMIT_FAULTS = {
    "none": 56, "lost before": 7, "500 before": 4, "html 503 before": 3, "429": 7,
    "429 with a wait": 3, "turned away": 4, "401": 1, "lost after": 9,
    "broken 503 after": 3, "502 after": 3, "unreadable after": 3, "408 after": 2,
    "busy 500 after": 2,
}  # fmt: skip
POLL_FAULTS = {
    "none": 80, "lost": 5, "502": 3, "429": 3, "401": 1, "wrong ID": 2, "no ID": 2,
    "unreadable": 2, "busy 400": 1,
}  # fmt: skip
RESULTS = {
    "completed": 70, "hiccup": 8, "busy": 8, "broken": 5, "bad_input": 3, "gone": 2,
    "mystery": 2, "cancelled": 1, "unlisted": 1,
}  # fmt: skip


def respond(status, body, **headers):
    return standin.decode_task(status, headers, body)


def failure(status, code, **headers):
    return respond(status, json.dumps({"error": {"code": code}}), **headers)


class SimulatedTask:
    def __init__(self, world, number):
        chance = world.chance("task", number)
        self.world = world
        self.id = f"task-{number}"
        self.result = pick(chance, RESULTS)
        self.created = world.clock.now
        self.end = self.created + chance.uniform(0, 60)
        if chance.randrange(40) == 0:
            self.end += chance.choice([3000, 3360, 7200])
        self.busy = self.created + chance.choice([0, 2, 4])

    def charged(self):
        code = self.result
        return code == "completed" or not standin.classify(code).automatic

    def state(self):
        body = {"id": self.id, "status": "running"}
        if self.world.clock.now >= self.end:
            body["status"] = "completed"
            if self.result != "completed":
                body.update(status="failed", error={"code": self.result})
        return respond(200, json.dumps(body))


class World:
    """The service. Requests are generators of the times that they take. Faults depend
    on the seed and the number of the request, so that programs with other rules meet
    the same ones.
    """

    def __init__(self, seed, clock, events):
        self.seed = seed
        self.clock = clock
        self.events = events
        self.tasks = []
        self.by_key = {}
        self.submissions = self.polls = 0

    def chance(self, kind, number):
        return random.Random(f"{self.seed} {kind} {number}")

    def submit(self, headers):
        self.submissions += 1
        chance = self.chance("submit", self.submissions)
        fault = pick(chance, SUBMIT_FAULTS)
        self.events[fault] += 1
        yield chance.uniform(0, 2)
        if fault == "lost before":
            raise OSError("reset")
        if fault == "500 before":
            return respond(500, "{}")
        if fault == "html 503 before":
            return respond(503, "<html>")
        if fault == "429":
            return respond(429, "")
        if fault == "429 with a wait":
            return failure(429, "busy", **{"Retry-After": "20"})
        if fault == "turned away":
            return failure(503, "turned_away")
        if fault == "401":
            return failure(401, "nope")
        task, again = self.accept(headers)
        if again and self.clock.now < task.busy:
            self.events["pending"] += 1
            return failure(409, "in_work")
        yield chance.uniform(0, 2)
        if fault == "lost after":
            raise TimeoutError
        if fault == "broken 503 after":
            return failure(503, "broken")
        if fault == "busy 500 after":
            return failure(500, "busy")
        if fault == "502 after":
            return respond(502, "")
        if fault == "unreadable after":
            return respond(200, '{"id":"ta')
        if fault == "408 after":
            return respond(408, "")
        return task.state()

    def accept(self, headers):
        """Returns the task of a submission, and whether it existed before."""
        key = headers.get(standin.IDEMPOTENCY_HEADER)
        task = self.by_key.get(key)
        if task is not None and self.clock.now - task.created < standin._KEY_LIFE:
            self.events["replayed"] += 1
            return task, True
        task = SimulatedTask(self, len(self.tasks))
        self.events["task " + task.result] += 1
        self.tasks.append(task)
        if key:
            self.by_key[key] = task
        return task, False

    def poll(self, task_id):
        self.polls += 1
        chance = self.chance("poll", self.polls)
        yield chance.uniform(0, 0.5)
        fault = pick(chance, POLL_FAULTS)
        if self.polls > 200:
            fault = "none"  # so that a slow task is not polled in vain
        self.events["poll " + fault] += 1
        if fault == "lost":
            raise OSError("reset")
        if fault == "502":
            return respond(502, "")
        if fault == "429":
            return failure(429, "busy")
        if fault == "401":
            return respond(401, "")
        if fault == "busy 400":
            return failure(400, "busy")
        if fault == "unreadable":
            return respond(200, "[")
        body = {"status": "failed", "error": {"code": "busy"}}
        if fault == "wrong ID":
            body["id"] = "task-of-another"
        if fault in ("wrong ID", "no ID"):
            return respond(200, json.dumps(body))
        for task in self.tasks:
            if task.id == task_id:
                return task.state()
        return failure(404, "gone")


class Crash(BaseException):
    pass


class Program:
    """Does the work until it ends. What it stores survives restarts; it shares that
    with the other programs at the same work.
    """

    def __init__(self, world, disk, keys, crash):
        self.world = world
        self.disk = disk
        self.keys = keys
        self.crash = crash

    def begin(self):
        options = {"attempts": 8, "rand": lambda: 0.5, "keys": self.keys}
        self.work = standin.Attempts("order-1", **options)
        if self.disk:
            self.work.resume(self.disk["stored"])

    def save(self, point):
        self.disk["stored"] = self.work.to_json()
        self.crash(point)

    def run(self):
        """Returns the completed task, or None."""
        clock = self.world.clock

        def finish(request):
            try:
                while True:
                    clock.sleep(next(request))
            except StopIteration as end:
                return end.value

        def watch(task_id):
            for callbacks in range(4):
                try:
                    get = lambda task_id: finish(self.world.poll(task_id))  # noqa: E731
                    return standin.wait_for_task(get, task_id)
                except standin.StandinPollError:
                    if callbacks == 3:
                        raise
                    self.world.events["callback"] += 1
                    clock.sleep(30)

        self.begin()
        error = None
        if self.work.task_id:
            try:
                return watch(self.work.task_id)
            except Exception as failed:
                error = failed
        while self.work.again(error):
            headers = self.work.headers()
            self.save("before the send")
            try:
                task = finish(self.world.submit(headers))
                self.crash("after the send")
                self.work.task_id = task.id
                self.save("while polling")
                return watch(task.id)
            except Exception as failed:
                error = failed
        return None

    async def run_async(self):
        """Does what run does, with asyncio."""

        async def finish(request):
            try:
                while True:
                    await asyncio.sleep(next(request))
            except StopIteration as end:
                return end.value

        async def watch(task_id):
            for callbacks in range(4):
                try:
                    get = lambda task_id: finish(self.world.poll(task_id))  # noqa: E731
                    return await standin.wait_for_task_async(get, task_id)
                except standin.StandinPollError:
                    if callbacks == 3:
                        raise
                    self.world.events["callback"] += 1
                    await asyncio.sleep(30)

        self.begin()
        error = None
        if self.work.task_id:
            try:
                return await watch(self.work.task_id)
            except Exception as failed:
                error = failed
        while await self.work.again_async(error):
            headers = self.work.headers()
            self.save("before the send")
            try:
                task = await finish(self.world.submit(headers))
                self.crash("after the send")
                self.work.task_id = task.id
                self.save("while polling")
                return await watch(task.id)
            except Exception as failed:
                error = failed
        return None


RESTARTS = {0: 1, 1: 3, 60: 6, 600: 8, 3000: 1, 10_800: 1}  # seconds, weights


class Schedule:
    """The programs of a seed."""

    def __init__(self, seed, keys, clock, events):
        self.world = World(seed, clock, events)
        self.chance = self.world.chance("schedule", 0)
        self.crashes = self.chance.choice([0, 0, 0, self.chance.choice([1, 2])])
        self.disk = {}
        self.program = Program(self.world, self.disk, keys, self.crash)
        random.seed(seed)

    def crash(self, point):
        if self.crashes > 0 and self.chance.randrange(4) == 0:
            self.crashes -= 1
            self.world.events["crash " + point] += 1
            raise Crash

    def run(self):
        while True:
            try:
                return self.program.run() is not None
            except Crash:
                self.world.clock.sleep(pick(self.chance, RESTARTS))

    async def run_async(self):
        others = []
        if self.chance.randrange(3) == 0:
            others.append(self.second())
        return any(await asyncio.gather(self.work(self.program), *others))

    async def work(self, program):
        while True:
            try:
                return await program.run_async() is not None
            except Crash:
                await asyncio.sleep(pick(self.chance, RESTARTS))

    async def second(self):
        """Starts a second program at the same work, which has been stored."""
        await asyncio.sleep(self.chance.uniform(1, 90))
        if self.chance.randrange(4) == 0:
            await asyncio.sleep(self.chance.choice([3000, 3360, 7200]))
        if not self.disk:
            return False
        self.world.events["second program"] += 1
        first = self.program
        return await self.work(Program(self.world, self.disk, first.keys, self.crash))

    def charges(self):
        return sum(task.charged() for task in self.world.tasks)


def oracle(seed):
    """Returns whether a program that sees the state of the service finishes the work."""
    world = World(seed, Clock(), collections.Counter())
    for number in range(1, 9):
        fault = pick(world.chance("submit", number), SUBMIT_FAULTS)
        if fault == "401":
            return False
        if fault != "none" and not fault.endswith("after"):
            continue
        task = SimulatedTask(world, len(world.tasks))
        world.tasks.append(task)
        if task.charged():
            return task.result == "completed"
    return False


def main(count):
    clock, events = Clock(), collections.Counter()
    loop = Loop(clock)
    standin.time = clock
    possible = 0
    finished, twice = collections.Counter(), collections.Counter()
    for seed in range(count):
        can = oracle(seed)
        possible += can
        for keys in (True, False):
            counted = events if keys else collections.Counter()
            schedule = Schedule(seed, keys, clock, counted)
            if seed % 2:
                done = loop.run_until_complete(schedule.run_async())
            else:
                done = schedule.run()
            finished[keys] += can and done
            if schedule.charges() > 1:
                twice[keys] += 1
                print(f"seed {seed}, keys {keys}: {schedule.charges()} charges")
    loop.close()
    rates = {keys: 100 * finished[keys] / possible for keys in finished}
    print(
        f"{count} schedules: with keys, {twice[True]} paid twice and"
        f" {rates[True]:.1f} % finished; without, {twice[False]} and {rates[False]:.1f} %"
    )
    rare = [event for event, n in events.items() if n < count // 2000]
    kinds = len(SUBMIT_FAULTS) + len(POLL_FAULTS) + len(RESULTS) + 7
    unusual = rare or count >= 1000 and len(events) < kinds
    if twice or rates[True] < 95 or unusual:
        sys.exit(f"rare events {rare}, {len(events)} of {kinds} kinds: {events}")


main(int(sys.argv[1]))
