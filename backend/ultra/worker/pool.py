"""A Celery worker whose only task is to run the job of an id.

Video work runs in a child process of its own, so that a crash or a leak there ends one job and not
the worker; other pools wait for networks and use threads.
"""

import multiprocessing
import os
import threading
import time
from multiprocessing.synchronize import Event as ProcessEvent
from uuid import UUID

from celery import signals
from celery.apps.worker import Worker
from redis.exceptions import RedisError

from ultra.kit import processes
from ultra.kit.db import engine
from ultra.kit.log import get_logger, set_up_logging
from ultra.kit.redis import make_redis
from ultra.kit.tasks import Queue
from ultra.kit.tasks.broker import RUN_JOB, celery, queue_names
from ultra.kit.tasks.runner import run_job

log = get_logger()

# Shared with the child processes, which are made after it.
DRAINING: ProcessEvent = multiprocessing.get_context("fork").Event()


@celery.task(name=RUN_JOB)  # type: ignore[untyped-decorator]
def run(job_id: str) -> None:
    run_job(UUID(job_id), DRAINING)


def serve(pools: list[Queue]) -> None:
    """Work until SIGTERM; unfinished jobs are handed back, not awaited."""
    is_video = Queue.VIDEO in pools
    name = "-".join(pools)

    @signals.worker_shutting_down.connect(weak=False)  # type: ignore[untyped-decorator]
    def hand_back(**_: object) -> None:
        DRAINING.set()

    @signals.worker_process_init.connect(weak=False)  # type: ignore[untyped-decorator]
    def prepare_child(**_: object) -> None:
        # An orphan would go on rendering, and renewing its lease, with nobody to stop it.
        processes.die_with_parent()
        set_up_logging(f"worker-{name}")
        # Connections cannot be shared with the parent.
        engine.dispose(close=False)

    worker = Worker(
        app=celery,
        hostname=f"{name}@{os.uname().nodename}.{os.getpid()}",
        queues=queue_names(pools),
        pool="prefork" if is_video else "threads",
        concurrency=1 if is_video else 4,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
        loglevel="WARNING",
        quiet=True,
    )
    threading.Thread(target=_watch_broker, args=(worker,), daemon=True).start()
    log.info("worker.started", pools=[str(pool) for pool in pools])
    worker.start()
    log.info("worker.stopped")
