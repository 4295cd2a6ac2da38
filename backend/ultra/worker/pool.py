"""A Celery worker whose only task is to run the job of an id.

Video work runs in a child process of its own, so that a crash or a leak there ends one job and not
the worker; other pools wait for networks and use threads.
"""

import multiprocessing
import os
import time
import warnings
from multiprocessing.synchronize import Event as ProcessEvent
from typing import Any
from uuid import UUID

from celery import signals
from celery.exceptions import SecurityWarning
from celery.worker import state

from ultra.kit import processes
from ultra.kit.db import engine
from ultra.kit.log import get_logger, set_up_logging
from ultra.kit.redis import redis
from ultra.kit.tasks import Queue, presence, turns
from ultra.kit.tasks.broker import RUN_JOB, celery, queue_names
from ultra.kit.tasks.keeper import keeper
from ultra.kit.tasks.runner import run_job
from ultra.kit.tasks.watchdog import (
    Memory,
    Sign,
    database_answers,
    leave,
    redis_answers,
    watch,
)
from ultra.settings import settings

log = get_logger()

MEGABYTE = 1024 * 1024
THREADS_AHEAD = 2
"""Messages that a worker of threads takes for each thread, so that the next lies ready; what it has
taken and does not begin in time is sent again to whoever is free."""
# Shared with the child processes, which are forked after it.
DRAINING: ProcessEvent = multiprocessing.get_context("fork").Event()
OUTGROWN: ProcessEvent = multiprocessing.get_context("fork").Event()


@celery.task(name=RUN_JOB)  # type: ignore[untyped-decorator]
def run(job_id: str) -> None:
    keeper.start(DRAINING, leave=lambda: leave(lambda: None), outgrown=OUTGROWN)
    run_job(UUID(job_id))


def serve(pools: list[Queue]) -> None:
    """Work until SIGTERM; unfinished jobs are handed back, not awaited."""
    name = "-".join(pools)
    concurrency = sum(settings.jobs.pool(pool).concurrency for pool in pools)
    memory = sum(settings.jobs.pool(pool).memory_mb for pool in pools) * MEGABYTE
    has_children = Queue.VIDEO in pools

    def hand_back(**_: Any) -> None:
        DRAINING.set()

    def begin(**_: Any) -> None:
        presence.begin("worker", pools=[str(pool) for pool in pools], concurrency=concurrency)
        signs = [Sign("fetch", lambda: _fetched_at(concurrency), redis_answers)]
        if not has_children:
            keeper.start(DRAINING, leave=lambda: leave(DRAINING.set), outgrown=OUTGROWN)
            signs.append(Sign("heartbeat", lambda: keeper.answered_at, database_answers))
        watch(signs, drain=DRAINING.set, memory=Memory(memory, OUTGROWN.set))

    def prepare_child(**_: Any) -> None:
        # An orphan would go on rendering, and renewing its lease, with nobody to stop it.
        processes.die_with_parent()
        set_up_logging(f"worker-{name}")
        # The parent's connections cannot be shared.
        engine.dispose(close=False)
        redis.connection_pool.reset()

    # Celery warns of root because of pickle; messages here are JSON that carries one id.
    warnings.filterwarnings("ignore", category=SecurityWarning)
    signals.worker_shutting_down.connect(hand_back, weak=False)
    signals.worker_ready.connect(begin, weak=False)
    signals.worker_process_init.connect(prepare_child, weak=False)
    pool = ["--pool=threads"]
    if has_children:
        # Looked at after each job: a child that has grown too large is replaced.
        share = memory // max(concurrency, 1) // 1024
        pool = ["--pool=prefork", f"--max-memory-per-child={share}"]
        # torch's threads would spin while they wait, and slow down ffmpeg beside them: 9 against
        # 6 ms a frame on two busy cores. OpenMP reads it when the child loads torch.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # noqa: TID251 - how it is told
    log.info("worker.started", pools=[str(each) for each in pools], concurrency=concurrency)
    celery.worker_main(
        [
            "--quiet",
            "worker",
            *pool,
            f"--concurrency={concurrency}",
            f"--prefetch-multiplier={1 if has_children else THREADS_AHEAD}",
            f"--queues={','.join(queue_names(pools))}",
            f"--hostname={name}.{os.getpid()}@%h",
            "--loglevel=WARNING",
            # Less Pub/Sub: a half-open connection hung in exactly these calls.
            "--without-gossip",
            "--without-mingle",
            "--without-heartbeat",
        ]
    )


def _fetched_at(concurrency: int) -> float:
    """When the worker last asked for work; one whose hands are all full need not ask.

    Celery may believe that a child is at work which is long dead. The table of jobs knows better.
    """
    is_busy = len(state.reserved_requests) >= concurrency and presence.is_at_work()
    return time.monotonic() if is_busy else turns.asked_at
