"""A Celery worker whose only task is to run the job of an id.

Video work runs in a child process of its own, so that a crash or a leak there ends one job and not
the worker; other pools wait for networks and use threads.
"""

import multiprocessing
import os
import warnings
from multiprocessing.synchronize import Event as ProcessEvent
from typing import Any
from uuid import UUID

from celery import signals
from celery.exceptions import SecurityWarning

from ultra.kit import processes
from ultra.kit.db import engine
from ultra.kit.log import get_logger, set_up_logging
from ultra.kit.tasks import Queue
from ultra.kit.tasks.broker import RUN_JOB, celery, queue_names
from ultra.kit.tasks.runner import run_job

log = get_logger()

THREADS = 4
# Shared with the child processes, which are forked after it.
DRAINING: ProcessEvent = multiprocessing.get_context("fork").Event()


@celery.task(name=RUN_JOB)  # type: ignore[untyped-decorator]
def run(job_id: str) -> None:
    run_job(UUID(job_id), DRAINING)


def serve(pools: list[Queue]) -> None:
    """Work until SIGTERM; unfinished jobs are handed back, not awaited."""
    name = "-".join(pools)

    def hand_back(**_: Any) -> None:
        DRAINING.set()

    def prepare_child(**_: Any) -> None:
        # An orphan would go on rendering, and renewing its lease, with nobody to stop it.
        processes.die_with_parent()
        set_up_logging(f"worker-{name}")
        # The parent's connections cannot be shared.
        engine.dispose(close=False)

    # Celery warns of root because of pickle; messages here are JSON that carries one id.
    warnings.filterwarnings("ignore", category=SecurityWarning)
    signals.worker_shutting_down.connect(hand_back, weak=False)
    signals.worker_process_init.connect(prepare_child, weak=False)
    pool = ["--pool=prefork", "--concurrency=1"]
    if Queue.VIDEO not in pools:
        pool = ["--pool=threads", f"--concurrency={THREADS}"]
    if Queue.VIDEO in pools:
        # torch's threads would spin while they wait, and slow down ffmpeg beside them: 9 against
        # 6 ms a frame on two busy cores. OpenMP reads it when the child loads torch.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # noqa: TID251 - how it is told
    log.info("worker.started", pools=[str(each) for each in pools])
    celery.worker_main(
        [
            "--quiet",
            "worker",
            *pool,
            f"--queues={','.join(queue_names(pools))}",
            f"--hostname={name}.{os.getpid()}@%h",
            "--loglevel=WARNING",
            # Less Pub/Sub: a half-open connection hung in exactly these calls.
            "--without-gossip",
            "--without-mingle",
            "--without-heartbeat",
        ]
    )
