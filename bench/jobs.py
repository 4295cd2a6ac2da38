"""The job engine against bare Celery doing the same no-op: jobs a second, claims, lateness.

    ./ultra bench jobs

Starts the embedded stack in a temporary folder. Bare Celery and the engine take turns in short
rounds with the same worker settings, so that a busy machine hurts both alike; what counts is the
ratio. Each round is measured between its first and its last tenth, without the processes' start.
"""

import contextlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROUNDS, JOBS, WORKSPACES = 5, 4000, 20
DUE_PER_SECOND, DUE_SECONDS = 50, 20
CLAIM_JOBS = 20_000

# A worker loads this file too, to know the no-op; it inherits the folder.
HOME = Path(os.environ.get("ULTRA_BENCH_HOME") or tempfile.mkdtemp(prefix="ultra-bench-"))
os.environ["ULTRA_HOME"] = os.environ["ULTRA_BENCH_HOME"] = str(HOME)
os.environ["ULTRA_LOG_LEVEL"] = "WARNING"
BACKEND = Path(__file__).resolve().parent.parent / "backend"
sys.path.insert(0, str(BACKEND))

from sqlalchemy import text  # noqa: E402

from ultra.kit import migrate, modules  # noqa: E402
from ultra.kit.db import engine, transaction  # noqa: E402
from ultra.kit.ids import new_id  # noqa: E402
from ultra.kit.redis import redis  # noqa: E402
from ultra.kit.tasks import Queue, enqueue, load_tasks, task  # noqa: E402
from ultra.kit.tasks.admission import admit_once  # noqa: E402
from ultra.kit.tasks.broker import celery  # noqa: E402
from ultra.local.stack import Stack  # noqa: E402
from ultra.settings import settings  # noqa: E402

BARE = f"""
import sys
sys.path.insert(0, {str(BACKEND)!r})
from celery import Celery
from ultra.kit.tasks.broker import celery
from ultra.kit.redis import redis

@celery.task(name="bare")
def bare(number):
    redis.incr("bare:done")

celery.worker_main(["--quiet", "worker", "--pool=threads", "--concurrency={{concurrency}}",
    "--queues=bare.medium", "--loglevel=WARNING", "--without-gossip", "--without-mingle",
    "--without-heartbeat"])
"""


@task("bench.nothing", queue=Queue.GENERAL, title={"tr": "Hiçbir şey", "en": "Nothing"})
def nothing(_: int) -> None:
    """The no-op of the engine; its workers load this file (see `WORKER`)."""


WORKER = f"""
import runpy, sys
sys.path.insert(0, {str(BACKEND)!r})
runpy.run_path({str(Path(__file__).resolve())!r}, run_name="bench_tasks")
from ultra.kit.log import set_up_logging
from ultra.kit.tasks import Queue, load_tasks
from ultra.worker import pool
set_up_logging("bench")
load_tasks()
pool.serve([Queue.GENERAL])
"""


@contextlib.contextmanager
def process(*arguments: str) -> Iterator[None]:
    child = subprocess.Popen(
        [sys.executable, *arguments], cwd=BACKEND, stdout=subprocess.DEVNULL, stderr=None
    )
    try:
        yield
    finally:
        child.terminate()
        try:
            child.wait(30)
        except subprocess.TimeoutExpired:
            child.kill()


def rate(count: Callable[[], int], total: int) -> float:
    """Units a second between the first and the last tenth."""
    began = ended = 0.0
    first = last = 0
    give_up_at = time.monotonic() + 180
    while time.monotonic() < give_up_at:
        now, done = time.monotonic(), count()
        if not began and done >= total * 0.1:
            began, first = now, done
        if done >= total * 0.9:
            ended, last = now, done
            break
        # Counting costs the database something, too.
        time.sleep(0.1)
    else:
        raise SystemExit("a round took more than three minutes")
    return (last - first) / (ended - began)


def empty() -> None:
    with engine.begin() as connection:
        connection.execute(text("truncate jobs, outbox, schedules, documents"))
    redis.flushdb()


def bare_round() -> float:
    empty()
    for number in range(JOBS):
        celery.send_task("bare", args=[number], queue="bare.medium")
    concurrency = settings.jobs.pools.general.concurrency
    with process("-c", BARE.format(concurrency=concurrency)):
        return rate(lambda: int(redis.get("bare:done") or 0), JOBS)


def fill(jobs: int) -> None:
    workspaces = [new_id() for _ in range(WORKSPACES)]
    for first in range(0, jobs, 500):
        with transaction() as session:
            for number in range(first, min(first + 500, jobs)):
                enqueue(
                    session, "bench.nothing", number, workspace_id=workspaces[number % WORKSPACES]
                )


def done() -> int:
    with engine.connect() as connection:
        return int(
            connection.execute(
                text("select count(*) from jobs where name = 'bench.nothing' and state = 'done'")
            ).scalar_one()
        )


def engine_round() -> float:
    empty()
    fill(JOBS)
    with process("-m", "ultra.worker", "dispatch"), process("-c", WORKER):
        return rate(done, JOBS)


def claims() -> float:
    """Jobs a second that one dispatcher lets in, nobody working."""
    empty()
    fill(CLAIM_JOBS)
    settings.jobs.pools.general.depth = CLAIM_JOBS
    began, admitted = time.monotonic(), 0
    while admitted < CLAIM_JOBS:
        admitted += admit_once().count
    return CLAIM_JOBS / (time.monotonic() - began)


def lateness() -> tuple[float, float]:
    """p50 and p95 of (start minus due time) in seconds at a steady rate of due jobs."""
    empty()
    with process("-m", "ultra.worker", "dispatch"), process("-c", WORKER):
        fill(1)
        while not done():
            time.sleep(0.1)
        with engine.begin() as connection:
            # All of them exist beforehand, each due at its own moment.
            fill_at = text(
                "insert into jobs (id, name, args, queue, priority, not_before) select uuidv7(), "
                "'bench.nothing', '[0]', 'general', 'medium', now() + interval '2 s' "
                "+ n * interval '1 s' / :rate from generate_series(1, :count) n"
            )
            count = DUE_PER_SECOND * DUE_SECONDS
            connection.execute(fill_at, {"rate": DUE_PER_SECOND, "count": count})
        give_up_at = time.monotonic() + DUE_SECONDS + 60
        while done() < count + 1 and time.monotonic() < give_up_at:
            time.sleep(0.2)
    with engine.connect() as connection:
        late = text(
            "select percentile_cont(array[0.5, 0.95]) within group "
            "(order by extract(epoch from started_at - not_before)) "
            "from jobs where started_at > not_before + interval '-1 s' and args = '[0]'"
        )
        p50, p95 = connection.execute(late).scalar_one()
    return float(p50), float(p95)


def main() -> None:
    with Stack(settings, only={"postgres", "redis"}):
        modules.load("models")
        migrate.upgrade()
        load_tasks()
        bare, ours = [], []
        for number in range(ROUNDS):
            bare.append(bare_round())
            ours.append(engine_round())
            print(f"round {number + 1}: bare Celery {bare[-1]:.0f}/s, engine {ours[-1]:.0f}/s")
        ratio = statistics.median(ours) / statistics.median(bare)
        print(
            f"jobs: engine {statistics.median(ours):.0f}/s, "
            f"bare Celery {statistics.median(bare):.0f}/s, ratio {ratio:.2f} (aim 0.4 or more)"
        )
        print(f"claims of one dispatcher: {claims():.0f}/s")
        p50, p95 = lateness()
        late = f"p50 {p50:.2f} s, p95 {p95:.2f} s (aim p95 < 2 s)"
        print(f"lateness at {DUE_PER_SECOND} due jobs/s: {late}")
        engine.dispose()
        redis.close()


if __name__ == "__main__":
    try:
        main()
    finally:
        shutil.rmtree(HOME, ignore_errors=True)
