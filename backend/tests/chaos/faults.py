"""What is done to the running product: one function a fault, chosen and timed by a seed."""

import contextlib
import os
import random
import shutil
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import psutil
from redis import Redis
from redis.exceptions import RedisError

from tests.chaos.proxy import Mode, Proxy
from ultra.kit.tasks import Queue
from ultra.kit.tasks.broker import queue_names
from ultra.local.stack import Stack
from ultra.settings import settings

WORKERS = ("worker-1", "worker-2", "worker-video")
DISPATCHERS = ("dispatcher-1", "dispatcher-2")
LISTS = [f"celery:{name}" for name in queue_names(list(Queue))]


@dataclass
class Faults:
    """The tools of the faults, and a count of what was done."""

    stack: Stack
    proxy: Proxy
    store: Redis
    """Redis, past the proxy."""
    random: random.Random
    done: dict[str, int] = field(default_factory=dict)
    _timers: list[threading.Timer] = field(default_factory=list)

    def strike(self) -> str:
        """Do one fault; its name. Those that last undo themselves later."""
        kinds = list(KINDS)
        name = self.random.choices(kinds, [KINDS[kind][0] for kind in kinds])[0]
        KINDS[name][1](self)
        self.done[name] = self.done.get(name, 0) + 1
        return name

    def calm(self) -> None:
        """Wait until every lasting fault has been undone."""
        for timer in self._timers:
            timer.join()
        self.proxy.set(Mode.PASS)

    def later(self, seconds: float, action: Callable[[], object]) -> None:
        timer = threading.Timer(seconds, action)
        self._timers.append(timer)
        timer.start()

    def pid(self, name: str) -> int | None:
        return next((each.pid for each in self.stack.status() if each.name == name), None)

    def kill_group(self, name: str, number: int = signal.SIGKILL) -> None:
        if pid := self.pid(name):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, number)


def kill_worker(faults: Faults) -> None:
    faults.kill_group(faults.random.choice(WORKERS))


def kill_worker_child(faults: Faults) -> None:
    pid = faults.pid("worker-video")
    with contextlib.suppress(psutil.NoSuchProcess):
        children = psutil.Process(pid).children() if pid else []
        if children:
            faults.random.choice(children).kill()


def kill_dispatcher(faults: Faults) -> None:
    """The relay is a thread of it, and dies wherever it was."""
    faults.kill_group(faults.random.choice(DISPATCHERS))


def kill_gateway(faults: Faults) -> None:
    faults.kill_group("gateway")


def drain_worker(faults: Faults) -> None:
    if pid := faults.pid(faults.random.choice(WORKERS)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)


def kill_redis(faults: Faults) -> None:
    faults.kill_group("redis")


def lose_redis(faults: Faults) -> None:
    """Kill it, and its file is gone."""
    files = settings.home / "redis" / "appendonlydir"
    gone = settings.home / "redis" / f"gone-{time.monotonic_ns()}"
    with contextlib.suppress(FileNotFoundError):
        files.rename(gone)
    faults.kill_group("redis")
    shutil.rmtree(gone, ignore_errors=True)


def restart_postgres(faults: Faults) -> None:
    """A fast shutdown; the supervisor starts it again."""
    if pid := faults.pid("postgres"):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)


def kill_postgres(faults: Faults) -> None:
    """The whole server at once: it has to recover from its log."""
    pid = faults.pid("postgres")
    with contextlib.suppress(psutil.NoSuchProcess):
        if pid:
            server = psutil.Process(pid)
            for each in (server, *server.children(recursive=True)):
                each.kill()


def freeze_worker(faults: Faults) -> None:
    """Longer than its lease, so that it has lost its jobs when it wakes up."""
    name = faults.random.choice(WORKERS)
    pid = faults.pid(name)
    if pid is None:
        return

    def wake() -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGCONT)

    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGSTOP)
        faults.later(settings.jobs.lease_seconds + faults.random.uniform(1, 3), wake)


def _weather(mode: Mode, shortest: float, longest: float) -> Callable[[Faults], None]:
    def change(faults: Faults) -> None:
        faults.proxy.set(mode)
        pause = faults.random.uniform(shortest, longest)
        faults.later(pause, lambda: faults.proxy.set(Mode.PASS))

    return change


def double_messages(faults: Faults) -> None:
    """Deliver what is queued three times more, some of it much later."""
    with contextlib.suppress(RedisError):
        for name in LISTS:
            if messages := faults.store.lrange(name, 0, 50):
                faults.store.lpush(name, *messages * 2)
                faults.later(
                    2 * settings.jobs.lease_seconds,
                    lambda name=name, messages=messages: _push(faults.store, name, messages),  # type: ignore[misc]
                )


def reorder_messages(faults: Faults) -> None:
    with contextlib.suppress(RedisError):
        for name in LISTS:
            for _ in range(faults.random.randrange(20)):
                faults.store.rpoplpush(name, name)


def _push(store: Redis, name: str, messages: list[str]) -> None:
    with contextlib.suppress(RedisError):
        store.lpush(name, *messages)


KINDS: dict[str, tuple[int, Callable[[Faults], None]]] = {
    "kill a worker": (5, kill_worker),
    "kill a worker's child": (3, kill_worker_child),
    "kill a dispatcher with its relay": (4, kill_dispatcher),
    "kill the gateway": (2, kill_gateway),
    "drain a worker": (2, drain_worker),
    "kill Redis": (2, kill_redis),
    "lose Redis with its file": (2, lose_redis),
    "restart PostgreSQL": (1, restart_postgres),
    "kill PostgreSQL": (1, kill_postgres),
    "freeze a worker beyond its lease": (3, freeze_worker),
    "refuse connections to Redis": (2, _weather(Mode.REFUSE, 1, 4)),
    "swallow all traffic to Redis": (1, _weather(Mode.BLACK_HOLE, 2, 6)),
    "lose old connections to Redis": (1, _weather(Mode.BLACK_HOLE_OLD, 2, 6)),
    "double messages": (3, double_messages),
    "reorder messages": (2, reorder_messages),
}
"""Each fault with its weight."""
